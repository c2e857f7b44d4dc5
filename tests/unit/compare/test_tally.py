"""Tolls of one report: whose they are, which are one number, and which are parts of which."""

from __future__ import annotations

import msgspec
import pytest
from tests.unit.compare.pile import Report, blast
from tests.unit.compare.test_matters import kinds, run
from tests.unit.compare.test_tolls import accounts, report

from sayso.compare.quantities import side_of
from sayso.schema import AccountToll


def tolls(made: Report, voice: str | None = None) -> list[tuple[float | None, str | None, bool]]:
    return [(t.value, t.effect, t.part) for t in given(made, voice)]


def given(made: Report, voice: str | None = None) -> tuple[AccountToll, ...]:
    return accounts(run(made))[voice].tolls


@pytest.mark.parametrize(
    ("wounded", "number"),
    [("wounded 40 others", "40"), ("wounded dozens. Another bomb failed", "dozens")],
)
def test_others_whom_something_else_befell_are_no_part(wounded: str, number: str) -> None:
    a = report("a", f"Car bomb in Marat\nA car bomb on Tuesday killed 18 people and {wounded}.")
    a.figure("18", 18)
    vague = number == "dozens"
    a.figure(number, None if vague else 40, effect="wounded",
             **({"low": 24, "high": 99, "bound": "order"} if vague else {}))  # fmt: skip
    assert not any(toll.part for toll in given(a))


def test_more_of_those_whom_the_same_befell_are_a_part() -> None:
    a = report("a", "Car bomb in Marat\nA bomb killed 9 people on Tuesday and 3 more at a gate.")
    a.figure("9", 9)
    a.figure("3", 3, of=None)
    assert tolls(a) == [(9, "killed", False), (3, "killed", True)]


def test_more_than_is_the_bound_of_the_next_number() -> None:
    a = report("a", "Car bomb in Marat\nTuesday’s dead rose to 32 and more than 115 were hurt.")
    a.figure("32", 32, of=None)
    a.figure("more than 115", 115, of=None, effect="wounded", bound="more than")
    assert tolls(a) == [(32, "killed", False), (115, "wounded", False)]


def test_a_headlines_number_is_no_part_of_a_larger_one_further_down() -> None:
    a = report(
        "a",
        "Car bomb in Marat kills 5\nA car bomb killed 5 people in Marat on Tuesday. "
        "It was the third in the town. The mayor opened a school on the same day. Trams ran again. "
        "Fire at a mill next door killed 18 people.",
    )
    for words, value in (("5", 5), ("5 people", 5), ("18 people", 18)):
        a.figure(words, value)
    assert [t.part for t in given(a) if t.value == 5] == [False]


def test_a_number_is_the_face_of_a_word_for_its_order() -> None:
    a = report(
        "a",
        "Dozens dead in Marat bombing\nA bomb killed 38 people, Varn Watch said on Tuesday.",
    )
    a.figure("Dozens", None, low=24, high=99, bound="order", of=None)
    a.figure("38", 38, by="Varn Watch", actor=a.actor("Varn Watch"))
    assert tolls(a, "Varn Watch") == [(38, "killed", False)]


def test_a_headlines_order_echoes_a_number_that_it_can_mean() -> None:
    a = report(
        "a", "Scores dead in Marat bombing\nOn Tuesday a bomb killed at least 21, Varn Watch said."
    )
    a.figure("Scores", None, low=40, bound="order", of=None)
    a.figure("at least 21", 21, bound="at least", by="Varn Watch", actor=a.actor("Varn Watch"))
    assert list(accounts(run(a))) == ["Varn Watch"]


def test_four_people_are_no_echo_of_four_children() -> None:
    a = report(
        "a",
        "Car bomb in Marat\nA car bomb killed 27 people among them four children, Varn Watch said. "
        "Four people died when a wall fell on Tuesday.",
    )
    watch = a.actor("Varn Watch")
    a.figure("27", 27, by="Varn Watch", actor=watch)
    a.figure("four", 4, by="Varn Watch", actor=watch, of="children")
    a.figure("Four", 4)
    assert tolls(a) == [(4, "killed", False)]


def test_a_number_that_the_next_sentence_counts_anew_is_not_of_its_voice() -> None:
    a = report(
        "a",
        "Car bomb in Marat\nA radio gave a toll of 44 people killed in Marat on Tuesday. "
        "Varn Watch said 48 people were among those killed.",
    )
    a.figure("44", 44)
    watch = a.actor("Varn Watch")
    a.figure("48", 48, by="Varn Watch", actor=watch)
    a.statement("Varn Watch", "said", "48 people were among those killed", actor=watch)
    assert tolls(a) == [(44, "killed", False)]


