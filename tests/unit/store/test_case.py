import sqlite3
from pathlib import Path

import msgspec
import pytest

from sayso.errors import CaseError
from sayso.schema import (
    Actor,
    Compared,
    Evidence,
    Problem,
    Publication,
    Resolved,
    Time,
)
from sayso.store import Case, Decision, encode_resolved, search, verify

UNKNOWN = Publication(earliest=None, latest=None, how="no date")


def time_record(source="a.txt", id_="t1", start=4, end=10, text="Monday"):
    return Time(
        id=id_,
        evidence=(Evidence(document=source, start=start, end=end),),
        method="test/1",
        document=source,
        text=text,
        type="DATE",
        value="2019-03-04",
        earliest="2019-03-04",
        latest="2019-03-04",
        start=start,
        end=end,
    )


@pytest.fixture
def case(tmp_path):
    with Case(tmp_path / "a.case", create=True) as opened:
        yield opened


def keep(case, document, *, times=()):
    with case.writing():
        case.keep_original(document.bytes_sha256, document.text.encode())
        case.keep_input(document.path, document.bytes_sha256, "o", document.read_at)
        changed = case.keep_document(document)
        resolved = Resolved(document=document.source, publication=UNKNOWN, times=times)
        case.keep_resolved(
            document.source,
            encode_resolved(resolved),
            publication=UNKNOWN,
            problems=(),
            derived_by="v1",
        )
    return changed


def test_a_document_comes_back_as_it_was(case, document):
    kept = document("On a Monday.\r\nÄ🙂\0end")
    keep(case, kept)
    assert case.documents() == [kept]


def test_keeping_the_same_document_again_changes_nothing(case, document):
    keep(case, document("On Monday."))
    again = document("On Monday.", read_at="2021-01-01T00:00:00Z")
    with case.writing():
        assert case.keep_document(again) is False
    assert case.pending("v1") == []


def test_a_changed_document_loses_its_derived_records(case, document):
    keep(case, document("On Monday."), times=(time_record(start=3, end=9),))
    with case.writing():
        assert case.keep_document(document("On Tuesday.")) is True
    assert case.resolved() == []
    assert case.pending("v1") == ["a.txt"]


def test_resolved_records_come_back_typed_and_in_order(case, document):
    times = (time_record(id_="t1"), time_record(id_="t2", start=0, end=3, text="It "))
    keep(case, document("It, Monday"), times=times)
    (resolved,) = case.resolved()
    assert resolved.times == times


def test_compared_records_do_not_mix_with_those_of_documents(case):
    actor = Actor(
        id="x",
        evidence=(Evidence(document="a.txt", start=0, end=2),),
        method="test/1",
        name="Thole",
        kind="person",
        names=(),
        affiliations=(),
        mentions=1,
        key=None,
        members=("m",),
    )
    compared = Compared(actors=(actor,), copies={"a": "b"}, figure_matters={"f": "m"})
    with case.writing():
        case.keep_compared(compared)
    assert case.compared() == compared
    assert case.resolved() == []


def test_dropping_a_document_takes_all_that_hangs_on_it(case, document):
    keep(case, document("It, Monday"), times=(time_record(),))
    with case.writing():
        assert case.drop_documents(["a.txt"]) == 1
        case.drop_input("/pile/a.txt")
    for table in ("documents", "records", "originals", "inputs"):
        assert case._all(f"SELECT count(*) FROM {table}") == [(0,)], table
    assert search(case, "Monday") == []


def test_a_failed_write_leaves_nothing_behind(case, document):
    with pytest.raises(RuntimeError), case.writing():
        case.keep_document(document("On Monday."))
        raise RuntimeError
    assert case.documents() == []


def test_decisions_are_never_changed_or_deleted(case):
    decision = Decision(
        made_at="2020-01-01T00:00:00Z",
        made_by="me",
        text_sha256="0",
        kind="times",
        spans=((0, 2),),
        field="value",
        value="2019",
        reason="",
    )
    with case.writing():
        case.decide(decision)
    assert case.decisions() == [decision]
    with pytest.raises(CaseError, match="never changed"):
        case._run("UPDATE decisions SET field = 'x'")
    with pytest.raises(CaseError, match="never deleted"):
        case._run("DELETE FROM decisions")


