"""Times on any text: no error, spans that slice, days in order, ids that keep."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.annotate.times import find_times
from sayso.knowledge import load
from sayso.resolve.publication import resolve_publication
from sayso.resolve.times import resolve_times
from sayso.schema import Annotations, Block, Document, Publication

WORDS = (  # noqa: SIM905 -- words read better in running lines
    "May March Monday Sat Sun 2016 1 31 31st 0 00 29 February Feb. 2/30/2016 99-99-2016 the a "
    "2016-02-30 last next this past following same previous day days week year years quarter "
    "century decade weekend hour minutes ago earlier later before after first second third "
    "fiscal in of on by since until from to and - , . ' ’ s early late mid every each few "
    "several half 1.5 1,200 999999999999 two twenty-one hundred thousand couple 12:61 25:00 3 "
    "p.m. noon GMT today tomorrow yesterday tonight Easter Thanksgiving Eid al - Fitr 0001 "
    "2199 9999 will was said starting 012016 715 pm nineteen ninety night o'clock UTC autumn "
    "Q3 40 20166 "
).split(" ")
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from([*WORDS, "\n", "\n\n"]), max_size=60).map(" ".join),
)
DAYS = st.one_of(
    st.none(), st.dates(dt.date(1, 1, 1), dt.date(9998, 12, 31)).map(lambda day: day.isoformat())
)


def document(text: str) -> Document:
    return Document(
        source="a.txt",
        path="a.txt",
        text=text,
        blocks=(Block(kind="prose", start=0, end=len(text)),),
        bytes_sha256="0" * 64,
        text_sha256="0" * 64,
        read_at="2020-01-01T00:00:00Z",
        reader="test",
    )


@settings(max_examples=400, deadline=None)
@given(text=TEXTS, first=DAYS, last=DAYS)
def test_any_text_is_read_and_resolved(text: str, first: str | None, last: str | None) -> None:
    one = document(text)
    spans = find_times(one, None, knowledge=load())
    annotations = Annotations(times=spans)
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        end = span.end
        before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
        assert not (before.isalpha() and text[span.start].isalpha())
        assert not (after.isalpha() and text[span.end - 1].isalpha())
    if first and last and first > last:
        first, last = last, first
    times = resolve_times(one, annotations, Publication(earliest=first, latest=last, how="test"))
    assert len(times) == len(spans)
    assert len({time.id for time in times}) == len(times)
    for time in times:
        assert time.value
        assert not (time.earliest and time.latest) or time.earliest <= time.latest
    window = resolve_publication(one, annotations)
    assert not (window.earliest and window.latest) or window.earliest <= window.latest
    assert window.how