def test_another_number_goes_on_with_whom_the_sentence_before_cites() -> None:
    a = report(
        "a",
        "Car bomb in Marat\nVarn Watch said 12 people were killed in Marat on Tuesday. "
        "Another five died at a gate.",
    )
    watch = a.actor("Varn Watch")
    a.statement("Varn Watch", "said", "12 people were killed in Marat", actor=watch)
    a.figure("12", 12, by="Varn Watch", actor=watch)
    a.figure("five", 5, of=None)
    assert tolls(a, "Varn Watch") == [(12, "killed", False), (5, "killed", True)]


def test_a_number_between_two_sentences_of_one_voice_is_its_own() -> None:
    a = report(
        "a",
        "Car bomb in Marat\nVarn Watch said a car bomb went off on Tuesday. It killed 12 people. "
        "The bomb hit a market, Varn Watch added.",
    )
    watch = a.actor("Varn Watch")
    a.statement("Varn Watch", "said", "a car bomb went off on Tuesday", actor=watch)
    a.statement("Varn Watch", "added", "The bomb hit a market", actor=watch)
    a.figure("12", 12)
    assert list(accounts(run(a))) == ["Varn Watch"]


def test_a_print_without_its_source_stands_on_the_word_that_another_print_cites() -> None:
    a = blast("a", outlet="Kettle", toll="12 people", value=12)
    b = blast("b", outlet="Lantern", toll="12 people", value=12, by=None)
    (account,) = accounts(run(a, b)).values()
    assert (account.speaker, account.documents) == ("Varn Watch", ("a", "b"))


@pytest.mark.parametrize(
    ("first", "second", "tolls_told"),
    [
        ("civilians", "people", 1),
        ("regime fighters", "army troops", 1),
        ("rebel fighters", "army troops", 2),
    ],
)
def test_one_number_of_the_same_people_is_one_toll(
    first: str, second: str, tolls_told: int
) -> None:
    a = report(
        "a",
        f"Car bomb in Marat\nOn Tuesday a bomb killed 22 {first}, Varn Watch said. "
        f"All 22 {second} were young.",
    )
    watch = a.actor("Varn Watch")
    a.figure(f"22 {first}", 22, of=first, by="Varn Watch", actor=watch)
    a.figure(f"22 {second}", 22, of=second, by="Varn Watch", actor=watch)
    assert len(given(a, "Varn Watch")) == tolls_told


@pytest.mark.parametrize(
    ("of", "side"),
    [
        ("regime forces", "state"),
        ("soldiers", "state"),
        ("Free Marat Army fighters", None),
        ("Grey State fighters", None),
        ("opposition fighters", "rebels"),
        ("jihadists", "others against it"),
        ("rebel and regime forces", None),
        ("civilians", None),
    ],
)
def test_the_side_of_fighters(of: str, side: str | None) -> None:
    a = report("a", "Car bomb in Marat\nOn Tuesday 12 died.")
    assert side_of(a.figure("12", 12, of=of)) == side


def test_single_persons_of_different_nouns_are_no_common_claim() -> None:
    a = blast("a", outlet="Kettle", toll="A woman", value=1)
    b = blast("b", outlet="Lantern", toll="One man", value=1, by="Ida Moor")
    for made, of in ((a, "woman"), (b, "man")):
        made.records["figures"][0] = msgspec.structs.replace(made.records["figures"][0], of=of)
    (matter,) = run(a, b).matters
    assert [claim.reports for claim in matter.claims] == [1, 1]


def test_a_report_that_gives_both_numbers_knows_of_no_later_count() -> None:
    early = blast("a", outlet="Kettle", toll="12 people", value=12)
    later = report(
        "b",
        "Car bomb in Marat kills 31\nA car bomb killed 31 people at a crowded market in Marat "
        "on Tuesday, Varn Watch said. Trams stood. Shops shut. Schools too. The mayor left. "
        "At the gate of the market 12 people died.",
        outlet="Anvil",
    )
    watch = later.actor("Varn Watch", "monitor")
    later.figure("31 people", 31, by="Varn Watch", actor=watch)
    later.figure("12 people", 12, by="Varn Watch", actor=watch)
    assert "updates" not in kinds(run(early, later))


def test_a_sum_that_is_left_out_makes_nothing_a_part() -> None:
    a = report(
        "a",
        "Car bomb in Marat\nA car bomb killed 19 civilians in Marat on Tuesday, Varn Watch said. "
        "Trams stood still. Shops were shut. Schools too. The mayor left. "
        "Bombs have killed 900 people in a fortnight, 300 children among them.",
    )
    watch = a.actor("Varn Watch")
    a.figure("19", 19, of="civilians", by="Varn Watch", actor=watch)
    sum_ = a.figure("900", 900, by="Varn Watch", actor=watch)
    a.figure("300", 300, of="children", by="Varn Watch", actor=watch, part_of=sum_.id)
    assert tolls(a, "Varn Watch") == [(19, "killed", False)]


