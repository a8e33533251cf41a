"""Ten made articles of three invented outlets on one invented summit: a wire story with its copy and its update, a quotation
cut in three ways, a word that differs inside the marks, the same said without marks, and what only looks the same."""

from __future__ import annotations

from detente.records import Article

HERALD, COURIER, DISPATCH = "Harbour Herald", "Marland Courier", "Northern Dispatch"

LEAD = (
    "Ostrava and Marland agreed on Monday to open talks on the ferry route that both have claimed since the harbour closed, "
    "after two days of meetings in the old customs house of Mardon.\n"
    "President Ana Velkova of Ostrava met Prime Minister Tomas Reyl of Marland for the first time in three years.\n"
)
QUOTE = (
    "“We did not come here to sell the harbour, and we will not leave before every boat can sail again. "
    "What we signed today is a beginning, not an end,” Velkova said on Monday.\n"
)
REST = (
    "The two delegations sat at separate tables until the evening, according to people who were in the room, and spoke through "
    "an interpreter whom both had agreed on in April.\n"
    "Fishermen on the quay outside had waited since the morning with lanterns, and some of them sang when the doors were opened.\n"
    "A working group is to meet in Sundby within a month, with an engineer from each side and a chair from neither.\n"
    "Trade over the strait has fallen by two thirds since the harbour closed, and insurers have raised their rates four times.\n"
    "Reyl said that Marland would reopen its customs office in Mardon before the summer if the working group meets.\n"
)

TEXTS: dict[str, tuple[str, str, str]] = {
    "wire": (HERALD, "2025-05-12", "Ostrava and Marland to talk about the ferries\nMARDON, May 12 (Coastal News) – " + LEAD + QUOTE + REST),
    "copy": (COURIER, "2025-05-13", "Ferry talks agreed at Mardon\n" + LEAD + QUOTE + REST.split("Trade over")[0]),
    "update": (
        HERALD, "2025-05-13",
        "Ostrava and Marland to talk about the ferries, insurers wait\nMARDON, May 13 (Coastal News) – " + LEAD + QUOTE + REST
        + "Two insurers said on Tuesday that they would look at their rates again once the first boat had crossed.\n",
    ),
    "cut": (
        DISPATCH, "2025-05-13",
        "Nobody in the customs house had slept much when President Ana Velkova came down the stairs. “What we signed today is a "
        "beginning, not an end,” she said, and asked for coffee. Her foreign minister carried the papers himself.\n"
        "Behind her the flags were already being rolled up by two clerks who had been told that the room was let for a wedding.\n",
    ),
    "word": (
        COURIER, "2025-05-13",
        "A day after the signing the mood in the capital was careful. President Ana Velkova told parliament’s radio: “We did not "
        "come here to give the harbour away.” In Mardon she had said: “We did not come here to sell the port, and we will not "
        "leave before every boat can sail again.” Her critics were not persuaded, and asked what the clerks would do in winter.\n",
    ),
    "gap": (
        DISPATCH, "2025-05-14",
        "What was won in Mardon? Little that can be counted yet. President Ana Velkova put it so: “We will not leave before every "
        "boat can sail again … What we signed today is [only] a beginning, not an end.” The engineers have been named at least.\n",
    ),
    "indirect": (
        DISPATCH, "2025-05-14",
        "In the ministries of Marland the calendars are being cleared. Prime Minister Tomas Reyl said Marland would reopen its "
        "customs office in Mardon before the summer, if the working group meets. Nobody there wants to be the one who is late.\n",
    ),
    "other": (
        COURIER, "2025-05-14",
        "President Ana Velkova opened a school in the hills on Wednesday and spoke of roads. “We will build every bridge on this "
        "road again before the winter comes,” she told the pupils, who had been given the morning off.\n",
    ),
    "slogan": (
        HERALD, "2025-05-14",
        "At a rally in the south the farmers’ leader Joren Falk mocked the agreement. “Not an end,” he called it, “but a bill that "
        "somebody will have to pay.” The crowd was smaller than the one that had met the boats.\n",
    ),
    "later": (
        HERALD, "2025-07-02",
        "Seven weeks on, the boats still lie in the harbour. “What we signed today is a beginning, not an end,” President Ana "
        "Velkova had said then. The working group has met once, in a hotel without heating, and has a chair but no table.\n",
    ),
}  # fmt: skip


def articles() -> list[Article]:
    """The ten, each called by its name."""
    return [
        Article.of(text, f"{name}.txt", title=text.split("\n")[0] if name in ("wire", "copy", "update") else None,
                   publisher=outlet, published=day)
        for name, (outlet, day, text) in TEXTS.items()
    ]  # fmt: skip
