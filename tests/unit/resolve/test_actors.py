"""Local actors from hand-made mentions, and the index over them."""

from collections.abc import Callable

from sayso.knowledge import load
from sayso.resolve.actors import ActorIndex, resolve_actors
from sayso.schema import Annotations, Document, LocalActor, Mention, Publication

NO_DAY = Publication(earliest=None, latest=None, how="unknown")


def mention(text: str, words: str, *, cluster: int | None, **fields: object) -> Mention:
    start = text.index(words)
    values = {"form": "name", "kind": "person", "head": (start, start + len(words)), **fields}
    return Mention(start=start, end=start + len(words), cluster=cluster, **values)


def resolve(
    document: Callable[..., Document], text: str, *found: Mention, day: str | None = None
) -> tuple[LocalActor, ...]:
    publication = Publication(earliest=day, latest=day, how="given") if day else NO_DAY
    return resolve_actors(
        document(text), Annotations(mentions=found), publication, knowledge=load()
    )


def test_clusters_of_one_entry_are_one_actor(document: Callable[..., Document]) -> None:
    text = "Moscow and the Kremlin and Russia"
    actors = resolve(
        document,
        text,
        *(mention(text, w, cluster=n, kind="group") for n, w in enumerate(("Moscow", "Kremlin"))),
        mention(text, "Russia", cluster=7, kind="group"),
    )
    assert [(a.name, a.kind, a.key) for a in actors] == [("Russia", "state", "RU")]
    assert actors[0].names == ("Moscow", "Kremlin", "Russia")
    assert len(actors[0].spans) == 3


def test_unknown_people_are_actors_and_unnamed_ones_are_not(
    document: Callable[..., Document],
) -> None:
    text = "Peter Larkin, a doctor, met an activist. He left."
    actors = resolve(
        document,
        text,
        mention(text, "Peter Larkin", cluster=0),
        mention(text, "an activist", cluster=1, form="nominal"),
        mention(text, "He", cluster=0, form="pronoun"),
    )
    assert [(a.name, a.kind, a.key, len(a.spans)) for a in actors] == [
        ("Peter Larkin", "person", None, 2)
    ]


def test_a_surname_does_not_make_somebody_known(document: Callable[..., Document]) -> None:
    text = "Ibrahim Obama spoke. Obama left."
    start = text.rindex("Obama")
    again = mention(text, "Obama", cluster=0)
    short = Mention(
        start=start, end=start + 5, form="name", kind="person", head=(start, start + 5), cluster=0
    )
    assert again.start != short.start
    actors = resolve(document, text, mention(text, "Ibrahim Obama", cluster=0), short)
    assert actors[0].key is None


def test_ties_are_those_of_the_day(document: Callable[..., Document]) -> None:
    text = "al-Nusra Front"
    found = mention(text, text, cluster=0, kind="group")
    assert resolve(document, text, found, day="2015-01-01")[0].affiliations == ("al-Qaeda",)
    assert resolve(document, text, found, day="2017-01-01")[0].affiliations == ()


def test_ids_are_unique_and_evidence_slices(document: Callable[..., Document]) -> None:
    text = "Peter Larkin met Mary Hale."
    actors = resolve(
        document,
        text,
        mention(text, "Peter Larkin", cluster=0),
        mention(text, "Mary Hale", cluster=1),
    )
    assert len({a.id for a in actors}) == 2
    assert [text[e.start : e.end] for a in actors for e in a.evidence] == [
        "Peter Larkin",
        "Mary Hale",
    ]


def test_the_index_prefers_the_mention_that_fits_best(document: Callable[..., Document]) -> None:
    text = "Kremlin spokesman Pavel Orlin spoke"
    start = text.index("Pavel")
    orlin = Mention(
        start=0, end=29, form="name", kind="person", head=(start, 29), role=(0, 17), cluster=1
    )
    actors = resolve(document, text, mention(text, "Kremlin", cluster=0, kind="group"), orlin)
    index = ActorIndex(actors)
    whole, inner, none = index.at(0, 29), index.at(0, 7), index.at(30, 35)
    assert whole is not None
    assert whole.name == "Pavel Orlin"
    assert inner is not None
    assert inner.key == "RU"
    assert none is None
    assert ActorIndex(()).at(0, 5) is None


def test_a_word_of_its_name_tells_the_kind_of_an_unknown_group(
    document: Callable[..., Document],
) -> None:
    text = "Ridge Army Hospital and Valley Brigade and Larch"
    actors = resolve(
        document,
        text,
        *(
            mention(text, words, cluster=n, kind="group")
            for n, words in enumerate(("Ridge Army Hospital", "Valley Brigade", "Larch"))
        ),
    )
    assert [a.kind for a in actors] == ["body", "armed group", "group"]
