"""Tolls: on whose word, which are one number, and how two of them stand."""

from __future__ import annotations

import msgspec
from tests.unit.compare.pile import Report, blast
from tests.unit.compare.test_matters import kinds, only, run

from sayso.schema import Account, Compared


def report(source: str, text: str, *, outlet: str = "Kettle", day: str = "2031-03-05") -> Report:
    made = Report(source, text, outlet=outlet, day=day)
    made.place("Marat", 10.0, 20.0)
    made.time("Tuesday", "2031-03-04")
    return made


def accounts(found: Compared) -> dict[str | None, Account]:
    (matter,) = found.matters
    return {account.speaker: account for account in matter.accounts}


def test_a_headlines_number_stands_on_the_word_of_whoever_the_text_cites_for_it() -> None:
    a = report(
        "a", "Car bomb kills 12 in Marat\nA car bomb killed 12 people on Tuesday, Varn Watch said."
    )
    a.figure("12", 12, of=None)
    a.figure("12 people", 12, by="Varn Watch", actor=a.actor("Varn Watch"))
    (account,) = accounts(run(a)).values()
    assert account.speaker == "Varn Watch"
    assert len(account.figures) == 2


def test_two_voices_of_one_number_are_two_accounts() -> None:
    a = report(
        "a",
        "Car bomb in Marat\nA car bomb killed 12 people, Varn Watch said. "
        "Ida Moor said 12 died on Tuesday.",
    )
    a.figure("12 people", 12, by="Varn Watch", actor=a.actor("Varn Watch"))
    a.figure("12 died", 12, by="Ida Moor", actor=a.actor("Ida Moor", "person"))
    assert set(accounts(run(a))) == {"Varn Watch", "Ida Moor"}


def test_a_number_whose_dead_the_next_sentence_goes_on_with_is_of_its_voice() -> None:
    a = report(
        "a",
        "Car bomb in Marat\nA car bomb killed 12 people in a market on Tuesday. "
        "The dead were market traders, Varn Watch said.",
    )
    a.figure("12 people", 12)
    a.statement("Varn Watch", "said", "The dead were market traders", actor=a.actor("Varn Watch"))
    assert list(accounts(run(a))) == ["Varn Watch"]


def test_a_smaller_number_of_one_voice_is_a_part() -> None:
    a = report("a", "Car bomb in Marat\nA car bomb killed 12 people, 5 people at a gate, Tuesday.")
    watch = a.actor("Marat", "body")
    a.figure("12 people", 12, by="Varn Watch", actor=watch)
    a.figure("5 people", 5, by="Varn Watch", actor=watch)
    tolls = next(iter(accounts(run(a)).values())).tolls
    assert [(t.value, t.part) for t in tolls] == [(12, False), (5, True)]


def test_three_more_are_a_part_and_no_earlier_count() -> None:
    found = run(
        blast("a", outlet="Kettle", toll="12 people", value=12),
        report_more(),
    )
    assert kinds(found) == []


def report_more() -> Report:
    b = report("b", "Car bomb in Marat\nA car bomb in Marat on Tuesday killed 3 more people.",
               outlet="Lantern")  # fmt: skip
    b.figure("3", 3, by="Varn Watch", actor=b.actor("Varn Watch"))
    return b


def test_an_earlier_toll_that_a_report_recalls_was_updated_by_its_own_word() -> None:
    a = report(
        "a",
        "Car bomb in Marat kills 18\nA car bomb killed 18 people in Marat on Tuesday. "
        "Varn Watch had given an earlier toll of 15.",
    )
    watch = a.actor("Varn Watch")
    a.figure("18 people", 18, by="Varn Watch", actor=watch)
    a.figure("15", 15, by="Varn Watch", actor=watch, of=None)
    reason = only(run(a), "updates").reason
    assert "grew from 15 killed to 18 people killed" in reason
    assert "as the report itself says" in reason


def test_a_voice_that_gave_the_others_number_before_does_not_contradict_it() -> None:
    found = run(
        blast("a", outlet="Kettle", toll="12 people", value=12),
        blast("b", outlet="Lantern", toll="31 people", value=31),
        blast("c", outlet="Anvil", toll="12 people", value=12, by="Red Lamp"),
    )
    assert "contradicts" not in kinds(found)
    assert "updates" in kinds(found)


def test_tolls_many_times_apart_are_of_different_wholes() -> None:
    found = run(
        blast("a", outlet="Kettle", toll="8 people", value=8),
        blast("b", outlet="Lantern", toll="31 people", value=31, by="Red Lamp"),
    )
    assert "contradicts" not in kinds(found)


def test_what_was_destroyed_is_no_toll() -> None:
    a = report("a", "Car bomb in Marat\nA car bomb destroyed 4 armoured vehicles on Tuesday.")
    a.figure("4", 4, of="armoured vehicles")
    assert not any(account.tolls for m in run(a).matters for account in m.accounts)


