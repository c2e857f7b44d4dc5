"""The registry: what names find, on which day, and what a user's folder adds."""

from pathlib import Path

import pytest

from sayso.errors import KnowledgeError
from sayso.knowledge.actors import Registry, held, load_actors


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_actors()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Moscow", "RU"),
        ("the Kremlin", "RU"),
        ("Washington", "US"),
        ("U.S.", "US"),
        ("Syrian government", "SY"),
        ("the Americans", "US"),
        ("the Pentagon", "US/defence"),
        ("Russian Defense Ministry", "RU/defence"),
        ("Ministry of Defence of Ukraine", "UA/defence"),
        ("Nusrah Front", "al-nusra-front"),
        ("Jabhat Fateh al-Sham", "al-nusra-front"),
        ("DAESH", "islamic-state"),
        ("Isis", "islamic-state"),
        ("Rami Abdel-Rahman", "rami-abdulrahman"),
        ("Nobody Known", None),
        ("", None),
        ("the", None),
    ],
)
def test_find(registry: Registry, name: str, key: str | None) -> None:
    found = registry.find(name)
    assert (found.key if found else None) == key


def test_a_shared_acronym_is_told_apart_by_day_or_left_open(registry: Registry) -> None:
    assert registry.find("SNC") is None
    early, late = registry.find("SNC", day="2012-02-01"), registry.find("SNC", day="2014-02-01")
    assert early is not None
    assert early.key == "syrian-national-council"
    assert late is not None
    assert late.key == "syrian-national-coalition"


def test_renames_carry_their_days(registry: Registry) -> None:
    names = {n.text: (n.from_, n.to) for n in registry.entries["al-nusra-front"].names}
    assert names["al-Nusra Front"] == ("2012-01-23", "2016-07-28")
    assert names["Jabhat Fateh al-Sham"] == ("2016-07-28", "2017-01-28")


def test_scan_finds_the_longest_names_and_slices(registry: Registry) -> None:
    text = "Syrias army and the U.S.-led coalition hit ISILs posts, Russian Foreign Ministry said."
    hits = [(text[h.start : h.end], h.entries[0].key) for h in registry.scan(text)]
    assert hits == [
        ("Syrias army", "SY/forces"),
        ("U.S.-led coalition", "us-led-coalition"),
        ("ISILs", "islamic-state"),
        ("Russian Foreign Ministry", "RU/foreign"),
    ]


def test_small_words_are_no_names(registry: Registry) -> None:
    assert registry.scan("it is what who said to us, and he was in rome") == []


def test_everything_has_a_source_and_ties_lead_somewhere(registry: Registry) -> None:
    for entry in registry.entries.values():
        assert entry.source, entry.key
        for of in [t.of for t in entry.affiliations] + [r.of for r in entry.roles if r.of]:
            assert registry.get(of) is not None, f"{entry.key}: {of}"


def test_dates_are_days_in_order(registry: Registry) -> None:
    for entry in registry.entries.values():
        for row in (*entry.names, *entry.affiliations, *entry.roles):
            days = [day for day in (row.from_, row.to) if day]
            assert all(len(day) in (4, 7, 10) for day in days), entry.key
            if row.from_ and row.to:
                assert row.from_[: len(row.to)] <= row.to, entry.key


def test_there_are_enough_groups_and_people(registry: Registry) -> None:
    own = [e for e in registry.entries.values() if not e.key.startswith("outlet:")]
    assert sum(e.kind not in ("state", "person") for e in own) >= 150
    assert sum(e.kind == "person" for e in own) >= 80
    assert sum(e.kind == "state" for e in own) >= 195


def test_a_users_entries_are_read_by_the_same_door(tmp_path: Path) -> None:
    (tmp_path / "actors.yaml").write_text(
        "- {key: ridge-front, name: Ridge Front, kind: armed group, acronyms: [RFX],\n"
        "   names: [{text: Hill Front, to: 2019-01-01}], source: made up}\n"
    )
    registry = load_actors((str(tmp_path),))
    found = registry.find("the Hill Front")
    assert found is not None
    assert found.name == "Ridge Front"
    assert registry.find("RFX") is found


@pytest.mark.parametrize(
    "row",
    [
        "- {key: a, name: A, kind: wizard, source: x}",
        "- {key: a, kind: state, source: x}",
        "- {key: a, name: A, kind: state, source: x, affiliations: [{of: nowhere}]}",
        "just words",
        "- [1, 2",
    ],
)
def test_a_broken_entry_is_named(tmp_path: Path, row: str) -> None:
    (tmp_path / "actors.yaml").write_text(row)
    with pytest.raises(KnowledgeError, match="a"):
        load_actors((str(tmp_path),))


@pytest.mark.parametrize(
    "text", ["\0" * 50, '"' * 5_001, "Abd " * 5_000, "al-" * 5_000, "A" * 60_000]
)
def test_hostile_text_is_scanned(registry: Registry, text: str) -> None:
    assert isinstance(registry.scan(text), list)


@pytest.mark.parametrize(
    ("from_", "to", "inside"),
    [
        (None, None, True),
        ("2013", "2014-06", True),
        ("2014-06-16", None, False),
        (None, "2014", True),
        (None, "2014-05", False),
    ],
)
def test_ties_may_be_dated_by_month_or_year(from_: str, to: str, inside: bool) -> None:
    assert held(from_, to, "2014-06-15") is inside
