"""The one place that names the stages in order: read, annotate, resolve, compare, show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date as calendar_day
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from sayso import __version__, engine
from sayso.config import Settings
from sayso.errors import UsageError
from sayso.ids import Span
from sayso.knowledge import load
from sayso.read import (
    READER,
    TableOptions,
    discover,
    printable,
    read_file,
    unique_source,
)
from sayso.schema import (
    AttributionSpan,
    Derived,
    Document,
    LocalActor,
    Problem,
    Publication,
    Resolved,
    View,
)
from sayso.store import Case, Decision, Row, encode_resolved, now

SHARD = 16
"""Documents handed to a worker at once: enough to fill spaCy's batches, few enough to resume."""

KEPT_AT_ONCE = 500
"""Documents of one table that are written in one transaction."""

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done, and how much there is."""


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of `read` did: counts of files and documents, and the problems it met."""

    files: int
    unchanged: int
    documents: int
    derived: int
    problems: tuple[Problem, ...]


class _Shard(msgspec.Struct, frozen=True):
    documents: tuple[Document, ...]
    settings: Settings


class _Result(msgspec.Struct, frozen=True):
    source: str
    rows: tuple[Row, ...]
    publication: Publication
    problems: tuple[Problem, ...]


def read(
    paths: Sequence[Path],
    case: Case,
    *,
    options: TableOptions | None = None,
    settings: Settings | None = None,
    jobs: int = 1,
    progress: Progress = lambda *_: None,
) -> Summary:
    """Reads files and folders into a case, and makes and compares what is new in it.

    What was read before and has not changed is left as it is, so that an interrupted run is
    resumed by running it again. Bad input becomes a problem and the run goes on.

    Raises CaseError when the case cannot be written.
    """
    settings = settings or case.settings
    knowledge = load(settings.knowledge)
    with case.writing():
        case.set("settings", msgspec.json.encode(settings).decode())
    found, problems = discover(list(dict.fromkeys(paths)), exclude=case.path)
    unchanged = 0
    for done, path in enumerate(found):
        progress("read", done, len(found))
        known, met = _read_input(case, path, options or TableOptions(), knowledge)
        unchanged += known
        problems += met
    progress("read", len(found), len(found))
    with case.writing():
        for problem in problems:
            case.keep_problem(problem)
    derived, met = _derive(case, settings, jobs, progress)
    compare_case(case, progress=progress)
    return Summary(
        files=len(found),
        unchanged=unchanged,
        documents=len(case.sources()),
        derived=derived,
        problems=(*problems, *met),
    )


def remove(case: Case, sources: Sequence[str]) -> list[str]:
    """Takes documents (by source, or all of a file by its path) and all that hangs on them away.

    Returns what was removed. Raises UsageError when something named is not in the case.
    """
    there = case.sources()
    paths = {str(Path(name).absolute()) for name in sources} | set(sources)
    gone = sorted(s for s, path in there.items() if s in sources or path in paths)
    known = {*there, *there.values()}
    missing = [s for s in sources if s not in known and str(Path(s).absolute()) not in known]
    if missing:
        raise UsageError(
            f"not in the case: {', '.join(missing)}", hint="sayso export CASE documents lists them"
        )
    emptied = {there[s] for s in gone} - {p for s, p in there.items() if s not in gone}
    with case.writing():
        case.drop_documents(gone)
        for path in emptied:
            case.drop_input(path)
        case.set("compared_by", "")
    compare_case(case)
    return gone


def compare_case(case: Case, *, progress: Progress = lambda *_: None) -> None:
    """Compares the case's documents, unless nothing changed since they last were.

    What the last comparing kept is used again where what it was made from is the same.
    """
    from sayso.compare import Kept, compare_with

    settings = case.settings
    if case.get("compared_by") == _made_by(settings):
        return
    progress("compare", 0, 1)
    # What was too long to annotate has nothing to compare, and would take the memory of the rest.
    sources = case.comparable(settings.most_characters)
    made_by = f"{_made_by(settings)} {_code_of_comparing()}"
    kept = Kept(case.kept(made_by))
    compared = compare_with(sources, case.load_derived, kept, knowledge=load(settings.knowledge))
    with case.writing():
        case.keep_compared(compared)
        case.keep_for_next(kept.old, kept.now, made_by=made_by)
        case.set("compared_by", _made_by(settings))
    progress("compare", 1, 1)


