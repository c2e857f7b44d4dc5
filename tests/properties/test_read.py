"""Whatever the bytes: reading never raises, blocks are in order and cover all that is not space."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sayso.knowledge import load
from sayso.read import TableOptions, decode, plain, read_file
from sayso.schema import Document

KNOWLEDGE = load()
NAMES = ["a.txt", "a.html", "a.csv", "a.tsv", "a.jsonl", "a.json", "a"]
LINES = [
    "News / World / Dolan",
    "21-04-2016",
    "Press TV",
    "By Ana Beru",
    "SELM (Reuters) - ",
    "Tags: a b",
    "SHARE THIS ARTICLE",
    "Comments",
    "www.presstv.ir",
    "Army denies",
    "Tags Dolan Selm The ",
    "(AFP)",
    "Posted on July 20 2016 by Asharq Al-Awsat ",
    "Get short URL 9427 ",
    "AFP Sunday 15 Feb 2015 ",
    "A monitor said on Monday that twelve people had been killed in the town of Tal Zor.",
    "--Reuters",
    "“We did not,” he said.",
    "\u202e",
    "\x00",
    "🎉",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\u2028",
    "Privacy Policy",
    "Terms of Use",
    "Copyright 2019",
    "Source TRT",
    "A/B/C",
    "40 May 20166",
    "07.07.2015Get short URL 1",
]
PAGES = st.lists(st.sampled_from(LINES) | st.text(max_size=20), max_size=30)


def check(document: Document) -> None:
    at = 0
    for block in document.blocks:
        words = document.text[block.start : block.end]
        assert at <= block.start < block.end
        assert words == words.strip()
        assert not document.text[at : block.start].strip()
        at = block.end
    assert not document.text[at:].strip()
    for claim in document.dates:
        if claim.start is not None:
            assert document.text[claim.start : claim.end] == claim.words


def read(data: bytes, name: str) -> list[Document]:
    found = read_file(
        Path("/pile") / name, data, options=TableOptions(), knowledge=KNOWLEDGE, read_at="now"
    )
    documents = [item for item in found if isinstance(item, Document)]
    sources = [document.source for document in documents]
    assert len(sources) == len(set(sources))
    return documents


@pytest.mark.parametrize("name", NAMES)
@given(data=st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes(name: str, data: bytes) -> None:
    decode(data)
    for document in read(data, name):
        check(document)


@given(parts=PAGES)
@settings(max_examples=300, deadline=None)
@example(parts=["(AFP)"] * 30)
@example(parts=["AFP Sunday 15 Feb 2015 "] * 30)
def test_pages_of_all_sorts_of_lines(parts: list[str]) -> None:
    text = "".join(parts)
    for name in ("a.txt", "a.html"):
        for document in read(text.encode("utf-8", "replace"), name):
            check(document)
    check(plain(text, source="a"))


@given(title=st.text(max_size=60), parts=PAGES)
@settings(max_examples=150, deadline=None)
def test_rows_of_all_sorts_of_lines(title: str, parts: list[str]) -> None:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out).writerows([["title", "text"], [title, "".join(parts)]])
    for document in read(out.getvalue().encode("utf-8", "replace"), "a.csv"):
        check(document)


REPEATED = [
    "share ",
    "1,",
    "a / ",
    "(AFP) A man walks. ",
    "AFP Sunday 15 Feb 2015 ",
    "Tags A B ",
    "(",
    "by Ana ",
    "BEIRUT ",
    "A/B/",
    "a.b.c.",
    "Posted on ",
    "Reporting by A; ",
    "privacy policy careers copyright ",
]


@pytest.mark.parametrize("part", REPEATED)
@pytest.mark.parametrize("length", [110, 390, 690, 50_000])
def test_repetition_does_not_slow_reading_down(part: str, length: int) -> None:
    text = (part * length)[:length] + "%"
    started = time.process_time()
    for document in [*read(text.encode(), "a.txt"), plain(text, source="a")]:
        check(document)
    # a pattern that goes over the same words again and again takes minutes here
    assert time.process_time() - started < 5
