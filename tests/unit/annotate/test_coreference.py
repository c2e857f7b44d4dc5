"""Who is who inside one document, on invented sentences."""

from collections.abc import Callable

import pytest

from sayso.annotate.mentions import find_mentions
from sayso.annotate.parse import Parse
from sayso.knowledge import load
from sayso.schema import Document, Mention


@pytest.fixture
def read(document: Callable[..., Document]) -> Callable[[str], dict[str, list[Mention]]]:
    """Mentions by their words."""

    def run(text: str) -> dict[str, list[Mention]]:
        made = document(text)
        found: dict[str, list[Mention]] = {}
        for mention in find_mentions(made, Parse(made), knowledge=load()):
            found.setdefault(text[mention.start : mention.end], []).append(mention)
        return found

    return run


def one(found: dict[str, list[Mention]], words: str) -> int | None:
    assert words in found, f"{words!r} is no mention: {sorted(found)}"
    return found[words][0].cluster


def test_surname_and_pronoun_follow_the_full_name(read: Callable) -> None:
    found = read(
        "Defence minister Peter Larkin arrived on Monday. Larkin praised the talks. "
        "He added that more would follow."
    )
    assert one(found, "Defence minister Peter Larkin") == one(found, "Larkin") == one(found, "He")


def test_surname_that_lost_its_apostrophe(read: Callable) -> None:
    found = read("Peter Larkin spoke on Monday. Larkins office declined to comment.")
    assert one(found, "Peter Larkin") == one(found, "Larkins")


def test_two_people_of_one_surname_stay_two(read: Callable) -> None:
    found = read("Peter Larkin met Mary Larkin. Peter Larkin said little. Mary Larkin said more.")
    assert one(found, "Peter Larkin") != one(found, "Mary Larkin")


def test_gender_parts_she_from_him(read: Callable) -> None:
    found = read(
        "Spokeswoman Anna Hale said the road was closed. Colonel Robert Dunn left. "
        "She added that it would open soon."
    )
    assert one(found, "She") == one(found, "Spokeswoman Anna Hale")


def test_acronym_in_brackets(read: Callable) -> None:
    found = read(
        "The Northern Relief Network (NRN) said on Monday that aid had come. NRN gave no number."
    )
    assert one(found, "Northern Relief Network") == one(found, "NRN")
    assert len({m.cluster for m in found["NRN"]}) == 1


def test_the_monitor_and_the_observatory(read: Callable) -> None:
    found = read(
        "The Syrian Observatory for Human Rights said ten people died. "
        "The Britain-based monitor said more were hurt. The Observatory gave no names."
    )
    number = one(found, "Syrian Observatory for Human Rights")
    assert one(found, "The Britain-based monitor") == number
    assert one(found, "The Observatory") == number


def test_the_nationality_of_the_official_decides(read: Callable) -> None:
    found = read(
        "Turkish Foreign Minister Kemal Aydin met US envoy Frank Morton on Tuesday. "
        "The Turkish official said the border would open."
    )
    assert one(found, "The Turkish official") == one(found, "Turkish Foreign Minister Kemal Aydin")


def test_a_role_told_first_takes_the_name_behind_the_quotation(read: Callable) -> None:
    found = read(
        "The army has lost a third of its tanks, the deputy head of the planning board revealed.\n"
        "“We count on new ones,” Viktor Semlin said at a summit."
    )
    assert one(found, "the deputy head of the planning board") == one(found, "Viktor Semlin")


def test_apposition_without_commas(read: Callable) -> None:
    found = read("Omar Haddad the manager of the clinic said the roof had fallen in.")
    assert one(found, "Omar Haddad") == one(found, "the manager of the clinic")


def test_renamed_groups_are_one_and_conflicting_names_are_two(read: Callable) -> None:
    found = read("Jabhat Fateh al-Sham, formerly known as al-Nusra Front, fought Ahrar al-Sham.")
    assert one(found, "Jabhat Fateh al-Sham") == one(found, "al-Nusra Front")
    assert one(found, "Ahrar al-Sham") != one(found, "al-Nusra Front")


def test_a_quoted_we_is_left_open(read: Callable) -> None:
    found = read("“We are ready,” said Peter Larkin.")
    assert one(found, "We") is None


def test_the_group_takes_up_an_unknown_organisation_by_its_words(read: Callable) -> None:
    found = read(
        "Four staff of the Union of Marovian Relief Doctors were hurt. The group said on Monday "
        "that the road was closed."
    )
    assert one(found, "The group") is not None
    assert one(found, "The group") == one(found, "Union of Marovian Relief Doctors")


def test_a_source_at_an_office_is_no_name(read: Callable) -> None:
    found = read("A source at Marn Governorate told reporters that shells fell.")
    assert not any(words.startswith("at ") for words in found)
