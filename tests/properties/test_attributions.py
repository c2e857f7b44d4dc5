"""What holds of attributions and statements whatever the text."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest
from eval import attributions as scorer
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sayso.annotate.attributions import find_attributions
from sayso.annotate.parse import Parse
from sayso.annotate.quotes import find_quotes
from sayso.knowledge import load
from sayso.resolve.statements import resolve_statements
from sayso.schema import Annotations

SHARED = Path(__file__).resolve().parents[3] / "shared"

PIECES = (
    *("“", "”", "‘", '"', "'", "—", ":", ", ", ". ", "\n", "\n\n", "\0", "🙂", "\u202e"),
    *(" said ", " told ", " that ", " read", "adding", "denied", "according to", "was reported"),
    *("Ana Bell", "the army", "ten died", "the statement"),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("ten died said “““”adding")
def test_every_span_slices_words(text: str) -> None:
    document = scorer.document_of("t", text)
    parse = Parse(document)
    found = find_attributions(document, parse, knowledge=load())
    for span in found:
        assert span.contents
        for start, end in (*span.sources, *span.cues, *span.contents):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()
        own = {i for a, b in span.contents for i in range(a, b)}
        assert not any(i in own for a, b in (*span.sources, *span.cues) for i in range(a, b))
    annotations = Annotations(sentences=parse.sentences, attributions=found)
    statements = resolve_statements(document, annotations, (), knowledge=load())
    assert len({s.id for s in statements}) == len(statements)
    for statement in statements:
        assert statement.evidence
        assert statement.chain[-1] == "unknown outlet"
        assert (statement.speaker is None) == (statement.voice == "outlet")


@given(st.text(alphabet="ab \"“”‘’'\n.", max_size=200))
def test_quotes_are_in_order_and_apart(text: str) -> None:
    found = find_quotes(text, 0, len(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= q.start < q.end <= len(text) for q in found)


@pytest.mark.shared
def test_the_scorer_agrees_with_the_shared_one(monkeypatch: pytest.MonkeyPatch) -> None:
    if not (SHARED / "scorers" / "attributions.py").is_file():
        pytest.skip(f"no scorers at {SHARED}")
    monkeypatch.syspath_prepend(str(SHARED / "scorers"))
    import attributions as theirs

    chance = random.Random(7)
    ours_in, theirs_in = [], []
    for name, text, gold in list(theirs.docs(str(SHARED / "data/polnear"), "dev"))[:12]:
        standoff = sorted((scorer.CORPUS / "dev/attributions").glob(f"{name}_*.ann"))[0]
        wanted = scorer.gold_rows(standoff)
        found = tuple(
            scorer.Row(
                row.source, row.cue, tuple((a, b - chance.randrange(0, 40)) for a, b in row.content)
            )
            for row in wanted
            if chance.random() < 0.8
        )
        ours_in.append((text, wanted, found))
        rows = [
            {"source": list(r.source), "cue": list(r.cue), "content": list(r.content)}
            for r in found
        ]
        theirs_in.append((text, gold, rows))
    for only in (False, True):
        assert scorer.score(ours_in, statements=only) == theirs.score(theirs_in, only)