def test_a_problem_is_kept_once(case):
    problem = Problem(stage="read", message="empty", hint="look", path="/x")
    with case.writing():
        case.keep_problem(problem)
        case.keep_problem(problem)
    assert case.problems() == [problem]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"not a database at all, " * 99, "is not a case file"), (b"", None)],
)
def test_a_file_that_is_no_case_is_refused(tmp_path, content, words):
    path = tmp_path / "x.case"
    path.write_bytes(content)
    if words is None:
        Case(path, create=True).close()
    else:
        with pytest.raises(CaseError, match=words):
            Case(path)


def test_another_database_is_refused(tmp_path):
    path = tmp_path / "x.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (a)")
    other.commit()
    other.close()
    with pytest.raises(CaseError, match="not a case"):
        Case(path)


def test_a_case_from_a_newer_version_is_refused(tmp_path):
    path = tmp_path / "x.case"
    Case(path, create=True).close()
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(CaseError, match="newer sayso"):
        Case(path)


def test_a_missing_case_is_named_with_a_hint(tmp_path):
    with pytest.raises(CaseError, match="sayso read"):
        Case(tmp_path / "none.case")


def test_a_folder_is_not_a_case(tmp_path):
    with pytest.raises(CaseError, match="is a folder"):
        Case(tmp_path, create=True)


def test_two_runs_at_once_are_refused(tmp_path):
    path = tmp_path / "x.case"
    with Case(path, create=True) as first, first.writing():
        first.set("a", "b")
        with pytest.raises(CaseError, match="in use"):
            Case(path)


def test_every_older_version_has_its_migration():
    folder = Path(__file__).parents[3] / "src/sayso/store/migrations"
    from sayso.store.files import VERSION

    for step in range(2, VERSION + 1):
        assert (folder / f"{step:04}.sql").is_file()


class TestSearch:
    def test_matches_are_told_to_the_character(self, case, document):
        text = "🙂 The truce holds. A TRUCE, they say."
        keep(case, document(text))
        (hit,) = search(case, "truce")
        assert hit.text == text
        assert [text[a:b] for a, b in hit.spans] == ["truce", "TRUCE"]

    @pytest.mark.parametrize("words", ['"', "AND", "(", "a* OR", "-x", "^", "NEAR(", '""', "*"])
    def test_words_are_never_operators(self, case, document, words):
        keep(case, document("nothing here"))
        assert search(case, words) == []

    def test_phrases_and_beginnings(self, case, document):
        keep(case, document("a cessation of hostilities"))
        assert search(case, '"cessation of"')
        assert search(case, "hostil*")
        assert not search(case, '"of cessation"')


class TestVerify:
    def test_a_sound_case_has_no_failures(self, case, document):
        keep(case, document("It, Monday"), times=(time_record(),))
        assert list(verify(case)) == []

    def test_words_that_do_not_stand_there_are_named(self, case, document):
        keep(case, document("It, Monday"), times=(time_record(text="Sunday"),))
        assert any("its words are not those" in failure for failure in verify(case))

    def test_evidence_out_of_range_is_named(self, case, document):
        keep(case, document("It, Monday"), times=(time_record(end=400),))
        assert any("out of range" in failure for failure in verify(case))

    def test_a_changed_text_is_named(self, case, document):
        keep(case, document("It, Monday"))
        case._run("UPDATE documents SET text = 'It, Sunday'")
        assert any("its text does not have the SHA-256" in failure for failure in verify(case))

    def test_a_changed_original_is_named(self, case, document):
        keep(case, document("It, Monday"))
        case._run("UPDATE originals SET content = x'00'")
        assert any(failure.startswith("original") for failure in verify(case))

    def test_two_records_of_one_id_are_named(self, case, document):
        record = time_record()
        keep(case, document("It, Monday"), times=(record, msgspec.structs.replace(record)))
        assert any("share the id" in failure for failure in verify(case))
