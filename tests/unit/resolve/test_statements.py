"""Speakers and chains: from attribution spans and actors, both made by hand."""

from __future__ import annotations

import re

import msgspec
import pytest

from sayso.ids import Span
from sayso.knowledge import load
from sayso.resolve.statements import StatementIndex, innermost, resolve_statements
from sayso.schema import (
    ActorKind,
    Annotations,
    AttributionSpan,
    Block,
    Document,
    Evidence,
    Form,
    LocalActor,
    Mention,
    Statement,
)


def document(text: str, *, outlet: str | None = "The Norland Post") -> Document:
    return Document(
        source="a.txt",
        path="a.txt",
        text=text,
        blocks=(Block(kind="prose", start=0, end=len(text)),),
        bytes_sha256="",
        text_sha256="0",
        outlet=outlet,
        read_at="",
        reader="",
    )


def at(text: str, words: str, *, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def span(
    text: str, source: str | None, cue: str, content: str, *, form: Form = "indirect"
) -> AttributionSpan:
    return AttributionSpan(
        sources=(at(text, source),) if source else (),
        cues=(at(text, cue),),
        contents=(at(text, content),),
        type="statement",
        form=form,
        method="test/1",
    )


def actor(
    name: str, *spans: Span, kind: ActorKind = "person", key: str | None = None
) -> LocalActor:
    return LocalActor(
        id=name,
        evidence=tuple(Evidence(document="a.txt", start=a, end=b) for a, b in spans),
        method="test/1",
        document="a.txt",
        name=name,
        kind=kind,
        key=key,
        names=(name,),
        roles=(),
        affiliations=(),
        spans=spans,
    )


def resolved(
    read: Document, attributions: list[AttributionSpan], actors: tuple[LocalActor, ...] = ()
) -> tuple[Statement, ...]:
    mentions = tuple(
        Mention(
            start=a,
            end=b,
            form="name" if read.text[a].isupper() else "nominal",
            kind="person",
            head=(a, b),
        )
        for who in actors
        for a, b in who.spans
    )
    ends = [m.end() for m in re.finditer(r"\.(?=\s|$)", read.text)]
    sentences = tuple(zip([0, *ends], [*ends, len(read.text)], strict=True))
    annotations = Annotations(
        sentences=sentences, attributions=tuple(attributions), mentions=mentions
    )
    return resolve_statements(read, annotations, actors, knowledge=load())


def test_a_named_speaker_is_found_by_its_mentions() -> None:
    text = "Ana Bell left. Later she said that talks had failed."
    who = actor("Ana Bell", at(text, "Ana Bell"), at(text, "she"))
    (statement,) = resolved(
        document(text), [span(text, "she", "said", "that talks had failed")], (who,)
    )
    assert (statement.speaker, statement.voice) == ("Ana Bell", "named")
    assert statement.speaker_text == "she"
    assert statement.chain == ("Ana Bell", "The Norland Post")
    assert statement.chain_actors == ("Ana Bell", None)


def test_a_relative_pronoun_is_who_it_takes_up() -> None:
    text = "The warning came from the envoy, Ana Bell, who said that talks had failed."
    who = actor("Ana Bell", at(text, "Ana Bell"))
    (statement,) = resolved(
        document(text), [span(text, "who", "said", "that talks had failed")], (who,)
    )
    assert (statement.speaker, statement.speaker_text) == ("Ana Bell", "who")


def test_an_apposition_names_the_speaker_not_what_it_belongs_to() -> None:
    source = "Norland's ambassador to the League in Orvin, Ana Bell,"
    text = f"{source} said that talks had failed."
    actors = (
        actor("Norland", at(text, "Norland"), kind="state"),
        actor("League", at(text, "League"), kind="body"),
        actor("Ana Bell", at(text, "Ana Bell")),
    )
    (statement,) = resolved(
        document(text), [span(text, source.strip(","), "said", "that talks had failed")], actors
    )
    assert statement.speaker == "Ana Bell"


def test_a_statement_speaks_for_who_issued_it() -> None:
    source = "a statement by ministry spokesman Ben Hall"
    text = f"Norland left the talks, according to {source}."
    (statement,) = resolved(
        document(text), [span(text, source, "according to", "Norland left the talks")]
    )
    assert (statement.speaker, statement.voice) == ("Ben Hall", "named")


def test_an_unnamed_speaker_keeps_its_own_words() -> None:
    text = "A local official said that talks had failed."
    (statement,) = resolved(
        document(text), [span(text, "A local official", "said", "that talks had failed")]
    )
    assert (statement.speaker, statement.voice) == ("local official", "unnamed")


@pytest.mark.parametrize("vague", ["Many", "Another", "One Norlander"])
def test_a_vague_source_is_no_name(vague: str) -> None:
    text = f"{vague} said that talks had failed."
    (statement,) = resolved(document(text), [span(text, vague, "said", "that talks had failed")])
    assert (statement.speaker, statement.voice) == (vague, "unnamed")


@pytest.mark.parametrize("source", ["They", "Their intention"])
def test_several_people_and_what_is_theirs_are_no_person(source: str) -> None:
    text = f"Ana Bell left. {source} showed that talks had failed."
    who = actor("Ana Bell", at(text, "Ana Bell"), at(text, source[:4]))
    (statement,) = resolved(
        document(text), [span(text, source, "showed", "that talks had failed")], (who,)
    )
    assert statement.voice == "unnamed"


def test_a_passive_is_nobodys() -> None:
    text = "It was reported that talks had failed."
    (statement,) = resolved(
        document(text), [span(text, None, "was reported", "that talks had failed")]
    )
    assert (statement.speaker, statement.voice, statement.speaker_text) == (
        "unnamed",
        "unnamed",
        "",
    )


def test_the_outlets_own_voice_has_no_speaker() -> None:
    text = "The Norland Post has learned that talks had failed."
    (statement,) = resolved(
        document(text), [span(text, "The Norland Post", "has learned", "that talks had failed")]
    )
    assert (statement.speaker, statement.voice) == (None, "outlet")
    assert statement.chain == ("The Norland Post",)


def test_without_an_outlet_the_chain_says_so() -> None:
    text = "Ana Bell said that talks had failed."
    (statement,) = resolved(
        document(text, outlet=None), [span(text, "Ana Bell", "said", "that talks had failed")]
    )
    assert statement.chain == ("Ana Bell", "unknown outlet")


def test_nesting_makes_the_chain() -> None:
    text = "The Times of Orvin reported that President Bell said that talks had failed."
    outer = span(
        text, "The Times of Orvin", "reported", "that President Bell said that talks had failed"
    )
    inner = span(text, "President Bell", "said", "that talks had failed")
    chains = {s.cue: s.chain for s in resolved(document(text), [outer, inner])}
    assert chains["said"] == ("President Bell", "Times of Orvin", "The Norland Post")
    assert chains["reported"] == ("Times of Orvin", "The Norland Post")


def test_who_is_cited_stands_inside_who_reports() -> None:
    text = "The Orvin Agency reported that a bridge fell, citing residents."
    outer = span(text, "The Orvin Agency", "reported", "that a bridge fell")
    inner = span(text, "residents", "citing", "that a bridge fell")
    chains = {s.cue: s.chain for s in resolved(document(text), [outer, inner])}
    assert chains["citing"] == ("residents", "Orvin Agency", "The Norland Post")


def test_the_agency_that_was_told_is_a_link() -> None:
    text = "A local activist told Orvinpress that talks had failed."
    agency = actor("Orvinpress", at(text, "Orvinpress"), kind="agency", key="orvinpress")
    (statement,) = resolved(
        document(text),
        [span(text, "A local activist", "told", "that talks had failed")],
        (agency,),
    )
    assert statement.chain == ("local activist", "Orvinpress", "The Norland Post")
    assert statement.chain_actors == (None, "Orvinpress", None)


def test_the_statement_is_put_down_to_who_issued_it() -> None:
    text = "In a statement Ana Bell said that talks failed. The statement added that war was near."
    read = document(text)
    spans = [
        span(text, "Ana Bell", "said", "that talks failed"),
        span(text, "The statement", "added", "that war was near"),
    ]
    first_end = text.index(". ") + 1
    annotations = Annotations(
        sentences=((0, first_end), (first_end + 1, len(text))), attributions=tuple(spans)
    )
    found = resolve_statements(read, annotations, (), knowledge=load())
    assert [s.speaker for s in found] == ["Ana Bell", "Ana Bell"]


def test_an_office_is_put_down_to_who_is_named_next() -> None:
    text = "War is near, the deputy head of the council warned. “We fear it,” Ben Hall said."
    who = actor("Ben Hall", at(text, "Ben Hall"))
    spans = [
        span(text, "the deputy head of the council", "warned", "War is near"),
        span(text, "Ben Hall", "said", "“We fear it,”", form="direct"),
    ]
    assert [s.speaker for s in resolved(document(text), spans, (who,))] == ["Ben Hall", "Ben Hall"]


def test_an_office_is_not_put_down_to_somebody_known_before() -> None:
    text = (
        "Ben Hall left. War is near, the head of the council warned. “We fear it,” Ben Hall said."
    )
    who = actor("Ben Hall", at(text, "Ben Hall"), (text.rindex("Ben"), text.rindex(" said")))
    last = AttributionSpan(
        sources=(who.spans[1],),
        cues=(at(text, "said"),),
        contents=(at(text, "“We fear it,”"),),
        type="statement",
        form="direct",
        method="test/1",
    )
    spans = [span(text, "the head of the council", "warned", "War is near"), last]
    found = resolved(document(text), spans, (who,))
    assert [s.speaker for s in found] == ["head of the council", "Ben Hall"]


def test_the_innermost_statement_holds_a_place() -> None:
    text = "The Times of Orvin reported that President Bell said that ten died."
    statements = resolved(
        document(text),
        [
            span(text, "The Times of Orvin", "reported", "that President Bell said that ten died"),
            span(text, "President Bell", "said", "that ten died"),
        ],
    )
    found = innermost(statements, *at(text, "ten"))
    assert found is not None
    assert found.cue == "said"
    assert StatementIndex(statements).innermost(*at(text, "Times")) is None
    assert StatementIndex(()).innermost(0, 1) is None


def test_ids_stand_on_the_spans_alone() -> None:
    text = "Ana Bell said that talks had failed."
    made = span(text, "Ana Bell", "said", "that talks had failed")
    (plain,) = resolved(document(text), [made])
    who = actor("Ana Bell", at(text, "Ana Bell"))
    (known,) = resolved(document(text, outlet="Other"), [made], (who,))
    assert plain.id == known.id
    assert plain.evidence
    assert all(e.document == "a.txt" for e in plain.evidence)


def test_a_voice_that_goes_on_keeps_the_carrier_it_was_introduced_with() -> None:
    text = (
        "Mira Solenne told Northern Wire that the road was cut. Mira Solenne said it would"
        " reopen. Janik Brandt said nothing had happened. Mira Solenne said rain was to blame."
    )
    names = [at(text, "Mira Solenne", nth=k) for k in range(3)]
    speakers = (
        actor("Mira Solenne", *names),
        actor("Janik Brandt", at(text, "Janik Brandt")),
        actor("Northern Wire", at(text, "Northern Wire"), kind="agency"),
    )
    attributions = [
        AttributionSpan(
            sources=(source,),
            cues=(at(text, cue, nth=n),),
            contents=(at(text, content),),
            type="statement",
            form="indirect",
            method="test/1",
        )
        for source, cue, n, content in (
            (names[0], "told", 0, "that the road was cut"),
            (names[1], "said", 0, "it would reopen"),
            (at(text, "Janik Brandt"), "said", 1, "nothing had happened"),
            (names[2], "said", 2, "rain was to blame"),
        )
    ]
    told = resolved(document(text), attributions, speakers)
    assert [s.chain[:-1] for s in told] == [
        ("Mira Solenne", "Northern Wire"),
        ("Mira Solenne", "Northern Wire"),
        ("Janik Brandt",),
        ("Mira Solenne",),
    ]


def test_we_and_i_of_quoted_words_are_whoever_is_quoted() -> None:
    text = '"We fear the worst," Ana Brandt said.'
    read = document(text)
    found = resolved(
        read,
        [
            span(text, "We", "fear", "the worst"),
            span(text, "Ana Brandt", "said", '"We fear the worst,"', form="direct"),
        ],
        (actor("Ana Brandt", at(text, "Ana Brandt")),),
    )
    assert [s.speaker for s in found] == ["Ana Brandt", "Ana Brandt"]


def test_the_us_is_not_us() -> None:
    text = "The US said talks went on."
    found = resolved(document(text), [span(text, "The US", "said", "talks went on")])
    assert found[0].speaker == "US"


def test_an_office_is_put_down_to_the_one_person_whose_role_it_is() -> None:
    text = "Marn governor says all is calm. Ana Brandt, governor of Marn province, met reporters."
    holder = msgspec.structs.replace(
        actor("Ana Brandt", at(text, "Ana Brandt")), roles=("governor of Marn province",)
    )
    found = resolved(
        document(text), [span(text, "Marn governor", "says", "all is calm")], (holder,)
    )
    assert found[0].speaker == "Ana Brandt"


@pytest.mark.parametrize(
    ("source", "role", "name"),
    [
        ("the provincial governor", "Governor", "Ana Brandt"),
        ("the provincial governor", "Governor of Selm", None),
        ("One resident", "resident", None),
    ],
)
def test_a_post_is_put_down_to_the_only_one_who_is_called_so(
    source: str, role: str, name: str | None
) -> None:
    text = f"All is calm {source} said. Ana Brandt told of shells."
    holder = msgspec.structs.replace(actor("Ana Brandt", at(text, "Ana Brandt")), roles=(role,))
    (found,) = resolved(document(text), [span(text, source, "said", "All is calm")], (holder,))
    assert (found.speaker if found.voice == "named" else None) == name


def test_an_acronym_says_which_words_are_a_name() -> None:
    source = "The charity Aid for the Northern Towns (ANT)"
    text = f"{source} said shells fell."
    (found,) = resolved(document(text), [span(text, source, "said", "shells fell")])
    assert (found.speaker, found.voice) == ("Aid for the Northern Towns", "named")


def test_the_group_that_counts_is_who_was_cited() -> None:
    text = "Shells fell on the Red Hand the Watch said. The group has reported ten dead in Marn."
    watch = actor("Watch", at(text, "Watch"), kind="monitor")
    hand = actor("Red Hand", at(text, "Red Hand"), at(text, "The group"), kind="armed group")
    found = resolved(
        document(text),
        [
            span(text, "the Watch", "said", "Shells fell on the Red Hand"),
            span(text, "The group", "has reported", "ten dead in Marn"),
        ],
        (watch, hand),
    )
    assert [s.speaker for s in found] == ["Watch", "Watch"]


def test_a_headlines_monitor_is_the_monitor_that_the_document_names() -> None:
    text = "Twelve dead in Marn: monitor. The Northern Watch said shells fell."
    watch = actor("Northern Watch", at(text, "Northern Watch"), kind="monitor")
    found = resolved(document(text), [span(text, "monitor", ":", "Twelve dead in Marn")], (watch,))
    assert found[0].speaker == "Northern Watch"


def test_data_and_reports_speak_for_whose_they_are() -> None:
    text = "Ten died according to NRA figures. Information provided by a clerk at Marn told of 5."
    nra = actor("Northern Relief Agency", at(text, "NRA"), kind="body")
    found = resolved(
        document(text),
        [
            span(text, "NRA figures", "according to", "Ten died"),
            span(text, "Information provided by a clerk at Marn", "told of", "5"),
        ],
        (nra,),
    )
    assert [s.speaker for s in found] == ["Northern Relief Agency", "clerk at Marn"]


def test_a_name_whose_office_has_lost_its_comma_speaks_for_itself() -> None:
    text = "Ana Brandt head of press at the Northern Watch told of losses."
    watch = actor("Northern Watch", at(text, "Northern Watch"), kind="monitor")
    source = "Ana Brandt head of press at the Northern Watch"
    unknown, known = (
        resolved(document(text), [span(text, source, "told of", "losses")], actors)[0]
        for actors in ((), (watch, actor("Ana Brandt", at(text, "Ana Brandt"))))
    )
    assert (unknown.speaker, known.speaker) == ("Ana Brandt", "Ana Brandt")


def test_an_adverb_before_a_source_is_no_part_of_it() -> None:
    text = "Earlier the source said shells fell."
    found = resolved(document(text), [span(text, "Earlier the source", "said", "shells fell")])
    assert found[0].speaker == "source"
