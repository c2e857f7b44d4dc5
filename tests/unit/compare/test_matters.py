"""Matters, accounts and the relations of tolls and blame."""

from __future__ import annotations

import msgspec
from tests.unit.compare.pile import Report, blast

from sayso.compare import compare
from sayso.knowledge import load
from sayso.schema import Compared, Relation


def run(*reports: Report) -> Compared:
    return compare(
        [report.document for report in reports],
        [report.resolved for report in reports],
        knowledge=load(),
    )


def kinds(found: Compared) -> list[str]:
    return sorted(relation.kind for relation in found.relations if relation.kind != "copies")


def only(found: Compared, kind: str) -> Relation:
    (relation,) = [relation for relation in found.relations if relation.kind == kind]
    return relation


def test_reports_of_one_incident_are_one_matter_with_a_title_from_its_facts() -> None:
    found = run(
        blast("a", outlet="Kettle", toll="12 people", value=12),
        blast("b", outlet="Lantern", toll="12 people", value=12),
    )
    (matter,) = found.matters
    assert matter.title == "Car bombing in Marat, 4 March 2031"
    assert matter.documents == ("a", "b")
    assert (matter.reports, matter.origins) == (2, 1)


def test_another_town_or_another_day_is_another_matter() -> None:
    found = run(
        blast("a", outlet="Kettle", toll="12 people", value=12),
        blast("b", outlet="Lantern", toll="12 people", value=12, place=("Sulva", 13.0, 24.0)),
    )
    assert len(found.matters) == 2


def test_a_monitors_figure_in_two_outlets_is_one_account_and_a_repeat() -> None:
    found = run(blast("a", outlet="Kettle", toll="12 people", value=12), told_otherwise("b"))
    (account,) = found.matters[0].accounts
    assert account.speaker == "Varn Watch"
    assert account.documents == ("a", "b")
    assert kinds(found) == ["repeats"]


def told_otherwise(source: str, *, outlet: str = "Lantern") -> Report:
    """The same bomb in words of its own."""
    report = Report(
        source,
        "Twelve dead as bomb tears through Marat\n"
        "Varn Watch counted 12 people killed when a car bomb tore through a market hall in Marat "
        "on Tuesday. Traders carried their neighbours out over broken stalls and glass.",
        outlet=outlet,
        day="2031-03-05",
    )
    actor = report.actor("Varn Watch", "monitor")
    report.place("Marat", 10.0, 20.0)
    report.time("Tuesday", "2031-03-04")
    report.figure("12 people", 12, by="Varn Watch", actor=actor)
    return report


def test_a_grown_toll_of_one_origin_is_an_update() -> None:
    found = run(
        blast("a", outlet="Kettle", toll="at least 12 people", value=12, bound="at least"),
        blast(
            "b", outlet="Lantern", toll="at least 31 people", value=31, bound="at least",
            day="2031-03-06",
        ),
    )  # fmt: skip
    assert kinds(found) == ["updates"]
    assert "grew from at least 12 people killed to at least 31 people killed" in (
        only(found, "updates").reason
    )


def test_two_origins_that_give_one_toll_corroborate() -> None:
    found = run(
        blast("a", outlet="Kettle", toll="12 people", value=12),
        blast("b", outlet="Lantern", toll="12 people", value=12, by="Red Lamp"),
    )
    assert kinds(found) == ["corroborates"]
    assert found.matters[0].origins == 2


def test_tolls_that_cannot_both_hold_contradict() -> None:
    found = run(
        blast("a", outlet="Kettle", toll="12 people", value=12),
        blast("b", outlet="Lantern", toll="31 people", value=31, by="Red Lamp"),
    )
    relation = only(found, "contradicts")
    assert {e.document for e in relation.evidence} == {"a", "b"}
    assert "Varn Watch gives 12 people killed" in relation.reason


def test_an_order_of_magnitude_agrees_with_a_number_inside_it() -> None:
    a = blast("a", outlet="Kettle", toll="dozens of people", value=30)
    a.records["figures"].clear()
    a.figure(
        "dozens of people", None, by="Varn Watch", actor=a.records["actors"][0],
        low=24, high=99, bound="order",
    )  # fmt: skip
    b = blast("b", outlet="Lantern", toll="37 people", value=37, by="Red Lamp")
    assert kinds(run(a, b)) == ["corroborates"]


def test_a_part_never_contradicts_its_whole() -> None:
    a = blast("a", outlet="Kettle", toll="20 people", value=20)
    b = blast("b", outlet="Lantern", toll="9 children", value=9, by="Red Lamp")
    b.records["figures"].clear()
    b.figure("9 children", 9, by="Red Lamp", actor=b.records["actors"][0], of="children")
    assert kinds(run(a, b)) == []


