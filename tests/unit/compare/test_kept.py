"""What one comparing keeps for the next: used where it holds, made again where it does not."""

from __future__ import annotations

from collections.abc import Callable

from tests.unit.compare.pile import Report, blast

from sayso.compare import Kept, compare_with
from sayso.knowledge import load
from sayso.schema import Compared, Document, Resolved


def loading(*reports: Report) -> tuple[Callable[[str], tuple[Document, Resolved]], list[str]]:
    """A way to load reports, and the list that it notes in what was loaded."""
    by_source = {r.document.source: (r.document, r.resolved) for r in reports}
    asked: list[str] = []

    def get(source: str) -> tuple[Document, Resolved]:
        asked.append(source)
        return by_source[source]

    return get, asked


def run(kept: Kept, *reports: Report) -> tuple[Compared, list[str]]:
    get, asked = loading(*reports)
    found = compare_with([r.document.source for r in reports], get, kept, knowledge=load())
    return found, asked


def test_nothing_is_loaded_where_nothing_changed() -> None:
    reports = [blast(s, outlet=s, toll="12 people", value=12) for s in ("a", "b")]
    kept = Kept()
    first, _ = run(kept, *reports)
    again, asked = run(Kept(kept.now), *reports)
    assert again == first
    assert asked == []


def test_only_what_a_new_report_touches_is_loaded() -> None:
    far = Report("far", "Shelling in Sulva\nShelling killed 5 people in Sulva.", day="2031-09-05")
    far.place("Sulva", 40.0, 60.0)
    far.figure("5 people", 5)
    near = blast("near", outlet="Kettle", toll="12 people", value=12)
    kept = Kept()
    run(kept, far, near)
    new = blast("new", outlet="Lantern", toll="12 people", value=12)
    found, asked = run(Kept(kept.now), far, near, new)
    assert sorted(asked) == ["near", "new"]
    assert found == run(Kept(), far, near, new)[0]


def test_a_voice_that_a_new_report_makes_known_changes_older_matters() -> None:
    """The first names a person; the second, about something else, says whom they speak for."""
    old = Report("old", "Shelling in Marat\nShelling killed 4 people in Marat, Mira Solenne said.",
                 day="2031-03-05")  # fmt: skip
    speaker = old.actor("Mira Solenne", "person")
    old.place("Marat", 10.0, 20.0)
    old.figure("4 people", 4, by="Mira Solenne", actor=speaker)
    kept = Kept()
    before, _ = run(kept, old)
    assert before.matters[0].accounts[0].speaker == "Mira Solenne"
    new = Report("new", "Talks go on\nMira Solenne of Varn Watch spoke.", day="2031-05-05")
    new.actor("Mira Solenne", "person", affiliations=("Varn Watch",))
    new.actor("Varn Watch", "monitor")
    after, _ = run(Kept(kept.now), old, new)
    assert after == run(Kept(), old, new)[0]
    assert after.matters[0].accounts[0].speaker == "Varn Watch"


def test_a_changed_report_is_made_again_once_its_sketch_is_forgotten() -> None:
    old = blast("a", outlet="Kettle", toll="12 people", value=12)
    kept = Kept()
    run(kept, old)
    new = blast("a", outlet="Kettle", toll="31 people", value=31)
    rest = {key: body for key, body in kept.now.items() if key != "sketch a"}
    after, _ = run(Kept(rest), new)
    assert after == run(Kept(), new)[0]


def test_what_is_kept_is_what_is_used() -> None:
    a, b = (blast(s, outlet=s, toll="12 people", value=12) for s in ("a", "b"))
    kept = Kept()
    run(kept, a, b)
    alone = Kept(kept.now)
    run(alone, a)
    assert "sketch b" in kept.now
    assert "sketch b" not in alone.now
