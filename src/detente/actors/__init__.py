"""Who is who on a given day: the registry of dated offices, and the look-up of mentions in it."""

from detente.actors.answers import Answer
from detente.actors.entries import Office, Organisation, Person, State
from detente.actors.lookup import who
from detente.actors.registry import Registry

__all__ = ["Answer", "Office", "Organisation", "Person", "Registry", "State", "who"]