@cache
def _code_of_comparing() -> str:
    """Names the code and word lists that comparing is done by: while sayso is being worked on,
    what was kept by other code of one version must not be mixed with what is made now.
    """
    here = Path(__file__).parent
    seed = sha256()
    for file in sorted((*here.glob("compare/*.py"), *here.glob("knowledge/**/*.yaml"))):
        seed.update(file.read_bytes())
    return seed.hexdigest()[:12]


# --- read ----------------------------------------------------------------------------------


def _read_input(
    case: Case, path: Path, options: TableOptions, knowledge: Any
) -> tuple[bool, list[Problem]]:
    """Reads one file into the case; whether it was known already, and what went wrong."""
    name = printable(path)
    data, problem = _bytes(path)
    if data is None:
        return False, [problem] if problem else []
    digest = sha256(data).hexdigest()
    way = sha256(msgspec.json.encode(options) + READER.encode()).hexdigest()
    if case.input_is_known(name, digest, way):
        return True, [p for p in case.problems() if p.path == name]
    read_at = now()
    problems: list[Problem] = []
    kept: set[str] = set()
    changed = False
    with case.writing():
        case.keep_original(digest, data)
        case.drop_problems(path=name)
    items = read_file(path, data, options=options, knowledge=knowledge, read_at=read_at)
    for batch in _batches(items, KEPT_AT_ONCE):
        with case.writing():
            there = case.sources()
            for item in batch:
                if isinstance(item, Problem):
                    problems.append(item)
                    continue
                others = {s for s, p in there.items() if p != name} | kept
                source = unique_source(item.source, others)
                changed |= case.keep_document(msgspec.structs.replace(item, source=source))
                kept.add(source)
    with case.writing():
        stale = [s for s, p in case.sources().items() if p == name and s not in kept]
        changed |= bool(case.drop_documents(stale))
        case.keep_input(name, digest, way, read_at)
        if changed:
            case.set("compared_by", "")
    return False, problems


def _bytes(path: Path) -> tuple[bytes | None, Problem | None]:
    try:
        return path.read_bytes(), None
    except OSError as error:
        return None, Problem(
            stage="read",
            path=printable(path),
            message=f"cannot be read: {error.strerror or error}",
            hint="check that the file is there and that you may read it",
        )


