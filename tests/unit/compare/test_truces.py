"""The ledger of truces."""

from __future__ import annotations

from tests.unit.compare.pile import Report

from sayso.compare import compare
from sayso.knowledge import load
from sayso.schema import Truce


def ledger(*reports: Report) -> tuple[Truce, ...]:
    found = compare([r.document for r in reports], [r.resolved for r in reports], knowledge=load())
    return found.truces


def test_mentions_whose_starts_overlap_are_one_truce() -> None:
    a = Report("a", "The truce of May holds", day="2031-05-20")
    a.truce(
        "truce", began_earliest="2031-05-01", began_latest="2031-05-31", status="in force",
        brokers=("Norway",), excluded=("Grey Front",),
    )  # fmt: skip
    b = Report("b", "The ceasefire since 4 May", day="2031-05-25")
    b.truce("ceasefire", began_earliest="2031-05-04", began_latest="2031-05-04")
    (truce,) = ledger(a, b)
    assert truce.began_on == "2031-05-04"
    assert truce.status == "in force"
    assert truce.documents == ("a", "b")
    assert (truce.brokers, truce.excluded) == (("Norway",), ("Grey Front",))


def test_a_proposal_for_a_town_is_not_the_truce_of_the_country() -> None:
    a = Report("a", "The truce and another ceasefire in Tarn", day="2031-05-20")
    a.truce("truce", began_earliest="2031-05-18", began_latest="2031-05-18")
    a.truce(
        "ceasefire", began_earliest="2031-05-18", began_latest="2031-05-18", places=("Tarn",),
        status="proposed",
    )  # fmt: skip
    assert sorted(t.status for t in ledger(a)) == ["proposed", "unknown"]


def test_truces_of_different_months_are_two() -> None:
    a = Report("a", "The truce of February", day="2031-03-01")
    a.truce("truce", began_earliest="2031-02-27", began_latest="2031-02-27")
    b = Report("b", "The truce of September", day="2031-09-20")
    b.truce("truce", began_earliest="2031-09-12", began_latest="2031-09-12", status="ended")
    assert [t.began_on for t in ledger(a, b)] == ["2031-02-27", "2031-09-12"]


def test_a_mention_without_dates_joins_the_only_truce_that_can_be_meant() -> None:
    a = Report("a", "The truce since May", day="2031-05-20")
    a.truce("truce", began_earliest="2031-05-04", began_latest="2031-05-04", brokers=("Norway",))
    b = Report("b", "The ceasefire, Norway said", day="2031-06-01")
    b.truce("ceasefire", brokers=("Norway",), status="ended")
    (truce,) = ledger(a, b)
    assert truce.status == "ended"
