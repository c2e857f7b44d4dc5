"""The ledger of truces."""

from __future__ import annotations

from tests.unit.compare.pile import Report

from sayso.compare import compare, status_on
from sayso.knowledge import load
from sayso.schema import Truce, TruceTold


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
    a.place("Tarn", 10.0, 20.0)
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


def told(report: Report, state: str, speaker: str | None, day: str, **fields: object) -> TruceTold:
    values = {"voice": "named" if speaker else "outlet", "latest": day, "dated": True} | fields
    return TruceTold(
        state=state, speaker=speaker, earliest=day, document=report.document.source,
        start=0, end=5, **values,
    )  # fmt: skip


def held() -> Truce:
    a = Report("a", "Truce since May", day="2031-05-20")
    b = Report("b", "Truce is over", day="2031-06-10")
    a.truce(
        "Truce", began_earliest="2031-05-04", began_latest="2031-05-04",
        told=(
            told(a, "in force", "Norway", "2031-05-04"),
            told(a, "violation alleged", "Norway", "2031-05-18", accused=("Grey Front",)),
        ),
    )  # fmt: skip
    b.truce(
        "Truce", began_earliest="2031-05-04", began_latest="2031-05-04",
        ended_earliest="2031-06-01", ended_latest="2031-06-07",
        told=(told(b, "collapsed", "Grey Front", "2031-06-01", latest="2031-06-07"),),
    )  # fmt: skip
    (truce,) = ledger(a, b)
    return truce


def test_the_status_on_a_day_is_told_by_voice_where_they_differ() -> None:
    on = {
        day: [(t.speaker, t.state) for t in status_on(held(), day)]
        for day in ("2031-05-03", "2031-05-18", "2031-05-19", "2031-06-09")
    }
    assert on["2031-05-03"] == []
    assert on["2031-05-18"] == [("Norway", "in force"), ("Norway", "violation alleged")]
    assert on["2031-05-19"] == [("Norway", "in force")]
    assert on["2031-06-09"] == [("Grey Front", "collapsed"), ("Norway", "in force")]


def test_an_alleged_breach_has_its_day_its_accuser_and_the_accused() -> None:
    (breach,) = held().alleged_breaches
    assert (breach.accuser, breach.accused) == ("Norway", ("Grey Front",))
    assert (breach.earliest, breach.latest, breach.dated) == ("2031-05-18", "2031-05-18", True)


def test_a_window_of_an_end_is_given_by_both_its_ends() -> None:
    truce = held()
    assert truce.ended_on is None
    assert (truce.ended_earliest, truce.ended_latest) == ("2031-06-01", "2031-06-07")


def test_what_is_no_place_of_the_report_is_no_place_of_its_truce() -> None:
    a = Report("a", "The ceasefire ended, the Watch for Human Rights said", day="2031-05-20")
    a.truce("ceasefire", places=("Human Rights",))
    (truce,) = ledger(a)
    assert truce.places == ()
