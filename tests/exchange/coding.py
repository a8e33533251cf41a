"""A team's coding of an article about invented states: the text, a table, a folder of brat's, and their mappings."""

from __future__ import annotations

TEXT = (
    "President Ana Velkova said she would “keep the truce”. She spoke in Lindau.\n"
    "Marland’s minister Émile Orden, she said, rejected 🕊 the mission.\n"
)
SAID, HELD = "she would “keep the truce”", "rejected 🕊 the mission"

CSV_MAP = """
article = "file"
coder = { column = "coder" }

[[records]]
kind = "statement"
words = { content = "quote", cue = "cue", source = "source" }
[records.fields]
speaker = "who"
mode = { column = "how", values = { d = "direct", m = "mixed", i = "indirect" } }
factuality = { value = "planned" }

[[records]]
kind = "position"
words = { words = "held" }
[records.fields]
actor = "who"
issue = { value = "A mission monitors the truce." }
stance = { column = "how", values = { "+" = "support", "-" = "oppose" } }
"""
HEADING = "file,coder,quote,cue,source,held,who,how,note"
ROWS = (
    f"talks.txt,Ben,{SAID},said,President Ana Velkova,,Ana Velkova,m,first",
    f'talks.txt,Eva,,,,"{HELD}",Émile Orden,-,',
)

BRAT_MAP = """
coder = "Ben"

[[records]]
label = "Attribution"
kind = "statement"
words = { content = "Content", source = "Source", cue = "self" }
fields = { speaker = "Source", mode = { column = "Mode" } }

[[records]]
label = "Stance"
kind = "position"
words = { words = "self" }
fields = { actor = { value = "Émile Orden" }, issue = { value = "A mission monitors the truce." }, stance = { column = "Way" } }
"""


def ann(text: str = TEXT) -> str:
    """The annotation of the text: an event with split content, a stance, a relation and a note that carry nothing."""

    def span(words: str) -> str:
        start = text.index(words)
        return f"{start} {start + len(words)}"

    lines = [
        f"T1\tSource {span('Ana Velkova')}\tAna Velkova",
        f"T2\tAttribution {span('said')}\tsaid",
        f"T3\tContent {span('she would')};{span('keep the truce')}\tshe would keep the truce",
        "E1\tAttribution:T2 Source:T1 Content:T3",
        "A1\tMode E1 mixed",
        f"T4\tStance {span(HELD)}\t{HELD}",
        "A2\tWay T4 oppose",
        f"T5\tPlace {span('Lindau')}\tLindau",
        "R1\tNear Arg1:T5 Arg2:T4",
        "#1\tAnnotatorNotes T4\tsure",
        "*\tEquiv T1 T5",
    ]
    return "".join(f"{line}\n" for line in lines)
