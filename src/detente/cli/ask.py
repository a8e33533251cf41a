"""`detente ask`: a question of the ledger, answered with the sentences that the answer rests on."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import click

from detente.cli.common import day, json_option, ledger_option, open_ledger, print_csv, print_json, print_text


class Question(NamedTuple):
    """A question as it is asked on the command line.

    Args:
        does: what it answers, for the help.
        about: what may stand behind it, as the help calls it; empty where nothing may.
        empty: what to say where there is no answer.
        options: the names of the options that it understands.
        needs: one of them that it cannot do without.
    """

    does: str
    about: str
    empty: str
    options: tuple[str, ...] = ("as_of",)
    needs: str = ""


_CODED = ("as_of", "book")

# In the order of the questions that an analyst asks.
QUESTIONS: dict[str, Question] = {
    "promises": Question("what has been promised, repeats folded into one", "ACTOR", "no promise on record"),
    "repeats": Question("which promises are told again, and where they were new", "ACTOR", "no pledge on record is told more than once"),
    "totals": Question("what stands at each stage; says what it refused to add, and why", "ACTOR", "nothing on record can be added up"),
    "overdue": Question("what is broken, suspended, overdue or stalled", "ACTOR", "nothing on record is broken, suspended, overdue or stalled"),
    "depends": Question("what hangs on what: terms, conditions (if there is no WORDS)", "WORDS", "nothing on record hangs on anything"),
    "coalition": Question("who is in, out or invited, and on what condition", "NAME", "no coalition on record"),
    "stands": Question("where each party stands on an issue or words", "ISSUE", "no stance on record", ("actor", *_CODED)),
    "shifts": Question("who changed position, when, from what to what", "ACTOR", "no change of position on record", _CODED),
    "terms": Question("which terms the parties propose, accept, reject, leave open", "WORDS", "no term on record", ("actor", "as_of")),
    "sources": Question("who said it first; quoted or not; how many sources", "WORDS", "no such statement on record", ("actor", "as_of")),
    "contradictions": Question("where sources contradict each other", "ACTOR", "no contradiction found", ("whole", *_CODED)),
    "sides": Question("who sides with whom, and who bridges", "ACTOR", "no pair and no bridge on record", ("least", "most", *_CODED)),
    "changes": Question("what is new --since a day", "", "nothing new on record", ("since", "actor", "whole", *_CODED), "since"),
    "holds": Question("would it hold, and what would have to be true", "", "", ()),
}  # fmt: skip


def _listed() -> str:
    names = {name: f"{name} [{q.about}]" if q.about else name for name, q in QUESTIONS.items()}
    width = max(map(len, names.values()))
    return "\n    ".join(f"{names[name]:{width}}  {q.does}" for name, q in QUESTIONS.items())


def _show_code_book(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from detente.ledger.questions.code_book import default_text

        click.echo(default_text(), nl=False)
        ctx.exit()


@click.command(
    "ask",
    help=f"""Ask a question of the ledger; the answer shows the words it rests on, and what was left out of it.

    \b
    {_listed()}

    \b
    Example:
      detente ask promises "United Kingdom" --ledger detente-demo.db
    """,
)
@click.argument("question", type=click.Choice(list(QUESTIONS)), metavar="QUESTION")
@click.argument("about", required=False)
@ledger_option
@click.option("--as-of", metavar="DATE", callback=day, help="As the coverage had it on this day.")
@click.option("--since", metavar="DATE", callback=day, help="Of changes: the first day that counts as new.")
@click.option("--actor", help="Of stands, terms, sources, changes: this actor only.")
@click.option(
    "--least", type=click.IntRange(1), help="Of sides: propositions that a pair must share.  [default: 2]"
)
@click.option(
    "--most", type=click.IntRange(1), help="Of sides: rows to show, the first of them.  [default: all]"
)
@click.option(
    "--whole",
    is_flag=True,
    default=None,
    help="Of changes, contradictions: go through all records, however many.",
)
@click.option(
    "--code-book", "book", metavar="FILE", type=click.Path(path_type=Path), help="Your own issues, as TOML."
)
@click.option(
    "--show-code-book",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_code_book,
    help="Print the issues that we come with.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@json_option
def command(
    question: str, about: str | None, ledger_path: Path, as_csv: bool, as_json: bool, **options: Any
) -> None:
    """See `help` above."""
    asked = QUESTIONS[question]
    given = {name: value for name, value in options.items() if value is not None}
    _check(question, asked, about, given)
    if as_csv and as_json:
        raise click.UsageError("got --csv and --json, expected one at most")
    with open_ledger(ledger_path, readonly=True) as ledger:
        if question == "holds":
            _holds(ledger, ledger_path, as_csv=as_csv, as_json=as_json)
            return
        answer = _answered(ledger, question, [about] if asked.about else [], given)
    if as_json:
        print_json(answer.to_dict())
    elif as_csv:
        print_csv(answer.table())
    else:
        nothing = "" if answer.rows else f"{asked.empty}{f' about {about}' if about else ''}\n\n"
        print_text(nothing + answer.text())


def _check(question: str, asked: Question, about: str | None, given: dict[str, Any]) -> None:
    """Refuse what the question does not understand: it would be passed over, and the answer would be another one."""
    for name in given:
        if name not in asked.options:
            known = ", ".join(map(_flag, asked.options)) or "none"
            raise click.UsageError(
                f"{_flag(name)}: got it with “{question}”, which has these of its own: {known}"
            )
    if about is not None and not asked.about:
        raise click.UsageError(f"got {about!r} behind “{question}”, expected nothing there")
    if asked.needs and asked.needs not in given:
        flag = _flag(asked.needs)
        raise click.UsageError(
            f"“{question}” needs {flag}, such as: detente ask {question} {flag} 2025-03-01"
        )


def _flag(name: str) -> str:
    return {"book": "--code-book"}.get(name, f"--{name.replace('_', '-')}")


def _answered(ledger: Any, question: str, about: list[str | None], given: dict[str, Any]) -> Any:
    from detente.ledger import questions

    if path := given.pop("book", None):
        given["book"] = questions.code_book(path)
    return getattr(questions, question)(ledger, *about, **given)


def _holds(ledger: Any, path: Path, *, as_csv: bool, as_json: bool) -> None:
    """How long comparable peace lasted, who would be in, and what has to be assumed since no record bears it."""
    from detente.weighing import situation_from, weigh
    from detente.weighing.durability import durability

    if as_csv:
        raise click.UsageError("--csv: got it with “holds”, which has --json")
    situation = situation_from(ledger)
    report = weigh(situation)
    lasting = durability(guarantee=any(t.category == "security_guarantee" for t in situation.terms))
    if as_json:
        kept = {
            name: report.to_dict()[name]
            for name in (
                "first_line",
                "unknown",
                "coalitions",
                "terms",
                "assumptions",
                "inputs",
                "seed",
                "version",
            )
        }
        print_json({**kept, "durability": lasting.to_dict()})
        return
    members = [
        f"{c.name}, {m.name}: {m.verdict} [{', '.join(m.sources)}]"
        for c in report.coalitions
        for m in c.members
    ]
    pivots = [
        f"{c.name}: {c.pivotal.named} [{', '.join(c.pivotal.sources)}]"
        for c in report.coalitions
        if c.pivotal
    ]
    terms = {t.id: f"{t.proposition} [{t.id}]" for t in report.terms}
    together = dict.fromkeys(
        "; ".join(terms.get(key, key) for key in t.all_necessary) for t in report.terms if t.all_necessary
    )
    blocks = {
        f"{report.first_line}: a scenario, not a forecast.": [],
        "How long peace lasted elsewhere; nobody has said which past cases are comparable, so these are all": lasting.lines(),
        "Who would be in": members, "What that hangs on most": pivots, "Terms of which none stands without the others": together,
        "What it does not know": report.unknown, "What no record bears, and is assumed": report.assumptions,
        f"To say more: detente situation -o my.toml --ledger '{path}', complete it, then detente weigh my.toml": [],
    }  # fmt: skip
    shown = [(head, lines) for head, lines in blocks.items() if lines or head.endswith((".", "toml"))]
    print_text("\n\n".join("\n".join([head, *(f"  {line}" for line in lines)]) for head, lines in shown))