def test_a_small_number_of_wounded_elsewhere_hides_no_larger_one() -> None:
    a = blast("a", outlet="Kettle", toll="7 people", value=7)
    a.figure("Shops", 40, effect="wounded")
    b = blast("b", outlet="Lantern", toll="7 people", value=7)
    b.records["figures"][0] = msgspec.structs.replace(b.records["figures"][0], effect="wounded")
    (matter,) = run(a, b).matters
    assert 40 in {t.value for account in matter.accounts for t in account.tolls}


def test_what_somebody_told_an_agency_is_one_toll() -> None:
    a = report("a", "Car bomb in Marat kills 7\nA medic told Varn Press that 7 died on Tuesday.")
    press = a.actor("Varn Press", "agency")
    a.figure("7", 7, of=None, by="Varn Press", actor=press)
    inner = a.figure("7 died", 7, of=None, by="medic", voice="unnamed")
    a.records["figures"][-1] = msgspec.structs.replace(
        inner, chain=("medic", "Varn Press", "Kettle")
    )
    assert list(accounts(run(a))) == ["medic"]


def test_parts_by_place_of_a_report_on_several_towns() -> None:
    a = Report(
        "a",
        "Shells kill 6 in Marat and Sulva\nShells killed 6 people in Marat and Sulva on Tuesday. "
        "Trams stood still. Shops were shut. Schools too. A bishop said 4 people died in Marat.",
        outlet="Kettle",
        day="2031-03-05",
    )
    a.place("Marat", 10.0, 20.0)
    a.place("Sulva", 13.0, 24.0)
    a.time("Tuesday", "2031-03-04")
    a.figure("6", 6, of=None)
    a.figure("6 people", 6)
    a.figure("4", 4, by="bishop", voice="unnamed")
    assert tolls(a, "bishop") == [(4, "killed", True)]


def test_fewer_people_than_civilians_of_one_voice_are_a_part() -> None:
    a = report(
        "a",
        "Shells kill 40 civilians in Marat\nShells killed 40 civilians in Marat on Tuesday. "
        "The toll at the mill reached 3.",
    )
    a.figure("40 civilians", 40, of="civilians")
    a.figure("3", 3, of=None)
    assert tolls(a) == [(40, "killed", False), (3, "killed", True)]


def test_one_number_at_the_head_is_one_toll_whatever_it_is_said_to_count() -> None:
    a = report(
        "a",
        "Car bombs in Marat kill 32 pupils\nOn Tuesday the toll of the car bombs rose to 32.",
    )
    a.figure("32 pupils", 32, of="pupils")
    a.figure("32", 32, of=None, nth=1)
    assert tolls(a) == [(32, "killed", False)]


def test_the_text_says_whose_a_number_is_that_the_head_gives_to_another() -> None:
    a = report(
        "a",
        "Car bombs in Marat\nCar bombs killed around 32 people on Tuesday, a monitor said. "
        "Trams stood. Varn Watch said 16 people died. Medics said around 32 died.",
    )
    watch = a.actor("Varn Watch", "monitor")
    a.figure("around 32 people", 32, by="Varn Watch", actor=watch, bound="about")
    a.figure("16 people", 16, by="Varn Watch", actor=watch)
    a.figure("around 32", 32, by="Medics", voice="unnamed", bound="about", of=None, nth=1)
    assert tolls(a, "Medics") == [(32, "killed", False)]
    assert tolls(a, "Varn Watch") == [(16, "killed", False)]


def test_a_headlines_scores_make_no_part_of_the_number_below_it() -> None:
    a = report("a", "Scores of rebels die\nAt least 29 rebels were killed in Marat on Tuesday.")
    a.figure("Scores", None, low=40, high=100, bound="order", of="rebels")
    a.figure("At least 29", 29, bound="at least", of="rebels")
    assert (29, "killed", False) in tolls(a)


def test_a_headlines_children_are_the_part_that_the_text_says_they_are() -> None:
    a = report(
        "a",
        "Barrel bomb kills 11 children in Marat\nA barrel bomb hit Marat on Tuesday. "
        "It killed 15 people including 11 pupils of a school, Varn Watch said.",
    )
    watch = a.actor("Varn Watch", "monitor")
    a.figure("11 children", 11, of="children", by="Varn Watch", actor=watch)
    whole = a.figure("15 people", 15, by="Varn Watch", actor=watch)
    a.figure("11 pupils", 11, of="children", by="Varn Watch", actor=watch, part_of=whole.id)
    assert tolls(a, "Varn Watch") == [(15, "killed", False), (11, "killed", True)]


