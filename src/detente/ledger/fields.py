"""What the fields of the record kinds hold: told from the types, so that nothing is listed twice."""

from __future__ import annotations

from functools import lru_cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from detente.records import KINDS, ActorRef, AnyRecord, Step


@lru_cache(maxsize=64)
def categories(kinds: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    """The fields of some record kinds that hold a category or a yes or no, each with its values."""
    found: dict[str, tuple[Any, ...]] = {}
    for field in _fields(kinds):
        if values := _values(field.type):
            found[field.name] = tuple(dict.fromkeys((*found.get(field.name, ()), *values)))
    return found


@lru_cache(maxsize=64)
def roles(kinds: tuple[str, ...]) -> frozenset[str]:
    """The fields of some record kinds that name actors."""
    return frozenset(field.name for field in _fields(kinds) if _names_actors(field.type))


@lru_cache(maxsize=16)
def actor_fields(kind: type[AnyRecord]) -> tuple[str, ...]:
    """The fields of one record type that name actors, in its order."""
    return tuple(field.name for field in msgspec.structs.fields(kind) if _names_actors(field.type))


def _fields(kinds: tuple[str, ...]) -> list[msgspec.structs.FieldInfo]:
    return [field for kind in kinds for field in msgspec.structs.fields(KINDS[kind])]


def _options(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def _values(annotation: Any) -> tuple[Any, ...]:
    for option in _options(annotation):
        if get_origin(option) is Literal:
            return get_args(option)
        if option is bool:
            return (True, False)
    return ()


def _names_actors(annotation: Any) -> bool:
    inner = [get_args(o)[0] if get_origin(o) is tuple else o for o in _options(annotation)]
    return ActorRef in inner or Step in inner
