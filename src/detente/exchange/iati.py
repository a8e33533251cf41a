"""IATI 2.03: pledges as activities, reported by somebody who is not a party to them (a secondary reporter).

The numbers of IATI are read as money that somebody answers for. So a transaction is written only for a sum in a currency that the
words say was pledged, committed or paid; whatever else is known of a pledge stands in the descriptions and in an element of our own
namespace, which the schema allows. Codes: IATI's lists ActivityStatus, TransactionType, ActivityDateType and OrganisationRole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO

from detente.exchange.base import Account, of_kind, web_address, whose_word, with_articles
from detente.exchange.dates import granularity, last_day
from detente.exchange.directory import Directory
from detente.exchange.flat import citation, sentence
from detente.exchange.xml import Markup
from detente.ledger import Ledger
from detente.records import Amount, AnyRecord, Article, Cluster, Pledge, Stage

NAMESPACE = "urn:detente:record"
_CURRENCY = re.compile(r"[A-Z]{3}")  # ISO 4217; PCT, a percentage, is none
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # xsd:language
_PLANNED_START, _PLANNED_END = 1, 3
_FUNDING = 1
_WEB_PAGE = "A12"  # DocumentCategory: activity web page

# ActivityStatus: pipeline, implementation, finalisation, suspended. An unknown stage is no more than pipeline.
_STATUS: dict[Stage | None, int] = {
    None: 1, "floated": 1, "announced": 1, "committed": 2, "allocated": 2, "delivered": 3, "suspended": 6,
}  # fmt: skip
# TransactionType: outgoing pledge, outgoing commitment, disbursement. What is floated is not yet pledged.
_TRANSACTION: dict[Stage | None, int] = {"announced": 12, "committed": 2, "allocated": 2, "delivered": 3}


@dataclass(frozen=True, slots=True)
class Iati:
    """Writes an IATI activity file.

    Args:
        ref: the identifier of whoever publishes the file, as org-id.guide has it, such as GB-CHC-1234567.
        reporter: that organisation's name.
    """

    ref: str = "unregistered"
    reporter: str = "an unnamed reader of news coverage"

    name = "iati"
    extension = ".xml"
    binary = False
    omits = (
        "records that are not pledges, and pledges that the words deny",
        "who spoke: a pledge's speaker, according_to, factuality, hearsay and review stand in an element of our own",
        "targets in % of GDP, counts of things, ranges and sums per year, but for their words in the description",
        "sectors, and the organisations' own identifiers: no reader here tells them",
    )

    def write(self, ledger: Ledger, stream: IO[bytes], records: Iterable[AnyRecord] | None = None) -> Account:
        """Write the pledges among the records, or all pledges of the ledger."""
        account, directory = Account(), Directory(ledger)
        with ledger.connection.snapshot():
            sums = _Sums(ledger.clusters("pledge"))
            out = Markup(stream)
            with out.element("iati-activities", {"version": "2.03", "xmlns:detente": NAMESPACE}):
                for pledge, article in with_articles(ledger, of_kind(ledger, records, Pledge)):
                    if reason := why_not(pledge, article):
                        account.leave(pledge, reason)
                        continue
                    no_sum = why_no_sum(pledge, article) or sums.repeats(pledge)
                    if no_sum:
                        account.lack(pledge, f"a transaction ({no_sum})")
                    self._activity(out, pledge, article, directory, with_sum=not no_sum)
                    account.wrote(pledge)
        return account

    def _activity(
        self, out: Markup, pledge: Pledge, article: Article, directory: Directory, *, with_sum: bool
    ) -> None:
        with out.element("iati-activity", {"xml:lang": _language(article)}):
            out.leaf("iati-identifier", f"{self.ref}-{pledge.id}")
            with out.element("reporting-org", {"ref": self.ref, "type": "90", "secondary-reporter": "1"}):
                out.leaf("narrative", self.reporter)
            _told(out, "title", _title(pledge))
            _told(out, "description", sentence(pledge, article.text), {"type": "1"})
            _told(out, "description", description(pledge, article), {"type": "4"})
            for actor in pledge.pledger:
                _told(out, "participating-org", actor.name, {"role": _FUNDING})
            out.leaf("activity-status", None, {"code": _STATUS[pledge.stage]})
            _dates(out, pledge, article)
            for country in _countries(pledge, directory):
                out.leaf("recipient-country", None, {"code": country})
            if with_sum:
                _transaction(out, pledge, article)
            if address := web_address(article):
                _link(out, article, address)
            out.leaf("detente:record", None, _ours(pledge, article))


class _Sums:
    """The sums that are in the file: a pledge that several articles print is one, at each stage that it reached.

    Args:
        clusters: which pledges are one.
    """

    def __init__(self, clusters: Iterable[Cluster]) -> None:
        self._of = {member: cluster.id for cluster in clusters for member in cluster.members}
        self._seen: set[tuple[str, int]] = set()

    def repeats(self, pledge: Pledge) -> str | None:
        """Why the pledge's sum is not to be written again; `None` the first time."""
        cluster = self._of.get(pledge.id)
        key = (cluster or "", _TRANSACTION[pledge.stage])
        if cluster and key in self._seen:
            return "another article's pledge that is the same has it"
        if cluster:
            self._seen.add(key)
        return None


