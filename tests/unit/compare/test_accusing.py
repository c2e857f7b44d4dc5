"""How words lay a deed on somebody: the verb's voice, who accuses, and who is accused."""

from __future__ import annotations

import msgspec
import pytest
from tests.unit.compare.pile import Report
from tests.unit.compare.test_charges import report_of, run, says

from sayso.schema import Compared, Evidence, LocalActor

ACTORS = {
    "Ida Moor": "person",
    "Norway": "state",
    "Marovia": "state",
    "Grey Front": "armed group",
    "Blue Dawn": "armed group",
}


def told(words: str, speaker: str, cue: str, *, kind: str | None = None) -> Report:
    """The lead and a sentence, with a statement of what stands behind its cue, or else before."""
    report = report_of(words)
    for name, of in ACTORS.items():
        if name in words:
            report.actor(name, of)
    named = {actor.name: actor for actor in report.records["actors"]}
    actor = named.get(speaker) or report.actor(speaker, kind or "body")
    before, _, after = words.rstrip(".").partition(f"{cue} ")
    report.statement(speaker, cue, after or before.strip(), actor=actor)
    return report


def blames(compared: Compared) -> dict[str | None, str]:
    """What the voices of the one matter say, besides the toll of the lead."""
    (matter,) = compared.matters
    return {a.speaker: a.says for a in matter.accounts if "killed" not in a.says}


@pytest.mark.parametrize(
    ("words", "cue", "says_"),
    [
        ("Ida Moor blamed the Grey Front for the attack.", "blamed", "Grey Front"),
        ("Ida Moor blamed the attack in Marat on the Grey Front.", "blamed", "Grey Front"),
        ("Ida Moor blamed the gas attack squarely on the Grey Front.", "blamed", "Grey Front"),
        (
            "Ida Moor laid the blame for the attack on the Grey Front.",
            "laid the blame",
            "Grey Front",
        ),
        ("Ida Moor accused the Grey Front of carrying out the attack.", "accused", "Grey Front"),
        ("Ida Moor accused the Grey Front of being behind it.", "accused", "Grey Front"),
        ("Ida Moor holds the Grey Front fully responsible for it.", "holds", "Grey Front"),
        ("Ida Moor attributed the gas attack to the Grey Front.", "attributed", "Grey Front"),
        (
            "Ida Moor pointed the finger at Norway for the attack.",
            "pointed the finger at",
            "Norway",
        ),
        ("Ida Moor said the Grey Front was behind the attack.", "said", "Grey Front"),
        ("Ida Moor said the Grey Front was likely responsible for it.", "said", "Grey Front"),
        ("Ida Moor said the attack was carried out by Grey Front men.", "said", "Grey Front"),
        ("Ida Moor said the gas attack was the work of the Grey Front.", "said", "Grey Front"),
        ("Ida Moor condemned the attack perpetrated by Norway forces.", "condemned", "Norway"),
        ("Ida Moor accused rebels of using gas.", "accused", "rebels"),
        ("Ida Moor said the attack was carried out by a terrorist group.", "said", "terrorists"),
    ],
)
def test_blame_in_the_active(words: str, cue: str, says_: str) -> None:
    assert says(told(words, "Ida Moor", cue), "Ida Moor") == f"blames {says_}"


@pytest.mark.parametrize(
    "words",
    [
        "Norway, accused by Marovia of the gas attack, kept silent.",
        "Norway was accused by Marovia of launching the gas attack.",
        "Norway was blamed by Marovia for the gas attack.",
        "Norway was held responsible by Marovia for the gas attack.",
    ],
)
def test_in_the_passive_the_subject_is_accused_and_who_stands_behind_by_accuses(words: str) -> None:
    cue = "accused" if "accused" in words else "blamed" if "blamed" in words else "held"
    found = blames(run(told(words, "Norway", cue)))
    if cue == "held":  # nobody is told before "for": no blame of the accused's own
        assert "Norway" not in found
    else:
        assert found == {"Marovia": "blames Norway"}


