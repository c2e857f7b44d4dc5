"""Copies: what is reused, how much, and which came first."""

from __future__ import annotations

from tests.unit.compare.pile import Report

from sayso.compare import compare
from sayso.knowledge import load
from sayso.schema import Compared

_STORY = (
    "Ferries to the outer islands stopped at noon after the harbour council closed both piers. "
    "Engineers had found cracks in nine of the forty pillars under the older pier, a clerk said. "
    "Fishermen were told to land their catch at Tarn, two hours to the north, until spring. "
    "Shops on the quay said that they would lose half of the season if the work takes that long. "
    "The council will meet again on the first of the month to choose between three builders."
)
_OTHER = (
    "A choir of eighty pensioners sang in the rain outside the old brewery on market day. "
    "Its conductor had promised to stop smoking if they could hold the last note for a minute. "
    "They held it for two, and a crowd that had come for cabbages stayed to listen until dark."
)


def run(*reports: Report) -> Compared:
    return compare([r.document for r in reports], [r.resolved for r in reports], knowledge=load())


def ids(*reports: Report) -> list[str]:
    return [r.document.id for r in reports]


def test_a_later_reprint_is_a_copy_of_the_earlier_text() -> None:
    a = Report("a", f"Piers closed\n{_STORY}", day="2031-03-05")
    b = Report("b", f"Ferries stop\n{_STORY}", outlet="Lantern", day="2031-03-07")
    found = run(a, b)
    (relation,) = found.relations
    assert [relation.left, relation.right] == ids(b, a)
    assert relation.reason.endswith("it came out later")
    assert found.copies == {b.document.id: a.document.id}


def test_the_shared_passage_is_the_evidence_in_both_texts() -> None:
    passage = _STORY[_STORY.index("Engineers") : _STORY.index(" Shops")]
    a = Report("a", f"Piers closed\n{_STORY}", day="2031-03-05")
    b = Report("b", f"Choir sings\n{_OTHER} {passage} {_OTHER[::-1]}", day="2031-03-07")
    (relation,) = run(a, b).relations
    texts = {"a": a.document.text, "b": b.document.text}
    words = {texts[e.document][e.start : e.end] for e in relation.evidence}
    assert words == {passage.rstrip(".")}
    assert "shares passages" in relation.reason


def test_a_shortened_reprint_on_one_day_is_the_copy_of_the_longer() -> None:
    a = Report("a", f"Choir sings\n{_OTHER} {_STORY}")
    b = Report("b", f"Piers closed\n{_STORY}")
    found = run(a, b)
    assert found.copies == {b.document.id: a.document.id}
    assert "stands in the longer text" in found.relations[0].reason


def test_where_nothing_tells_the_direction_the_reason_says_so() -> None:
    a = Report("a", f"Piers closed\n{_STORY}")
    b = Report("b", f"Ferries stop\n{_STORY}")
    (relation,) = run(a, b).relations
    assert [relation.left, relation.right] == ids(b, a)
    assert "not known" in relation.reason


def test_a_text_that_credits_an_agency_is_the_agencys() -> None:
    a = Report("a", f"Piers closed\n{_STORY} (Reuters)", outlet="Lantern", day="2031-03-05")
    b = Report("b", f"Ferries stop\n{_STORY}", outlet="Reuters", day="2031-03-05")
    (relation,) = run(a, b).relations
    assert [relation.left, relation.right] == ids(a, b)
    assert "credits Reuters" in relation.reason


def test_texts_of_their_own_are_no_copies() -> None:
    assert not run(Report("a", f"One\n{_STORY}"), Report("b", f"Two\n{_OTHER}")).relations


def test_chains_of_copies_lead_to_the_first() -> None:
    reports = [
        Report(source, f"Piers closed\n{_STORY}", day=f"2031-03-0{n}")
        for n, source in enumerate("abc", start=1)
    ]
    first, *others = ids(*reports)
    assert run(*reports).copies == dict.fromkeys(others, first)


def test_background_that_one_outlet_repeats_months_later_is_no_copy() -> None:
    background = (
        "The harbour was closed by decree in the spring of that year after long talks between the "
        "council and the owners of the piers had failed for the third time in as many weeks."
    )
    first = " ".join(f"first{n}" for n in range(260))
    second = " ".join(f"second{n}" for n in range(260))
    a = Report("a", f"One\n{first}. {background}", outlet="Kettle", day="2031-03-05")
    b = Report("b", f"Two\n{second}. {background}", outlet="Kettle", day="2031-08-05")
    c = Report("c", f"Three\n{second}. {background}", outlet="Lantern", day="2031-08-05")
    assert not run(a, b).relations
    assert run(a, c).relations