def why_not(pledge: Pledge, article: Article) -> str | None:
    """Why a pledge is no activity; `None` where it is one."""
    if pledge.review == "rejected":
        return "a person rejected them"
    if pledge.factuality == "negated":
        return "the words deny them"
    if not pledge.pledger:
        return "IATI asks who pays, and the words do not tell"
    if not (last_day(pledge.due) or _reported(article)):
        return "IATI asks for a day, and neither the words nor the article give one"
    return None


def why_no_sum(pledge: Pledge, article: Article) -> str | None:
    """Why a pledge has no transaction; `None` where it has one."""
    amount = pledge.amount
    if amount is None:
        return "the words give no sum"
    if not _CURRENCY.fullmatch(amount.unit) or amount.unit == "PCT":
        return "the amount is in no currency"
    if amount.value is None:
        return "the words give a range"
    if amount.basis == "per_year":
        return "the sum is per year"
    if pledge.hearsay or pledge.factuality == "hypothetical":
        return "it is hearsay or hypothetical"
    if pledge.stage not in _TRANSACTION:
        return "it is not yet pledged, or suspended"
    return None if _day(pledge, article) else "no day is known"


def description(pledge: Pledge, article: Article) -> str:
    """What is known of a pledge beyond the fields of IATI, whose word it is first."""
    return "; ".join((
        f"according to {whose_word(pledge, article)}",
        f"{pledge.factuality}{', hearsay' if pledge.hearsay else ''}",
        f"stage: {pledge.stage or 'unknown'}",
        f"amount: {_amount(pledge.amount)}",
        f"due: {pledge.due or 'unknown'}",
        *(f"condition: {condition.text}" for condition in pledge.conditions),
        f"review: {pledge.review}",
        citation(article, min(e.start for e in pledge.core), max(e.end for e in pledge.core)),
    ))  # fmt: skip


def _title(pledge: Pledge) -> str:
    return f"{', '.join(map(str, pledge.pledger))}: {' … '.join(e.exact for e in pledge.core)}"


def _amount(amount: Amount | None) -> str:
    if amount is None:
        return "unknown"
    hedge = "" if amount.qualifier == "exact" else f", {amount.qualifier.replace('_', ' ')}"
    return f"{amount.surface or amount.value} ({amount.unit}{hedge}{f', {amount.basis}' if amount.basis else ''})"


def _language(article: Article) -> str | None:
    return article.language if _LANGUAGE.fullmatch(article.language) else None


def _reported(article: Article) -> date | None:
    return last_day(article.published) if granularity(article.published) == "day" else None


def _day(pledge: Pledge, article: Article) -> date | None:
    """The day of the stage that a pledge has reached where the words give one, else that of the report."""
    reached = [
        entry.date
        for entry in pledge.stages
        if entry.stage == pledge.stage and granularity(entry.date) == "day"
    ]
    return last_day(reached[-1]) if reached else _reported(article)


def _countries(pledge: Pledge, directory: Directory) -> list[str]:
    """The one country that receives. IATI asks for percentages where there are several, and the words give none."""
    found = list(dict.fromkeys(filter(None, map(directory.country, pledge.beneficiary))))
    return found if len(found) == 1 else []


def _dates(out: Markup, pledge: Pledge, article: Article) -> None:
    if reported := _reported(article):
        told = "the day of the report; the article need not say when it begins"
        _told(out, "activity-date", told, {"type": _PLANNED_START, "iso-date": reported})
    if due := last_day(pledge.due):
        _told(out, "activity-date", f"due: {pledge.due}", {"type": _PLANNED_END, "iso-date": due})


def _transaction(out: Markup, pledge: Pledge, article: Article) -> None:
    amount, day = pledge.amount, _day(pledge, article)
    assert amount is not None  # `why_no_sum` says so
    with out.element("transaction"):
        out.leaf("transaction-type", None, {"code": _TRANSACTION[pledge.stage]})
        out.leaf("transaction-date", None, {"iso-date": day})
        out.leaf("value", _decimal(amount.value), {"currency": amount.unit, "value-date": day})
        _told(
            out,
            "description",
            f"{_amount(amount)}, as reported; the day is that of the report where the words give none",
        )
        _told(out, "provider-org", ", ".join(map(str, pledge.pledger)))
        if pledge.beneficiary:
            _told(out, "receiver-org", ", ".join(map(str, pledge.beneficiary)))


def _decimal(value: float | None) -> str:
    """A number as xsd:decimal has it, which knows no exponent."""
    return format(Decimal(repr(value)).normalize(), "f")


def _link(out: Markup, article: Article, address: str) -> None:
    with out.element("document-link", {"url": address, "format": "text/html"}):
        _told(out, "title", article.name)
        out.leaf("category", None, {"code": _WEB_PAGE})
        if language := _language(article):
            out.leaf("language", None, {"code": language})
        if reported := _reported(article):
            out.leaf("document-date", None, {"iso-date": reported})


def _ours(pledge: Pledge, article: Article) -> dict[str, object]:
    return {
        "id": pledge.id,
        "review": pledge.review,
        "according-to": whose_word(pledge, article),
        "made-by": pledge.made_by.name if pledge.made_by else "unknown",
        "factuality": pledge.factuality,
        "hearsay": "true" if pledge.hearsay else "false",
        "stage": pledge.stage or "unknown",
        "start": min(e.start for e in pledge.core),
        "end": max(e.end for e in pledge.core),
    }


def _told(out: Markup, name: str, text: str, attributes: dict[str, object] | None = None) -> None:
    """An element that holds a text as IATI has it: in a narrative."""
    with out.element(name, attributes):
        out.leaf("narrative", text)