def test_in_the_passive_without_an_accuser_nobody_is_said_to_blame() -> None:
    assert not blames(run(told("Norway has been accused of the gas attack.", "Norway", "accused")))


def test_blamed_on_somebody_inside_ones_words_is_on_their_account() -> None:
    words = "Ida Moor said a gas attack blamed on the Grey Front had emptied the town."
    assert says(told(words, "Ida Moor", "said"), "Ida Moor") == "blames Grey Front"


def test_who_accuses_inside_anothers_words_has_the_account() -> None:
    words = "Ida Moor said Norway blamed the Grey Front for the gas attack."
    assert blames(run(told(words, "Ida Moor", "said"))) == {"Norway": "blames Grey Front"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("by Norway and Marovia forces", "blames Norway; blames Marovia"),
        ("by either Norway or Marovia forces", "blames either Norway or Marovia"),
        ("by Norway or its allies", ""),
        ("by fighters battling Norway", ""),
        ("by Norway-backed Blue Dawn", "blames Blue Dawn"),
        ("by anti-Norway men", ""),
        ("by rebels closely connected with Blue Dawn", "blames Blue Dawn"),
        ("by men in Norway", ""),
    ],
)
def test_who_did_it_is_read_as_a_phrase(words: str, expected: str) -> None:
    report = told(f"Ida Moor said the gas attack was carried out {words}.", "Ida Moor", "said")
    assert says(report, "Ida Moor") == expected


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        ("Ida Moor did not blame the Grey Front for the attack.", "blame"),
        ("Ida Moor said it was a pretext for accusing the Grey Front of the attack.", "said"),
        ("Ida Moor said Olo Finn, an aide to the Grey Front, was behind the attack.", "said"),
        ("Ida Moor said the bomber of Blue Dawn, a man, responsible for it was dead.", "said"),
        ("Ida Moor blamed the Grey Front for triggering conflicts and the attack.", "blamed"),
        (
            "Ida Moor accused the Grey Front of using hunger as a weapon after the attack.",
            "accused",
        ),
        ("Ida Moor accused the Grey Front of using the lull to prepare an attack.", "accused"),
        ("Ida Moor said that if it was carried out by the Grey Front it was a crime.", "said"),
        ("Ida Moor said an inquiry carried out by the Grey Front was slow.", "said"),
        ("Ida Moor said she could not tell whether Norway was behind the attack.", "said"),
        ("Ida Moor denied accusations that Norway was behind the attack.", "denied"),
    ],
)
def test_what_lays_the_deed_on_nobody(words: str, cue: str) -> None:
    assert "blames" not in says(told(words, "Ida Moor", cue), "Ida Moor")


def test_a_person_is_blamed_only_by_name() -> None:
    report = told("Ida Moor said the bomber was behind the gas attack.", "Ida Moor", "said")
    bomber = report.actor("bomber", "person")
    report.records["actors"][-1] = msgspec.structs.replace(bomber, name="Olo Finn", key="finn")
    assert not says(report, "Ida Moor")


def test_that_somebody_was_not_behind_it_is_a_denial() -> None:
    words = "Ida Moor said Norway was not behind the gas attack."
    assert says(told(words, "Ida Moor", "said"), "Ida Moor") == "denies it"


@pytest.mark.parametrize(
    ("words", "cue", "denies"),
    [
        ("Norway said the reports were fabricated.", "said", True),
        ("Norway said there was no truth to the allegations.", "said", True),
        ("Norway dismissed the accusations as lies.", "dismissed", True),
        ("Norway denied targeting civilians in the gas attack.", "denied", True),
        ("Norway denied its forces were there.", "denied", True),
        ("Norway rejected excuses for the attack.", "rejected", False),
        ("Norway has denied using gas against civilians.", "denied", False),
        ("Norway denies dropping gas on towns.", "denies", False),
    ],
)
def test_a_denial_is_of_the_deed_or_of_the_accusation_and_no_habit(
    words: str, cue: str, denies: bool
) -> None:
    assert (says(told(words, "Norway", cue), "Norway") == "denies it") is denies


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        ("The Grey Front said it was behind the gas attack.", "said"),
        ("The Grey Front said it had carried out the gas attack.", "said"),
        ("The Grey Front took responsibility for the gas attack.", "took responsibility for"),
    ],
)
def test_a_group_takes_it_on_itself(words: str, cue: str) -> None:
    assert says(told(words, "Grey Front", cue), "Grey Front") == "claims responsibility"


