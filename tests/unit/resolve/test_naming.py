"""Naming: which label is used for whom, and in whose words."""

from __future__ import annotations

import pytest

from sayso.ids import Span
from sayso.knowledge import load
from sayso.resolve.naming import resolve_naming
from sayso.resolve.statements import resolve_statements
from sayso.schema import (
    ActorKind,
    Annotations,
    AttributionSpan,
    Block,
    Document,
    Evidence,
    Form,
    LocalActor,
    LocalNaming,
)


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def actor(name: str, *spans: Span, kind: ActorKind = "armed group") -> LocalActor:
    return LocalActor(
        id=name,
        evidence=(Evidence(document="a", start=0, end=1),),
        method="test/1",
        document="a",
        name=name,
        kind=kind,
        key=name.lower(),
        names=(name,),
        roles=(),
        affiliations=(),
        spans=spans,
    )


def named(
    text: str,
    *actors: LocalActor,
    said: tuple[str, str, str, Form] | None = None,
    kind: str = "prose",
) -> tuple[LocalNaming, ...]:
    document = Document(
        source="a",
        path="a",
        text=text,
        blocks=(Block(kind=kind, start=0, end=len(text)),),  # type: ignore[arg-type]
        bytes_sha256="",
        text_sha256="0",
        outlet="Norland Post",
        read_at="",
        reader="",
    )
    spans = ()
    if said:
        source, cue, content, form = said
        spans = (
            AttributionSpan(
                sources=(at(text, source),),
                cues=(at(text, cue),),
                contents=(at(text, content),),
                type="statement",
                form=form,
                method="test/1",
            ),
        )
    annotations = Annotations(sentences=((0, len(text)),), attributions=spans)
    statements = resolve_statements(document, annotations, actors, knowledge=load())
    return resolve_naming(document, annotations, actors, statements, knowledge=load())


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Fighting with Redwing Front terrorists went on.", "terrorists"),
        ("Fighting with the rebel group Redwing Front went on.", "rebels"),
        ("Fighting with militants of the Redwing Front went on.", "militants"),
        ("Fighting with the so-called Redwing Front went on.", "so-called"),
    ],
)
def test_the_actor_in_the_same_noun_phrase(text: str, label: str) -> None:
    (use,) = named(text, actor("Redwing Front", at(text, "Redwing Front")))
    assert (use.actor, use.actor_id, use.label, use.by) == (
        "Redwing Front",
        "Redwing Front",
        label,
        "Norland Post",
    )
    assert text[use.start : use.end].lower() in text.lower()


def test_a_mention_that_refers_to_an_actor() -> None:
    text = "The Redwing Front came. The militants stayed."
    who = actor("Redwing Front", at(text, "Redwing Front"), at(text, "The militants"))
    assert [(u.actor, u.label) for u in named(text, who)] == [("Redwing Front", "militants")]


def test_nobody_known_is_called_by_the_words() -> None:
    (use,) = named("The rebels stayed.")
    assert (use.actor, use.actor_id, use.label) == ("rebels", None, "rebels")


def test_what_a_quality_qualifies() -> None:
    uses = named("They met so-called 'moderate fighters' in the city.")
    assert [(u.actor, u.label) for u in uses] == [("moderate fighters", "so-called")]


def test_quoted_words_are_the_speakers() -> None:
    text = '"The terrorists stayed," Ana Bell said.'
    (use,) = named(text, said=("Ana Bell", "said", '"The terrorists stayed,"', "direct"))
    assert use.by == "Ana Bell"


def test_indirect_words_are_the_outlets() -> None:
    text = "Ana Bell said that the terrorists stayed."
    (use,) = named(text, said=("Ana Bell", "said", "that the terrorists stayed", "indirect"))
    assert use.by == "Norland Post"


def test_mixed_words_are_the_speakers_between_the_marks_alone() -> None:
    text = 'Ana Bell said that rebels and "the terrorists" stayed.'
    content = 'that rebels and "the terrorists" stayed'
    uses = named(text, said=("Ana Bell", "said", content, "mixed"))
    assert [(u.label, u.by) for u in uses] == [
        ("rebels", "Norland Post"),
        ("terrorists", "Ana Bell"),
    ]


def test_an_agency_before_a_label_is_not_what_it_names() -> None:
    text = "According to Orvinpress terrorists stayed."
    (use,) = named(text, actor("Orvinpress", at(text, "Orvinpress"), kind="agency"))
    assert use.actor_id is None


def test_furniture_names_nobody() -> None:
    assert named("More on the rebels", kind="furniture") == ()


def test_rebel_held_is_no_label() -> None:
    assert named("The rebel-held town was quiet.") == ()
