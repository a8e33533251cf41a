"""Ten articles by three invented outlets about one invented summit, and who is who in it: a newsroom's first day."""

from __future__ import annotations

import json
from pathlib import Path

REGISTRY = {
    "states.csv": "id,name,aliases,demonyms,capital,qid\nXO,Ostrava,,Ostravan|Ostravans,Hillfort,\nXM,Marland,,Marlander|Marlanders,Seahaven,\n"
    "XN,Norland,,Norlander|Norlanders,Northgate,\nXT,Tarn,,Tarnish,Grimfell,\n",
    "people.csv": "id,name,aliases,gender,country,qid\nana-velkova,Ana Velkova,,f,XO,\nteodor-brandt,Teodor Brandt,,m,XM,\n"
    "per-holm,Per Holm,,m,XN,\nirja-sundt,Irja Sundt,,f,XT,\n",
    "offices.csv": "person,title,role,of,from,until,source,checked_on\n"
    "ana-velkova,President,head_of_state_and_government,XO,2023-01-15,,Ostrava Gazette 2023-01-16,2025-05-01\n"
    "teodor-brandt,Prime Minister,head_of_government,XM,2024-03-01,,Marland Times 2024-03-02,2025-05-01\n"
    "per-holm,Prime Minister,head_of_government,XN,2022-10-01,,Norland Gazette 2022-10-02,2025-05-01\n"
    "irja-sundt,President,head_of_state_and_government,XT,2021-06-01,,Tarn Herald 2021-06-02,2025-05-01\n",
}

POST, COURIER, WIRE = "The Hillfort Post", "Seahaven Courier", "Northern Wire"

ARTICLES = (
    (POST, "2025-05-09", "Leaders gather in Lindau to talk about the truce", """\
The leaders of Ostrava, Marland and Norland meet in Lindau on Saturday to talk about a truce with Tarn.
President Ana Velkova of Ostrava said on Friday that any truce ‘has to be defended’. ‘We cannot do it alone,’ she added.
She said Ostrava would send 2,000 soldiers to a mission that watches the truce only if Norland gives air cover.
Irja Sundt, the president of Tarn, told state television that soldiers of Ostrava would be ‘unacceptable’.
"""),
    (COURIER, "2025-05-09", "Brandt wants monitors before any signature", """\
Teodor Brandt, the prime minister of Marland, said on Friday that he would not accept a truce without monitors.
‘A truce that nobody watches is a pause,’ Mr Brandt told reporters in Seahaven.
Marland wants the return of 300 prisoners as well. A diplomat said Tarn had agreed to talk about it.
"""),
    (WIRE, "2025-05-10", "Ostrava to lend Marland 400 million pounds", """\
Ostrava pledged on Saturday to give Marland a loan worth £400m by 2027, to be repaid from the profits of frozen Tarn assets.
President Ana Velkova announced the loan at the summit in Lindau. ‘We keep our word,’ she said.
Per Holm, the prime minister of Norland, said his country would give £50m for the reconstruction of Marland’s ports.
Norland has ruled out sending troops.
"""),
    (POST, "2025-05-10", "Velkova announces loan as summit opens", """\
Ostrava will give Marland a loan of £450m by 2027, President Velkova said in Lindau on Saturday.
Ms Velkova said a lasting peace needed three things: an armed Marland, a mission that monitors the truce, and a guarantee by Norland. All three have to be in place, she said.
Asked about the guarantee, Mr Holm said talks were ‘intense’.
"""),
    (COURIER, "2025-05-10", "Loan is a first step, says Brandt", """\
Prime Minister Teodor Brandt welcomed the loan of £400m that Ostrava promised on Saturday as ‘a first step’.
Marland will join a ‘coalition of the willing’ if Norland does, Mr Brandt said.
He rejected talks with Tarn without Norland at the table.
"""),
    (WIRE, "2025-05-11", "Tarn rejects foreign soldiers, leaves door open to monitors", """\
Tarn would not accept soldiers of Ostrava or Norland on its soil, President Irja Sundt said on Sunday.
Ms Sundt said Tarn did not oppose monitors as such. She denied that Tarn had threatened Marland’s ports.
Tarn proposed that the truce begin on 1 June.
"""),
    (POST, "2025-05-11", "Norland weighs air cover", """\
Norland could give air cover to the mission from July, Prime Minister Per Holm said on Sunday.
‘We will be there if parliament agrees,’ Mr Holm told the Post.
An Ostravan official said that without Norland the mission would not come about.
"""),
    (COURIER, "2025-05-12", "Norland’s parliament to vote on guarantee", """\
Norland’s parliament votes on a guarantee for Marland on 20 May, Mr Holm said on Monday.
Mr Brandt said Marland supported a mission that monitors the truce.
Norland put its £50m for the ports on ice on Monday, two officials said.
"""),
    (WIRE, "2025-05-12", "Ostrava repeats pledge of loan", """\
President Ana Velkova repeated on Monday that Ostrava would lend Marland £400m.
She urged Norland to decide. ‘There is no guarantee without Norland,’ Ms Velkova said.
Tarn warned on Monday that it would leave the talks if soldiers came.
"""),
    (POST, "2025-05-13", "Rain over Hillfort", """\
It rained over Hillfort on Tuesday, and more rain is on its way.
The harbour stays closed to small boats.
"""),
)  # fmt: skip


def rows() -> list[dict[str, str]]:
    """The articles as rows of JSON Lines."""
    return [
        {
            "publisher": outlet,
            "published": day,
            "title": title,
            "text": f"{title}\n\n{text}",
            "url": f"https://news.example/{n}",
        }
        for n, (outlet, day, title, text) in enumerate(ARTICLES, 1)
    ]


def write(folder: Path) -> Path:
    """The articles as one file, beside a registry folder of who is who."""
    (folder / "registry").mkdir(exist_ok=True)
    for name, table in REGISTRY.items():
        (folder / "registry" / name).write_text(table, encoding="utf-8")
    path = folder / "summit.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows()), encoding="utf-8")
    return path
