"""Comparing does not depend on the order of documents, and doing it again changes nothing."""

from __future__ import annotations

import random
from functools import cache

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.compare.pile import Report, blast

from sayso.compare import Kept, compare, compare_with
from sayso.knowledge import load
from sayso.schema import Compared

_PLACES = (("Marat", 10.0, 20.0), ("Sulva", 13.0, 24.0), ("Old Marat", 10.01, 20.01))
_REPORTS = st.lists(
    st.tuples(
        st.sampled_from(("Kettle", "Lantern", "Anvil")),
        st.sampled_from(("12", "31", "12")),
        st.sampled_from(("Varn Watch", "Red Lamp", None)),
        st.sampled_from(("2031-03-05", "2031-03-06", None)),
        st.sampled_from(_PLACES),
    ),
    max_size=7,
)


def pile(
    rows: list[tuple[str, str, str | None, str | None, tuple[str, float, float]]],
) -> list[Report]:
    made = []
    for n, (outlet, toll, by, day, place) in enumerate(rows):
        report = blast(
            f"r{n}", outlet=outlet, toll=f"{toll} people", value=float(toll), by=by, place=place
        )
        report.publication = msgspec.structs.replace(report.publication, earliest=day, latest=day)
        report.truce("crowded market", began_earliest=day, began_latest=day, places=(place[0],))
        made.append(report)
    return made


def run(reports: list[Report]) -> Compared:
    return compare([r.document for r in reports], [r.resolved for r in reports], knowledge=load())


@settings(max_examples=40, deadline=None)
@given(rows=_REPORTS, order=st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(rows: list, order: random.Random) -> None:
    reports = pile(rows)
    shuffled = reports[:]
    order.shuffle(shuffled)
    assert run(reports) == run(shuffled)


@settings(max_examples=25, deadline=None)
@given(rows=_REPORTS, order=st.randoms(use_true_random=False), data=st.data())
def test_adding_reports_in_any_portions_ends_where_comparing_all_at_once_ends(
    rows: list, order: random.Random, data: st.DataObject
) -> None:
    reports = pile(rows)
    by_source = {r.document.source: (r.document, r.resolved) for r in reports}
    at_once = Kept()
    whole = compare_with(by_source, by_source.__getitem__, at_once, knowledge=load())
    added = list(by_source)
    order.shuffle(added)
    kept = Kept()
    known: list[str] = []
    while added:
        portion = data.draw(st.integers(1, len(added)), label="portion")
        known, added = known + added[:portion], added[portion:]
        kept = Kept(kept.now)
        found = compare_with(known, by_source.__getitem__, kept, knowledge=load())
    if known:
        assert found == whole
        assert kept.now == at_once.now, "what is kept does not depend on the way there"


@settings(max_examples=15, deadline=None)
@given(rows=_REPORTS, gone=st.integers(0, 6))
def test_taking_reports_away_ends_where_comparing_the_rest_ends(rows: list, gone: int) -> None:
    by_source = {r.document.source: (r.document, r.resolved) for r in pile(rows)}
    kept = Kept()
    compare_with(by_source, by_source.__getitem__, kept, knowledge=load())
    rest = [source for source in by_source if source != f"r{gone}"]
    after = compare_with(rest, by_source.__getitem__, Kept(kept.now), knowledge=load())
    assert after == compare_with(rest, by_source.__getitem__, Kept(), knowledge=load())


@settings(max_examples=20, deadline=None)
@given(rows=_REPORTS)
def test_every_record_is_anchored_and_ids_are_unique(rows: list) -> None:
    reports = pile(rows)
    texts = {r.document.source: r.document.text for r in reports}
    found = run(reports)
    for kind in ("actors", "truces", "matters", "relations", "naming"):
        records = getattr(found, kind)
        assert len({record.id for record in records}) == len(records), kind
        for record in records:
            assert record.evidence, kind
            for e in record.evidence:
                assert 0 <= e.start < e.end <= len(texts[e.document]), kind


@cache
def _words() -> tuple[str, ...]:
    return (
        "",
        "\x00\x00",
        "“" * 5001,
        "40 May 20166",
        "9" * 26,
        "🙂" * 300,
        "a" * 9000,
        "\u202e b",
    )


@settings(max_examples=20, deadline=None)
@given(texts=st.lists(st.sampled_from(_words()) | st.text(max_size=80), max_size=5))
def test_hostile_texts_are_compared_without_fail(texts: list[str]) -> None:
    run([Report(f"r{n}", text) for n, text in enumerate(texts)])