def test_state_television_is_one_voice_however_written() -> None:
    found = run(
        blast("a", outlet="Kettle", toll="12 people", value=12, by="Norwegian state TV"),
        blast("b", outlet="Lantern", toll="12 people", value=12, by="Norway's state television"),
    )
    (account,) = accounts(found).values()
    assert (account.speaker, account.voice) == ("Norwegian state television", "named")
    assert account.documents == ("a", "b")


def test_an_outlets_own_reporter_is_its_own_voice() -> None:
    a = report("a", "Car bomb in Marat\nA car bomb killed 12 people on Tuesday.", outlet="Kettle")
    a.figure("12 people", 12, by="Kettle correspondent", voice="unnamed")
    assert [account.voice for account in accounts(run(a)).values()] == ["outlet"]


def test_a_monitor_is_the_monitor_that_the_report_names() -> None:
    a = report(
        "a",
        "Car bomb in Marat\nA car bomb killed 12 people on Tuesday, a monitor said. "
        "Airwars had no more to say.",
    )
    a.actor("Airwars", "monitor", key="airwars")
    a.figure("12 people", 12, by="monitor", voice="unnamed")
    assert list(accounts(run(a))) == ["Airwars"]


def test_claims_count_reports_texts_outlets_and_origins_apart() -> None:
    found = run(
        blast("a", outlet="Kettle", toll="12 people", value=12),
        blast("b", outlet="Kettle", toll="12 people", value=12),
        blast("c", outlet="Lantern", toll="12 people", value=12, by=None),
    )
    (matter,) = found.matters
    (claim,) = matter.claims
    assert (claim.reports, claim.outlets, claim.origins, claim.unknown) == (3, 2, 1, 0)
    assert claim.texts < claim.reports  # the same words again are one text, on one voice's word
    assert (matter.outlets, matter.origins, matter.unknown) == (2, 1, 0)


def test_hearsay_is_deeper_than_what_a_voice_tells_the_outlet() -> None:
    a = blast("a", outlet="Kettle", toll="12 people", value=12)
    assert next(iter(accounts(run(a)).values())).depth == 1


def test_pairs_of_voices_that_disagree_are_counted() -> None:
    found = run(
        blast("a", outlet="Kettle", toll="12 people", value=12),
        blast("b", outlet="Lantern", toll="31 people", value=31, by="Red Lamp"),
    )
    assert found.matters[0].disagreements == 1


def test_a_body_that_counts_beside_a_word_of_telling_vouches_for_a_number_left_open() -> None:
    a = report(
        "a", "Car bomb in Marat\nAirwars gave a lower toll of 12 people killed by the bomb Tuesday."
    )
    a.actor("Airwars", "monitor", key="airwars")
    a.figure("12 people", 12)
    assert list(accounts(run(a))) == ["Airwars"]


def test_who_is_told_does_not_vouch() -> None:
    a = report(
        "a",
        "Car bomb in Marat\nA trader told Airwars, which reported it, that 12 people died Tuesday.",
    )
    a.actor("Airwars", "monitor", key="airwars")
    a.figure("12 people", 12)
    assert list(accounts(run(a))) == [None]


def test_an_outlet_that_is_cited_by_name_does_not_contradict_itself() -> None:
    found = run(
        blast("a", outlet="Lantern", toll="12 people", value=12, by=None),
        blast("b", outlet="Kettle", toll="31 people", value=31, by="Lantern"),
    )
    assert "contradicts" not in kinds(found)


def test_an_open_bound_given_somewhere_keeps_an_exact_headline_from_contradicting() -> None:
    found = run(
        blast("a", outlet="Kettle", toll="at least 12 people", value=12, bound="at least"),
        blast("b", outlet="Anvil", toll="12 people", value=12),
        blast("c", outlet="Lantern", toll="31 people", value=31, by="Red Lamp"),
    )
    assert "contradicts" not in kinds(found)


def test_fewer_civilians_can_be_among_the_people_of_another_toll() -> None:
    a = blast("a", outlet="Kettle", toll="22 people", value=22, by="Varn Watch")
    b = blast("b", outlet="Lantern", toll="8 civilians", value=8, by="Ida Moor")
    b.records["figures"][0] = msgspec.structs.replace(b.records["figures"][0], of="civilians")
    assert "contradicts" not in kinds(run(a, b))
    c = blast("c", outlet="Lantern", toll="8 people", value=8, by="Ida Moor")
    assert "contradicts" in kinds(run(a, c))


def test_the_attackers_are_no_later_count_of_the_dead() -> None:
    a = blast("a", outlet="Kettle", toll="2 people", value=2)
    b = blast("b", outlet="Lantern", toll="3 suicide bombers", value=3)
    b.records["figures"][0] = msgspec.structs.replace(b.records["figures"][0], of="bombers")
    assert "updates" not in kinds(run(a, b))


def test_a_voice_that_was_counting_on_is_contradicted_by_no_larger_number() -> None:
    early = blast("a", outlet="Kettle", toll="12 people", value=12)
    later = blast("b", outlet="Anvil", toll="20 people", value=20)
    other = blast("c", outlet="Lantern", toll="31 people", value=31, by="Ida Moor")
    assert "contradicts" in kinds(run(later, other))
    assert "contradicts" not in kinds(run(early, later, other))