def test_the_outlets_own_figure_is_an_account_and_no_origin() -> None:
    found = run(
        blast("a", outlet="Kettle", toll="12 people", value=12, by=None),
        blast("b", outlet="Lantern", toll="12 people", value=12, by=None),
    )
    (matter,) = found.matters
    assert matter.origins == 0
    assert [account.voice for account in matter.accounts] == ["outlet", "outlet"]


def test_a_person_who_speaks_for_a_body_counts_as_the_body_and_is_shown() -> None:
    a = blast("a", outlet="Kettle", toll="12 people", value=12)
    b = blast("b", outlet="Lantern", toll="12 people", value=12, by="Ida Moor")
    b.records["actors"].clear()
    b.records["figures"].clear()
    moor = b.actor("Ida Moor", "person", affiliations=("Varn Watch",))
    b.figure("12 people", 12, by="Ida Moor", actor=moor)
    (matter,) = run(a, b).matters
    (account,) = matter.accounts
    assert account.speaker == "Varn Watch"
    assert "Ida Moor" in account.says
    assert matter.origins == 1


def test_blame_laid_on_different_agents_contradicts() -> None:
    a = Report(
        "a",
        "Car bomb in Marat\nA car bomb went off at a market in Marat on Tuesday. "
        "Ida Moor blamed the Grey Front for the car bomb. Olo Finn blamed the Blue League for it.",
        day="2031-03-05",
    )
    a.place("Marat", 10.0, 20.0)
    a.time("Tuesday", "2031-03-04")
    moor, finn = a.actor("Ida Moor", "person"), a.actor("Olo Finn", "person")
    a.actor("Grey Front", "armed group")
    a.actor("Blue League", "party")
    a.statement("Ida Moor", "blamed", "the Grey Front for the car bomb", actor=moor)
    a.statement("Olo Finn", "Finn blamed", "the Blue League for it", actor=finn)
    relation = only(run(a), "contradicts")
    assert relation.reason == "Ida Moor lays it on Grey Front, Olo Finn on Blue League"


def test_figures_know_their_matter() -> None:
    a = blast("a", outlet="Kettle", toll="12 people", value=12)
    found = run(a)
    assert found.figure_matters == {a.records["figures"][0].id: found.matters[0].id}


def test_a_caption_that_tells_of_an_air_strike_contradicts_blame_on_who_has_no_aircraft() -> None:
    report = Report(
        "a",
        "Envoy speaks of convoy\nAn airstrike hit an aid convoy in Marat on Tuesday, killing nine. "
        "Ida Moor blamed the Grey Front for the attack on the convoy.",
        day="2031-03-05",
    )
    report.place("Marat", 10.0, 20.0)
    report.time("Tuesday", "2031-03-04")
    moor = report.actor("Ida Moor", "person")
    report.actor("Grey Front", "armed group")
    report.event("airstrike", None)
    report.statement(
        "Ida Moor", "blamed", "the Grey Front for the attack on the convoy", actor=moor
    )
    relation = only(run(report), "contradicts")
    assert relation.reason == (
        "Daily Kettle tells of an air strike, Ida Moor lays it on Grey Front: "
        "the kind and the blame differ"
    )


def test_an_earlier_incident_that_a_report_recalls_is_not_what_it_is_about() -> None:
    report = Report(
        "a",
        "Car bomb in Marat\nA car bomb killed 12 people in Marat on Tuesday. "
        "Last month shelling killed 80 people in Sulva on the 3 February.",
        day="2031-03-05",
    )
    report.place("Marat", 10.0, 20.0)
    report.place("Sulva", 13.0, 24.0)
    report.time("Tuesday", "2031-03-04")
    report.time("3 February", "2031-02-03")
    report.figure("12 people", 12)
    old = report.figure("80 people", 80)
    found = run(report)
    titles = {matter.id: matter.title for matter in found.matters}
    assert titles[found.figure_matters[old.id]] == "Shelling in Sulva, 3 February 2031"
    assert [m.also_in for m in found.matters] == [("a",), ()]


def test_a_wars_toll_is_no_toll_of_an_incident() -> None:
    a = blast("a", outlet="Kettle", toll="12 people", value=12)
    b = Report(
        "b",
        "Car bomb at market in Marat\nA car bomb killed 12 people at a crowded market in Marat on "
        "Tuesday. The war has killed 300,000 people since the conflict began.",
        outlet="Lantern",
        day="2031-03-05",
    )
    b.place("Marat", 10.0, 20.0)
    b.time("Tuesday", "2031-03-04")
    b.figure("12 people", 12, by="Varn Watch")
    b.figure("300,000 people", 300_000, by="Red Lamp")
    assert "contradicts" not in kinds(run(a, b))