def _batches(items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    yield batch


# --- annotate and resolve ------------------------------------------------------------------


def _made_by(settings: Settings) -> str:
    """Names the version, settings and knowledge that records were made with."""
    seed = sha256(msgspec.json.encode(settings))
    for folder in settings.knowledge:
        for file in sorted(Path(folder).rglob("*")):
            if file.is_file():
                seed.update(file.read_bytes())
    return f"sayso {__version__} {seed.hexdigest()[:12]}"


def _derive(
    case: Case, settings: Settings, jobs: int, progress: Progress
) -> tuple[int, list[Problem]]:
    """Makes the records of every document that lacks them; how many, and what went wrong."""
    made_by = _made_by(settings)
    pending = case.pending(made_by)
    problems: list[Problem] = []
    if not pending:
        return 0, problems
    with case.writing():
        case.set("compared_by", "")
    work = (
        _Shard(tuple(case.load_documents(sources)), settings)
        for sources in engine.shards(pending, SHARD)
    )
    done = 0
    progress("annotate", 0, len(pending))
    for results in engine.run(derive, work, jobs=jobs):
        with case.writing():
            for result in results:
                case.keep_resolved(
                    result.source,
                    result.rows,
                    publication=result.publication,
                    problems=result.problems,
                    derived_by=made_by,
                )
                problems += result.problems
        done += len(results)
        progress("annotate", done, len(pending))
    return done, problems


def derive(shard: _Shard) -> list[_Result]:
    """The records of a shard of documents: the work that the engine spreads."""
    from sayso.annotate import annotate_all

    knowledge = load(shard.settings.knowledge)
    annotated = annotate_all(shard.documents, settings=shard.settings, knowledge=knowledge)
    return [
        _resolve(document, annotations, knowledge)
        for document, annotations in zip(shard.documents, annotated, strict=True)
    ]


def _resolve(document: Document, annotations: Any, knowledge: Any) -> _Result:
    from sayso.resolve import resolve

    try:
        resolved = resolve(document, annotations, knowledge=knowledge)
    except Exception as error:  # one document's fault must not lose the others
        resolved = Resolved(
            document=document.source,
            publication=Publication(earliest=None, latest=None, how="not resolved"),
            problems=(failure("resolve", document.source, error),),
        )
    return _Result(
        source=document.source,
        rows=encode_resolved(resolved),
        publication=resolved.publication,
        problems=resolved.problems,
    )


def failure(stage: Any, source: str, error: Exception) -> Problem:
    """A stage's unexpected failure on one document, told as a problem."""
    return Problem(
        stage=stage,
        document=source,
        message=f"failed: {type(error).__name__}: {error}",
        hint="this is a fault in sayso: please report it with the text",
    )


# --- what is shown -------------------------------------------------------------------------


def view(case: Case) -> View:
    """The case as it is shown: names of the case, matters of figures and corrections laid on."""
    corrections = _corrections(case)
    publications = case.publications()
    documents = tuple(
        _corrected_document(document, publications, corrections) for document in case.documents()
    )
    compared = case.compared()
    resolved = case.resolved()
    texts = {document.source: document.text_sha256 for document in documents}

    def shown(kind: str, records: Any) -> tuple[Any, ...]:
        return tuple(_corrected(kind, record, corrections, texts) for record in records)

    local = {
        kind: shown(kind, [r for item in resolved for r in getattr(item, kind)])
        for kind in ("times", "places", "queries")
    }
    names = {member: actor.name for actor in compared.actors for member in actor.members}
    rename = partial(_renamed, names=names)
    for kind in ("statements", "figures", "events"):
        records = [rename(r) for item in resolved for r in getattr(item, kind)]
        local[kind] = shown(kind, records)
    local["figures"] = tuple(
        msgspec.structs.replace(f, matter=compared.figure_matters.get(f.id))
        for f in local["figures"]
    )
    return View(
        case=case.path.name,
        version=__version__,
        documents=documents,
        publications=publications,
        copies=compared.copies,
        **local,
        **{
            kind: shown(kind, getattr(compared, kind))
            for kind in ("actors", "truces", "matters", "relations", "naming")
        },
        problems=tuple(case.problems()),
    )


_ACTOR_FIELDS = {"speaker": "speaker_actor", "agent": "agent_actor", "target": "target_actor"}


def _renamed(record: Any, *, names: dict[str, str]) -> Any:
    """The record with each local actor called by its name in the case."""
    fields: dict[str, Any] = {
        field: names[getattr(record, link)]
        for field, link in _ACTOR_FIELDS.items()
        if getattr(record, link, None) in names
    }
    if hasattr(record, "chain_actors"):
        links = zip(record.chain, record.chain_actors, strict=True)
        fields["chain"] = tuple(names.get(actor, name) for name, actor in links)
    return msgspec.structs.replace(record, **fields) if fields else record


Key = tuple[str, str, tuple[Span, ...]]


def _key(kind: str, record: Derived, texts: dict[str, str]) -> Key:
    first = record.evidence[0].document
    spans = tuple((e.start, e.end) for e in record.evidence if e.document == first)
    return texts.get(first, ""), kind, spans


def _corrections(case: Case) -> dict[Key, dict[str, Any]]:
    found: dict[Key, dict[str, Any]] = {}
    for decision in case.decisions():
        key = (decision.text_sha256, decision.kind, decision.spans)
        found.setdefault(key, {})[decision.field] = decision.value
    return found


def _corrected(
    kind: str, record: Any, corrections: dict[Key, dict[str, Any]], texts: dict[str, str]
) -> Any:
    fields = corrections.get(_key(kind, record, texts)) if corrections else None
    if not fields:
        return record
    body = msgspec.to_builtins(record) | _following(record, fields) | fields
    return msgspec.convert(body | {"method": f"{record.method} + correction"}, type=type(record))


def _corrected_document(
    document: Document,
    publications: dict[str, Publication],
    corrections: dict[Key, dict[str, Any]],
) -> Document:
    """The document, and in `publications` its window, as a person corrected them."""
    fields = dict(corrections.get((document.text_sha256, "documents", ()), {}))
    days = {
        end: fields.pop(f"published_{end}")
        for end in ("earliest", "latest")
        if f"published_{end}" in fields
    }
    if days and document.source in publications:
        old = publications[document.source]
        publications[document.source] = msgspec.structs.replace(
            old, **days, how=f"corrected; before: {old.how}"
        )
    return msgspec.structs.replace(document, **fields) if fields else document


def _following(record: Any, fields: dict[str, Any]) -> dict[str, Any]:
    """What a correction changes with it: a new value is exact, a new speaker heads the chain."""
    follows: dict[str, Any] = {}
    if "value" in fields and hasattr(record, "bound"):
        follows |= {"low": fields["value"], "high": fields["value"], "bound": "exact"}
    if "speaker" in fields:
        follows["voice"] = "named" if fields["speaker"] else "outlet"
    if "speaker" in fields and hasattr(record, "chain"):
        after = record.chain[1:] if len(record.chain) > 1 else record.chain
        follows["chain"] = (fields["speaker"], *after) if fields["speaker"] else record.chain[-1:]
    return follows


DOCUMENT_FIELDS = ("outlet", "headline", "author", "url", "published_earliest", "published_latest")
"""Fields of a document that can be corrected. What was derived from them before stays as it is."""


CORRECTABLE = ("statements", "figures", "times", "places", "events", "actors", "truces", "matters")
_FIXED = frozenset({"id", "evidence", "method", "document", "start", "end"})


def correct(
    case: Case, id_: str, field: str, value: Any, *, made_by: str, reason: str = ""
) -> Decision:
    """Notes a person's correction of one field of one record; it survives every new run.

    Raises UsageError when there is no such record or field, or the value does not fit it.
    """
    text, kind, spans = _target(view(case), id_, field, value)
    decision = Decision(
        made_at=now(),
        made_by=made_by,
        text_sha256=text,
        kind=kind,
        spans=spans,
        field=field,
        value=value,
        reason=reason,
    )
    with case.writing():
        case.decide(decision)
    return decision


def _target(shown: View, id_: str, field: str, value: Any) -> Key:
    """The key of the record that a correction is of, once field and value are seen to fit it."""
    for document in shown.documents:
        if document.id == id_:
            _check_field("documents", field, DOCUMENT_FIELDS)
            _check_words(field, value)
            return document.text_sha256, "documents", ()
    texts = {document.source: document.text_sha256 for document in shown.documents}
    for kind in CORRECTABLE:
        for record in getattr(shown, kind):
            if record.id == id_:
                fields = tuple(f for f in record.__struct_fields__ if f not in _FIXED)
                _check_field(kind, field, fields)
                try:
                    msgspec.convert(msgspec.to_builtins(record) | {field: value}, type(record))
                except msgspec.ValidationError as error:
                    message = f"{value!r} does not fit {field}: {error}"
                    raise UsageError(message, hint="values are JSON") from error
                return _key(kind, record, texts)
    hint = f"documents, {', '.join(CORRECTABLE)} can be corrected, by the id in their export"
    raise UsageError(f"no such record: {id_}", hint=hint)


def _check_field(kind: str, field: str, fields: Sequence[str]) -> None:
    if field not in fields:
        raise UsageError(f"{kind} have no field {field!r}", hint=f"one of: {', '.join(fields)}")


def _check_words(field: str, value: Any) -> None:
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{value!r} does not fit {field}", hint="words, or null")
    if field.startswith("published") and value is not None:
        try:
            calendar_day.fromisoformat(value)
        except ValueError as error:
            raise UsageError(f"not a day: {value}", hint="write it as YYYY-MM-DD") from error


# --- annotate alone ------------------------------------------------------------------------

PARTS = ("attributions", "times", "names", "places", "figures", "events")
"""What `annotate_text` can be asked for, in the order in which it is given."""

_NEEDS = {
    "attributions": {"attributions"},
    "times": {"times"},
    "names": {"mentions"},
    "places": {"places"},
    "figures": {"figures"},
    "events": {"events", "mentions"},
}


def annotate_text(
    text: str,
    *,
    source: str = "text",
    date: str | None = None,
    only: Sequence[str] = PARTS,
    settings: Settings | None = None,
) -> dict[str, Any]:
    """What the words of a raw text say, resolved against `date` (ISO) where it is given.

    The text is taken as it is. The result has the fields of docs/contract.md; work that `only`
    leaves out is not done. Raises UsageError when `only` names something else.
    """
    from sayso.annotate import annotate
    from sayso.read import plain
    from sayso.resolve.actors import resolve_actors
    from sayso.resolve.events import resolve_events
    from sayso.resolve.places import resolve_places
    from sayso.resolve.publication import resolve_publication
    from sayso.resolve.times import resolve_times

    wrong = [part for part in only if part not in PARTS]
    if wrong:
        raise UsageError(f"cannot annotate {', '.join(wrong)}", hint=f"one of: {', '.join(PARTS)}")
    settings = settings or Settings()
    knowledge = load(settings.knowledge)
    document = plain(text, source=source, date=date)
    needed = frozenset(kind for part in only for kind in _NEEDS[part])
    found = annotate(document, settings=settings, knowledge=knowledge, only=needed)
    publication = resolve_publication(document, found)
    # An empty list is not resolved: that alone would load the gazetteer.
    places = resolve_places(document, found, knowledge=knowledge) if found.places else ()
    actors: tuple[LocalActor, ...] = ()
    if "events" in only:
        actors = resolve_actors(document, found, publication, knowledge=knowledge)
    events = resolve_events(document, found, actors, (), places, (), publication)
    main_first = sorted(events, key=lambda event: (-(event.score or 0), event.start))
    parts: dict[str, list[dict[str, Any]]] = {
        "attributions": _nested(text, found.attributions),
        "times": [
            _fields(t, "start", "end", "type", "value")
            for t in resolve_times(document, found, publication)
        ],
        "names": [_fields(m, "start", "end", "kind") for m in found.mentions if m.form == "name"],
        "places": [_fields(p, "start", "end", "name", "role", "lat", "lon") for p in places],
        "figures": [
            _fields(f, "start", "end", "value", "low", "high", "bound", "unit", "of", "effect")
            for f in found.figures
        ],
        "events": [_fields(e, "start", "end", "type", "agent", "target") for e in main_first],
    }
    told = {"problems": msgspec.to_builtins(found.problems)} if found.problems else {}
    return {"source": source, **{part: parts[part] for part in PARTS if part in only}, **told}


def _nested(text: str, spans: Sequence[AttributionSpan]) -> list[dict[str, Any]]:
    """Attributions as rows: the outermost ones, each with those inside its content."""
    from sayso.resolve.chains import outer_of

    rows: list[dict[str, Any]] = [
        {
            "source": span.sources,
            "cue": span.cues,
            "content": span.contents,
            "type": span.type,
            "form": span.form,
            "denied": span.denied,
            "score": span.score,
            "nested": [],
        }
        for span in spans
    ]
    outers = outer_of(spans, inner_cues=frozenset(), text=text)
    for row, outer in zip(rows, outers, strict=True):
        if outer is not None:
            rows[outer]["nested"].append(row)
    return [row for row, outer in zip(rows, outers, strict=True) if outer is None]


def _fields(record: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}