def test_an_attack_claimed_by_a_group_is_its_claim() -> None:
    words = "Ida Moor said the gas attack was claimed by the Grey Front."
    assert blames(run(told(words, "Ida Moor", "said"))) == {"Grey Front": "claims responsibility"}


def test_an_opposition_that_is_called_after_its_state_can_blame_it() -> None:
    report = report_of("The Norway opposition accused Norway forces of the gas attack.")
    report.actor("Norway", "state")
    group = report.actor("Norway opposition", "group", affiliations=("Norway",))
    content = "Norway forces of the gas attack"
    report.statement("Norway opposition", "accused", content, actor=group)
    assert says(report, "Norway opposition") == "blames Norway"


def done(report: Report, words: str, agents: str, actor: LocalActor) -> None:
    """Adds an event with the words for its agents."""
    event = report.event(words, actor)
    start, end = report.span(agents)
    more = Evidence(document=report.document.source, start=start, end=end)
    report.records["events"][-1] = msgspec.structs.replace(event, evidence=(*event.evidence, more))


def outlets(report: Report) -> str:
    (matter,) = run(report).matters
    return "; ".join(a.says for a in matter.accounts if a.speaker is None)


def test_whom_a_toll_counts_did_not_do_it() -> None:
    text = "20 Grey Front men killed in gas attack on Marat\nIt was on Tuesday."
    report = Report("a", text, day="2031-03-05")
    report.place("Marat", 10.0, 20.0)
    report.time("Tuesday", "2031-03-04")
    report.figure("20 Grey Front men", 20)
    done(report, "killed", "Grey Front men", report.actor("Grey Front", "armed group"))
    assert outlets(report) == "20 people killed"


@pytest.mark.parametrize(("words", "blames_"), [("", ""), (" forces", "lays it on Norway")])
def test_a_states_name_before_the_deed_is_where_it_was(words: str, blames_: str) -> None:
    text = f"Norway{words} air strikes kill 12 in Marat\nIt was on Tuesday."
    report = Report("a", text, day="2031-03-05")
    report.place("Marat", 10.0, 20.0)
    report.place("Norway", 10.5, 20.5, radius=400.0)
    report.time("Tuesday", "2031-03-04")
    done(report, "kill", "Norway", report.actor("Norway", "state"))
    assert blames_ in outlets(report)
    assert ("lays it on" in outlets(report)) is bool(blames_)


@pytest.mark.parametrize(
    ("words", "agents", "blames_"),
    [
        ("Norway and Marovia warplanes", "Norway", "lays it on Norway; lays it on Marovia"),
        ("Norway or Marovia warplanes", "Marovia", "lays it on either Norway or Marovia"),
        ("Norway-backed men", "Norway", ""),
        ("Norway forces backed by Marovia", "Norway", "lays it on Norway"),
    ],
)
def test_an_event_is_laid_on_all_who_did_it(words: str, agents: str, blames_: str) -> None:
    report = Report("a", f"Marat hit\n{words} shelled Marat on Tuesday.", day="2031-03-05")
    report.place("Marat", 10.0, 20.0)
    report.time("Tuesday", "2031-03-04")
    made = {name: report.actor(name, "state") for name in ("Norway", "Marovia") if name in words}
    done(report, "shelled", agents, made[agents])
    assert [a.says for m in run(report).matters for a in m.accounts] == (
        [blames_] if blames_ else []
    )