def test_a_later_larger_toll_of_another_origin_is_no_contradiction() -> None:
    found = run(
        blast("a", outlet="Kettle", toll="12 people", value=12, day="2031-03-05"),
        blast("b", outlet="Lantern", toll="31 people", value=31, by="Red Lamp", day="2031-03-06"),
    )
    assert kinds(found) == []


def test_blame_for_the_state_of_a_place_is_compared_over_months() -> None:
    def report(source: str, day: str, speaker: str, blamed: str) -> Report:
        content = f"the {blamed} for the escalation of fighting in Marat"
        made = Report(source, f"Envoys speak\n{speaker} blamed {content}.", day=day)
        made.place("Marat", 10.0, 20.0)
        made.actor(blamed, "armed group")
        made.statement(speaker, "blamed", content, actor=made.actor(speaker, "person"))
        return made

    found = run(
        report("a", "2031-03-05", "Ida Moor", "Grey Front"),
        report("b", "2031-07-01", "Olo Finn", "Blue League"),
    )
    reason = only(found, "contradicts").reason
    assert reason.startswith("on the state of Marat, Ida Moor lays it on Grey Front")


def test_a_town_told_by_its_way_from_another_is_not_in_that_other() -> None:
    a = Report("a", "Car bomb kills 4 people\nA car bomb killed 4 people 60 km north of Sulva.",
               day="2031-03-05")  # fmt: skip
    a.place("Sulva", 13.0, 24.0, radius=10.0)
    a.place("60 km north of Sulva", 13.54, 24.0, radius=20.0)
    a.figure("4 people", 4)
    (matter,) = run(a).matters
    assert matter.title.startswith("Car bombing 60 km north of Sulva")


def test_where_a_ministry_sits_is_not_where_it_happened() -> None:
    a = Report("a", "Air strike kills 4 people\nAn air strike killed 4 people in Marat, "
               "the ministry in Oslo said.", day="2031-03-05")  # fmt: skip
    a.place("Marat", 10.0, 20.0)
    a.place("Oslo", 59.9, 10.7)
    a.figure("4 people", 4)
    said = a.statement("ministry in Oslo", "said", "An air strike killed 4 people in Marat")
    a.records["statements"][0] = msgspec.structs.replace(
        said, source_spans=(a.span("the ministry in Oslo"),)
    )
    (matter,) = run(a).matters
    assert matter.title.startswith("Air strike in Marat")


def _fire(source: str, headline: str, lead: str, toll: str, value: float, **fields: str) -> Report:
    made = Report(source, f"{headline}\n{lead}", outlet=f"The {source}", day="2031-03-05")
    made.place("Marat", 10.0, 20.0)
    made.time("Tuesday", "2031-03-04")
    made.figure(toll, value, **fields)
    return made


def test_fire_of_both_sides_on_one_town_and_day_is_two_matters() -> None:
    found = run(
        _fire("a", "Raids on Marat kill 14", "Government air strikes killed 14 people in Marat "
              "on Tuesday, Varn Watch said.", "14 people", 14, by="Varn Watch"),
        _fire("b", "Rebel fire on Marat kills 14", "Rebel rockets killed 14 people in Marat "
              "on Tuesday, Varn Watch said.", "14 people", 14, by="Varn Watch"),
    )  # fmt: skip
    assert len(found.matters) == 2


def test_a_downed_helicopter_and_a_gas_attack_are_two_matters() -> None:
    found = run(
        _fire("a", "Helicopter shot down in Marat", "A helicopter was shot down in Marat on "
              "Tuesday, killing 5 people.", "5 people", 5),
        _fire("b", "Toxic gas used in Marat", "Chlorine was used in Marat on Tuesday, "
              "killing 5 people.", "5 people", 5),
    )  # fmt: skip
    assert len(found.matters) == 2


def test_one_number_of_one_named_voice_outweighs_places_that_differ() -> None:
    def report(source: str, place: str, lat: float, voice: str) -> Report:
        made = Report(
            source,
            f"Air strikes kill 56 civilians\nAir strikes killed 56 civilians as they fled their "
            f"homes near {place} on Tuesday, {voice} said.",
            outlet=f"The {source}",
            day="2031-03-05",
        )
        made.place(place, lat, 20.0)
        made.time("Tuesday", "2031-03-04")
        made.figure("56 civilians", 56, by=voice, actor=made.actor(voice, "monitor"))
        return made

    one, two = report("a", "Marat", 10.0, "Varn Watch"), report("b", "Dell", 10.5, "Varn Watch")
    assert len(run(one, two).matters) == 1
    assert len(run(one, report("b", "Sulva", 14.0, "Varn Watch")).matters) == 2