@pytest.mark.parametrize(
    "words",
    ["earlier gave a toll of 20", "initially said 20 died", "gave a preliminary count of 20"],
)
def test_an_earlier_count_of_people_is_no_part_of_the_civilians(words: str) -> None:
    a = report(
        "a",
        "Air strike kills 38 civilians in Marat\nAn air strike killed 38 civilians in Marat on "
        f"Tuesday. Varn Watch, which {words}, named an Iranian family.",
    )
    watch = a.actor("Varn Watch", "monitor")
    a.figure("38 civilians", 38, of="civilians", by="Varn Watch", actor=watch)
    a.figure("20", 20, of=None, by="Varn Watch", actor=watch)
    assert (20, "killed", False) in tolls(a, "Varn Watch")


def test_numbers_side_by_side_that_add_up_to_the_whole_are_its_parts() -> None:
    a = report(
        "a",
        "Shells kill 13 in Marat\nThe dead of the shells on Marat on Tuesday rose to 13. Police "
        "said fire from the hills killed 6 people. The police said 7 people died in the morning.",
    )
    a.figure("13", 13, of=None)
    a.figure("6 people", 6, by="police", voice="unnamed")
    a.figure("7 people", 7, by="police", voice="unnamed")
    assert tolls(a, "police") == [(6, "killed", True), (7, "killed", True)]


def test_children_and_the_people_among_whom_they_are_do_not_add_up() -> None:
    a = report(
        "a",
        "Shells kill 13 in Marat\nShells killed 13 people in Marat on Tuesday. Police said 9 "
        "people died. The police said 4 children were hit and died.",
    )
    a.figure("13", 13, of=None)
    a.figure("9 people", 9, by="police", voice="unnamed")
    a.figure("4 children", 4, of="children", by="police", voice="unnamed")
    assert tolls(a, "police")[0] == (9, "killed", False)


def test_bodies_seen_at_one_place_are_a_part_of_the_dead() -> None:
    a = report(
        "a",
        "Gas kills 213 in Marat\nA gas attack killed 213 people in Marat on Tuesday. A doctor said "
        "80 bodies lay in a hall. A nurse saw the bodies of 16 boys.",
    )
    a.figure("213 people", 213)
    a.figure("80 bodies", 80, of="bodies", by="doctor", voice="unnamed")
    a.figure("16 boys", 16, of="boys", by="nurse", voice="unnamed")
    assert tolls(a, "doctor") == [(80, "killed", True)]
    assert tolls(a, "nurse") == [(16, "killed", True)]


def test_bodies_are_the_dead_where_no_larger_number_is_given() -> None:
    a = report("a", "Shells hit Marat\nAfter shells on Tuesday 80 bodies were found in Marat.")
    a.figure("80 bodies", 80, of="bodies")
    assert tolls(a) == [(80, "killed", False)]


@pytest.mark.parametrize(
    ("words", "of"), [("lost 15 fighters", "fighters"), ("15 attackers died", "attackers")]
)
def test_those_whom_a_side_itself_lost_are_no_part_of_its_victims(words: str, of: str) -> None:
    a = report(
        "a",
        f"Raid on Marat kills 50\nAn attack killed 50 people in Marat on Tuesday. Varn Watch said "
        f"the Grey Front also {words}.",
    )
    watch = a.actor("Varn Watch", "monitor")
    a.figure("50 people", 50, by="Varn Watch", actor=watch)
    a.figure(f"15 {of}", 15, of=of, by="Varn Watch", actor=watch)
    assert (15, "killed", False) in tolls(a, "Varn Watch")


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ("the toll could reach 200", False),
        ("the toll is expected to rise above 200", False),
        ("the toll rose to 200", True),
        ("bombs may have killed 200", True),
    ],
)
def test_what_a_toll_could_grow_to_is_no_toll(words: str, given: bool) -> None:
    a = report("a", f"Gas attack on Marat\nGas killed 140 in Marat on Tuesday and {words}.")
    a.figure("140", 140, of=None)
    a.figure("200", 200, of=None)
    assert any(value == 200 for value, _, _ in tolls(a)) == given


def test_the_first_number_of_a_report_whose_lead_has_none_is_of_the_whole() -> None:
    a = report("a", "Rebels shell Marat\nRebel rockets fell on Marat on Tuesday. Fifteen people "
               "were killed, Varn Watch said.", day="2031-03-04")  # fmt: skip
    a.figure("Fifteen people", 15, by="Varn Watch", actor=a.actor("Varn Watch", "monitor"))
    b = report("b", "Rebels shell Marat\nRebel rockets hit Marat on Tuesday. Trams stood. Shops "
               "were shut. A school burned. So did a mill by the river. Rebels fired on Marat, "
               "killing 21 people, Varn Watch said.")  # fmt: skip
    b.figure("21 people", 21, by="Varn Watch", actor=b.actor("Varn Watch", "monitor"))
    assert kinds(run(a, b)) == ["updates"]