def test_a_title_is_by_headline_and_first_sentence() -> None:
    report = Report(
        "a",
        "Rebel shelling of Marat kills 12\nShelling killed 12 people in Marat on Tuesday as rebels "
        "tried to reopen the Mill Road. It followed air strikes. More air strikes were heard.",
        day="2031-03-05",
    )
    report.place("Marat", 10.0, 20.0)
    report.time("Tuesday", "2031-03-04")
    report.figure("12 people", 12)
    (matter,) = run(report).matters
    assert matter.title == "Shelling in Marat, 4 March 2031"


def test_the_day_of_a_claim_is_not_the_day_of_the_deed() -> None:
    report = Report(
        "a",
        "Blast kills 30\nThe Grey Front on Tuesday claimed a suicide bombing that killed 30 people "
        "in Marat. It gave no more details of it. The blast on Monday night hit a bus.",
        day="2031-03-05",
    )
    report.place("Marat", 10.0, 20.0)
    report.time("Tuesday", "2031-03-04")
    report.time("Monday night", "2031-03-03")
    report.figure("30 people", 30)
    (matter,) = run(report).matters
    assert matter.title == "Suicide bombing in Marat, 3 March 2031"


def test_a_place_that_is_a_groups_abbreviation_is_none() -> None:
    report = Report(
        "a", "Barrel bombs kill 11 in IS town\nBarrel bombs killed 11 people in Marat on Tuesday.",
        day="2031-03-05",
    )  # fmt: skip
    report.place("IS", 0.0, 0.0)
    report.records["places"][-1] = msgspec.structs.replace(
        report.records["places"][-1], lat=None, lon=None
    )
    report.place("Marat", 10.0, 20.0)
    report.time("Tuesday", "2031-03-04")
    report.figure("11 people", 11)
    (matter,) = run(report).matters
    assert matter.title == "Air strike in Marat, 4 March 2031"


def _undated(source: str, day: str, value: int) -> Report:
    made = Report(
        source,
        f"Rockets kill {value} in Marat\nRebel rockets killed {value} people in homes in Marat.",
        outlet=f"The {source}",
        day=day,
    )
    made.place("Marat", 10.0, 20.0)
    made.figure(f"{value} people", value)
    return made


def test_reports_without_a_day_are_of_the_days_on_which_they_came_out() -> None:
    first = _undated("a", "2031-03-05", 13)
    assert len(run(first, _undated("b", "2031-03-06", 13)).matters) == 1
    assert len(run(first, _undated("b", "2031-03-08", 3)).matters) == 2
    assert run(first).matters[0].title == "Shelling in Marat, reported 5 March 2031"


def test_the_day_of_a_deed_that_a_later_sentence_goes_on_with() -> None:
    made = Report(
        "a",
        "Twin blasts kill 30 in Marat\nTwin blasts killed 30 people in Marat. They hit a gate. "
        "Monday’s twin blasts came as rebels fought for Sulva.",
        day="2031-03-05",
    )
    made.place("Marat", 10.0, 20.0)
    made.time("Monday", "2031-03-03")
    made.figure("30 people", 30)
    assert run(made).matters[0].title == "Twin bombing in Marat, 3 March 2031"


def test_a_title_is_by_what_killed() -> None:
    made = Report(
        "a",
        "Rebels attack in Marat, air raids held off\nRebels attacked Marat on Tuesday as no air "
        "raids were seen. Rebel rockets killed 15 people in Marat.",
        day="2031-03-05",
    )
    made.place("Marat", 10.0, 20.0)
    made.time("Tuesday", "2031-03-04")
    made.figure("15 people", 15)
    assert run(made).matters[0].title == "Shelling in Marat, 4 March 2031"


def test_a_days_list_is_named_by_both_its_towns() -> None:
    made = Report(
        "a",
        "Rockets kill 8 in Marat and Sulva\nRockets killed 6 people in Marat on Tuesday.",
        day="2031-03-05",
    )
    made.place("Marat", 10.0, 20.0)
    made.place("Sulva", 13.0, 24.0)
    made.time("Tuesday", "2031-03-04")
    made.figure("8", 8, of=None)
    made.figure("6 people", 6)
    assert run(made).matters[0].title == "Shelling in Marat and Sulva, 4 March 2031"


def test_what_came_a_day_before_a_deed_is_not_of_its_kind() -> None:
    made = Report(
        "a",
        "Attack on Marat\nRockets killed 24 people in Marat on Tuesday, a day after air strikes.",
        day="2031-03-05",
    )
    made.place("Marat", 10.0, 20.0)
    made.time("Tuesday", "2031-03-04")
    made.figure("24 people", 24)
    assert run(made).matters[0].title == "Shelling in Marat, 4 March 2031"
