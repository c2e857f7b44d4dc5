"""Names in a parsed piece: the registry's, and spaCy's entities with their usual faults mended."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from sayso.annotate.columns import columns
from sayso.annotate.drafts import Kind, Roles
from sayso.knowledge.actors import Hit, Registry
from sayso.knowledge.gazetteer import Gazetteer
from sayso.knowledge.place_keys import place_key
from sayso.knowledge.slips import slips
from sayso.knowledge.spelling import is_article, name_keys, word_key

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_TOWN = 50_000
_DATELINE = 10
"""Tokens of a dateline behind its town, at most."""

_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*$")


class Name(msgspec.Struct, frozen=True):
    """A name: token range, character range in the piece, and what it can be.

    `kind` "other" marks adjectives of states, which are no mention. `state` is a state's key.
    """

    first: int
    last: int
    start: int
    end: int
    kind: Kind
    text: str
    keys: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    plural: bool = False
    gender: str | None = None
    weak: bool = False
    state: str | None = None


def find_names(doc: Doc, registry: Registry, gazetteer: Gazetteer, roles: Roles) -> list[Name]:
    """Every name of a piece, in order, none overlapping another."""
    text = columns(doc).whole
    hits = _with_slips(registry.scan(text), slips(registry).scan(text))
    starts, ends = columns(doc).starts, columns(doc).ends
    found: list[Name] = []
    taken: dict[int, Hit] = {}
    entities = doc.ents
    persons = {
        i: (ent.start, ent.end)
        for ent in entities
        if ent.label_ == "PERSON"
        for i in range(ent.start, ent.end)
    }
    known = {hit.start for hit in hits}
    for hit in hits:
        first = max(bisect_right(starts, hit.start) - 1, 0)
        last = bisect_left(ends, hit.end) + 1
        if _is_refused(doc, hit, first, last, persons, known, roles):
            continue
        beside = found[-1] if found else None
        found.append(
            _of_hit(doc, text[hit.start : hit.end], hit, first, last, registry, roles, beside)
        )
        taken.update((i, hit) for i in range(first, last))
    for ent in entities:
        if ent.label_ in ("PERSON", "ORG"):
            first = _with_first_name(doc, ent, taken, roles)
            found += _of_entity(doc, first, ent.end, ent.label_, taken, roles, found)
    found += _missed(doc, {i for n in found for i in range(n.first, n.last)}, roles)
    found.sort(key=lambda name: name.first)
    return [
        name
        for name in found
        if name.keys
        or not (_names_place(doc, name, gazetteer, roles) or _is_doubtful(doc, name, roles))
    ]


def _with_first_name(doc: Doc, ent: Span, taken: Mapping[int, Hit], roles: Roles) -> int:
    """Where a person's name begins whose last word alone was told as one."""
    first = int(ent.start)
    if ent.label_ != "PERSON" or ent.end - first > 1 or not first or first - 1 in taken:
        return first
    before = doc[first - 1]
    word = before.lower_
    is_name = before.tag_ == "NNP" and before.text.istitle() and before.is_alpha
    hangs = before.dep_ == "compound" and before.head.i == first and not before.ent_type_
    role = any(word in words for words in (roles.titles, roles.forms, roles.modifiers))
    vague = word in roles.general or word in roles.vague
    return first - 1 if is_name and hangs and not (role or vague) else first


def _with_slips(hits: list[Hit], mistyped: Iterable[Hit]) -> list[Hit]:
    """The known names, and the mistyped ones in which none but a state's adjective is known."""
    for slip in mistyped:
        inside = [hit for hit in hits if hit.start < slip.end and slip.start < hit.end]
        if all(hit.way == "demonym" for hit in inside):
            hits = [hit for hit in hits if hit not in inside]
            hits.append(slip)
    return sorted(hits, key=lambda hit: hit.start)


def in_title_case(doc: Doc, names: list[Name]) -> frozenset[int]:
    """Indices of the unknown names in a line of capitals, where a capital says nothing."""
    shouted: dict[int, bool] = {}
    found = set()
    for index, name in enumerate(names):
        if name.keys:
            continue
        sent = doc[name.first].sent
        if sent.start not in shouted:
            long = [t for t in sent if t.is_alpha and len(t) > 3 and not t.is_stop]
            capitals = sum(t.text[0].isupper() for t in long)
            shouted[sent.start] = len(long) > 3 and 10 * capitals >= 9 * len(long)
        if shouted[sent.start]:
            found.add(index)
    return frozenset(found)


def _is_doubtful(doc: Doc, name: Name, roles: Roles) -> bool:
    """Whether one unknown word was called a person without a title, a role or words of theirs."""
    if name.kind != "person" or len(name.words) > 1:
        return False
    before = doc[name.first - 1] if name.first else None
    after = doc[name.last] if name.last < len(doc) else None
    if before is not None:
        word = before.lower_.strip(".")
        if word in roles.titles or roles.singular(word) in roles.people:
            return False
    return not any(
        t is not None and t.tag_ in ("VBD", "VBZ") and t.lemma_.lower() in roles.speech
        for t in (before, after)
    )


def surnames_of(names: Iterable[Name]) -> frozenset[str]:
    """Keys of the last words of people's full names."""
    return frozenset(
        name.words[-1] for name in names if name.kind == "person" and len(name.words) > 1
    )


def add_surnames(doc: Doc, names: list[Name], surnames: frozenset[str]) -> list[Name]:
    """The names with surnames that stand alone and that nothing else has taken."""
    taken = {i for name in names for i in range(name.first, name.last)}
    more = []
    table = columns(doc)
    for i, text in enumerate(table.text):
        if not text[0].isupper() or i in taken or not text.isalpha():
            continue
        key = word_key(text)
        if key in surnames or (len(key) > 4 and key[-1] == "s" and key[:-1] in surnames):
            start, end = table.starts[i], table.ends[i]
            more.append(
                Name(
                    first=i, last=i + 1, start=start, end=end, kind="person", text=text,
                    words=(key,),
                )
            )  # fmt: skip
    return sorted(names + more, key=lambda name: name.first) if more else names


def _names_place(doc: Doc, name: Name, gazetteer: Gazetteer, roles: Roles) -> bool:
    """Whether a name that the entities took for a person or group says where something is."""
    before = doc[name.first - 1] if name.first else None
    after = doc[name.last] if name.last < len(doc) else None
    if after is not None and after.lower_ in roles.words["place_after"]:
        return True
    if (
        name.kind == "group"
        and name.last - name.first > 1
        and before is not None
        and before.lower_ == "the"
    ):
        return False
    if (
        before is not None
        and before.lower_ in roles.words["locative"]
        and not _has_kind_word(doc[name.first : name.last], roles)
    ):
        return True
    of = before is not None and before.lower_ == "of" and name.first > 1
    if of and doc[name.first - 2].lower_ in roles.words["of_place"]:
        return True
    key = place_key(name.text)
    return bool(gazetteer.own(key)) or (
        gazetteer.holds(key, ()) and bool(gazetteer.large_towns(key, _TOWN))
    )


def _has_kind_word(words: Iterable[Token], roles: Roles) -> bool:
    return any(token.lower_ in roles.words["organisation"] for token in words)


def _is_refused(
    doc: Doc,
    hit: Hit,
    first: int,
    last: int,
    persons: dict[int, tuple[int, int]],
    known: set[int],
    roles: Roles,
) -> bool:
    """Hits that the words around them rule out."""
    entry = hit.entries[0]
    if hit.way == "acronym" and hit.end - hit.start <= 4:
        return _shouted(doc, first)
    following = doc[last] if last < len(doc) else None
    if (
        entry.kind == "outlet"
        and last - first == 1
        and following is not None
        and following.text[0].isupper()
        and following.lower_ not in roles.words["outlet_after"] | roles.words["calendar"]
    ):
        return True  # "National Hospital" is no outlet
    if (
        hit.way == "short"
        and following is not None
        and following.text[0].isupper()
        and following.ent_type_ == "PERSON"
        and following.ent_iob_ == "I"
        and following.idx not in known
    ):
        return True  # the first name of somebody else
    inside = persons.get(first)
    if inside and inside[1] - inside[0] > last - first and last <= inside[1]:
        if entry.kind != "person" and hit.way in ("name", "metonym") and last - first == 1:
            # "Jordan Smith", but not "Marovia Mira Solenne" where the entity runs over a name.
            return inside[0] == first
        if hit.way == "short" and inside[0] < first:
            before = doc[inside[0] : first]
            return any(
                t.text[:1].isupper() and t.ent_type_ == "PERSON" for t in before
            ) and not any(
                name_keys(t.text) and name_keys(t.text)[0] in _first_names(hit) for t in before
            )
    if hit.way == "short" and last - first == 1:
        # A surname alone: not right before another capitalised name ("Ban Aleppo").
        return doc[first].pos_ not in ("PROPN", "NOUN") and doc[first].ent_type_ != "PERSON"
    return False


def _first_names(hit: Hit) -> set[str]:
    return {key for e in hit.entries for key in name_keys(e.name)}


def _shouted(doc: Doc, i: int) -> bool:
    """Whether a token stands among words in capitals, where case says nothing."""
    around = [t for t in doc[max(0, i - 2) : i + 3] if t.is_alpha and t.i != i and len(t) > 3]
    return len(around) > 1 and all(t.is_upper for t in around)


def _of_hit(
    doc: Doc,
    text: str,
    hit: Hit,
    first: int,
    last: int,
    registry: Registry,
    roles: Roles,
    beside: Name | None,
) -> Name:
    """A registry's name; `beside` is the one before it."""
    entry = hit.entries[0]
    metonym = hit.way == "metonym"
    kind: Kind = "person" if entry.kind == "person" else "group"
    if hit.way == "demonym":
        kind = "other"
    elif hit.way == "people":
        kind = "group" if first and doc[first - 1].lower_ == "the" else "other"
    elif (metonym and _is_dated_from(doc, first, last)) or (
        entry.kind == "state"
        and (
            _goes_on_list(doc, first, last, beside)
            or _is_place(doc, first, last, roles, metonym=metonym)
        )
    ):
        kind = "place"
    state = registry.state_of(entry) if entry.kind != "person" else None
    return Name(
        first=first, last=last, start=hit.start, end=hit.end, kind=kind,
        text=text,
        keys=tuple(e.key for e in hit.entries), kinds=frozenset(e.kind for e in hit.entries),
        words=name_keys(text), gender=entry.gender,
        weak=hit.way == "short", state=state.key if state else None,
        plural=hit.way == "people" or (doc[last - 1].tag_ == "NNS" and text[-1] == "s"),
    )  # fmt: skip


def _goes_on_list(doc: Doc, first: int, last: int, beside: Name | None) -> bool:
    """Whether a name is the second of two places: "officials in Avelin and Dorrun met"."""
    if beside is None or beside.kind != "place" or beside.last != first - 1:
        return False
    token = doc[last - 1]
    is_finite = last < len(doc) and doc[last].tag_ in ("VBD", "VBZ", "VBP", "MD")
    if doc[first - 1].lower_ in ("and", "or"):
        return not (is_finite and token.dep_ in ("nsubj", "nsubjpass"))
    return doc[first - 1].text == "," and not is_finite


def _is_dated_from(doc: Doc, first: int, last: int) -> bool:
    """Whether a town opens a text as its dateline: "Dorrun, Northern Region –", "DORRUN (AP) -"."""
    if first or last >= len(doc) or doc[last].text not in (",", "(", "-", "–", "—"):
        return False
    nexts = [token.text for token in doc[last : last + _DATELINE]]
    return any(text in ("-", "–", "—", "--") for text in nexts)


def _is_place(doc: Doc, first: int, last: int, roles: Roles, *, metonym: bool) -> bool:
    """Whether a state's or capital's name says where, not who."""
    if last - first > 1 and doc[last - 1].text[0].islower():
        return False  # "Syrian government": a body
    before = doc[first - 1] if first else None
    if before is not None and before.lower_ == "the" and first > 1:
        before = doc[first - 2]
    after = doc[last] if last < len(doc) else None
    if before is not None:
        if before.lower_ in roles.words["locative"]:
            return True
        if before.lower_ == "of" and first > 1 and doc[first - 2].lower_ in roles.words["of_place"]:
            return True
    if after is not None and (after.lower_ in roles.words["place_after"]):
        return True
    if (
        before is not None
        and before.text == ","
        and first > 1
        and doc[first - 2].ent_type_ in ("GPE", "LOC")
    ):
        return not metonym or after is None or after.tag_ not in ("VBD", "VBZ")
    if (
        after is not None
        and after.text == "-"
        and doc[last + 1 : last + 2].text in roles.words["based"]
    ):
        return True
    if not metonym:
        return False
    token = doc[last - 1]
    if after is not None and after.text == "(" and first == 0:
        return True
    if token.dep_ in ("nsubj", "nsubjpass"):
        return False
    if after is not None and after.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return False
    if before is not None and before.lower_ in roles.words["towards_actor"]:
        return token.ent_type_ == "FAC"
    if (
        token.dep_ in ("dobj", "dative")
        and token.head.lemma_.lower() in roles.speech | roles.words["aimed"]
    ):
        return False
    return token.text not in ("Kremlin", "Pentagon", "House", "Elysee", "Elysée")


def _of_entity(
    doc: Doc, first: int, last: int, label: str, taken: dict[int, Hit], roles: Roles,
    found: list[Name],
) -> Iterator[Name]:  # fmt: skip
    """An entity of the parse cut to what is a name, where the registry has not taken it."""
    titled = last - first > 1 and roles.singular(doc[first].lower_) in roles.people
    if label == "ORG" and titled and not _has_kind_word(doc[first:last], roles):
        label = "PERSON"  # "Spokeswoman Anna Hale"
    inside = [i for i in range(first, last) if i in taken]
    if inside and label == "ORG":
        if any(
            taken[i].way not in ("demonym",) and taken[i].entries[0].kind != "state" for i in inside
        ):
            return
        if len(inside) == last - first:
            return
        if taken[inside[0]].way != "demonym" and len({id(taken[i]) for i in inside}) > 1:
            return
        words = [doc[i] for i in range(first, last) if i not in taken]
        if not any(t.text[0].isupper() for t in words):
            return
        dead = {id(taken[i]) for i in inside}
        spans = {(taken[i].start, taken[i].end) for i in inside}
        found[:] = [n for n in found if (n.start, n.end) not in spans] if dead else found
    elif inside:
        free = [i for i in range(first, last) if i not in taken]
        runs = [i for i in free if all(j not in taken for j in range(i, last))] or [
            i for i in free if all(j not in taken for j in range(first, i + 1))
        ]
        if not runs:
            return
        first, last = runs[0], runs[-1] + 1
    first, last = _trimmed(doc, first, last, roles, person=label == "PERSON")
    if first < last:
        yield from _plain(doc, first, last, "person" if label == "PERSON" else "group", roles)


def _trimmed(doc: Doc, first: int, last: int, roles: Roles, *, person: bool) -> tuple[int, int]:
    """Without titles, articles, days, verbs and loose ends."""

    def loose(token: Token) -> bool:
        word = token.lower_.strip(".")
        return (
            not _NAME_WORD.match(token.text)
            or word in roles.words["calendar"]
            or word in ("the", "a", "an", "'s", "’s")
            or (token.pos_ in ("VERB", "AUX", "ADP", "CCONJ", "PUNCT") and token.text[0].islower())
            or (person and (word in roles.titles or roles.singular(word) is not None))
        )  # fmt: skip

    while first < last and (
        loose(doc[first]) or (doc[first].text[0].islower() and not _opens_name(doc, first))
    ):
        first += 1
    while first < last and (loose(doc[last - 1]) or (person and doc[last - 1].text[0].islower())):
        last -= 1
    for i in range(first, last):
        token = doc[i]
        if (
            token.lower_ in roles.words["calendar"]
            or token.is_space
            or token.text in (":", ";", "(", ")", '"', "“", "”")
        ):
            return first, i
        if (
            person
            and token.text[0].islower()
            and token.lower_ not in roles.words["particles"]
            and token.text.isalpha()
        ):
            return first, i
    return first, last


def _opens_name(doc: Doc, i: int) -> bool:
    """Whether a word is an Arabic article: "al Dorrun", "at-Tell"; English "at" needs a hyphen."""
    word = doc[i].text
    hyphen = i + 1 < len(doc) and doc[i + 1].text == "-"
    return is_article(word) and (hyphen or word not in ("at", "an", "as"))


def _plain(doc: Doc, first: int, last: int, kind: Kind, roles: Roles) -> Iterator[Name]:
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    text = str(doc[first:last])
    words = name_keys(text)
    letters = [t for t in doc[first:last] if t.is_alpha]
    if not words or not letters or (any(c.isdigit() for c in text) and kind == "person"):
        return
    if last - first == 1 and (
        len(text) < 3
        or text in roles.words["not_names"]
        or roles.singular(text.lower())
        or text.lower() in roles.words["calendar"]
    ):
        return
    if kind == "person" and (last - first > 7 or not letters[-1].text[0].isupper()):
        return
    yield Name(first=first, last=last, start=start, end=end, kind=kind, text=text, words=words)


def _missed(doc: Doc, taken: set[int], roles: Roles) -> Iterator[Name]:
    """Names of people that the entities missed: capitals behind a role word or beside "said"."""
    for i, lower in enumerate(columns(doc).lower):
        if lower in ("said", "says", "told", "added"):
            last = i
            first = i
            while first and _can_name(doc[first - 1], roles) and first - 1 not in taken:
                first -= 1
            if 2 <= last - first <= 4:
                yield from _plain(doc, first, last, "person", roles)
                taken |= set(range(first, last))
        word = lower.strip(".")
        if (
            word in roles.titles
            or (roles.singular(word) in roles.people and i not in taken)
            or lower == "said"
        ):
            first = i + 1
            last = first
            while last < len(doc) and last not in taken and _can_name(doc[last], roles):
                last += 1
            while last > first and doc[last - 1].text[0].islower():
                last -= 1
            least = 1 if word in roles.titles else 2
            if least <= last - first <= 5 and not any(j in taken for j in range(first, last)):
                yield from _plain(doc, first, last, "person", roles)
                taken |= set(range(first, last))


def _can_name(token: Token, roles: Roles) -> bool:
    if token.text == "-" or (token.lower_ in roles.words["particles"] and token.text.islower()):
        if token.text != "-" and is_article(token.text) and not _opens_name(token.doc, token.i):
            return False
        return token.i > 0 and (token.text != "-" or not token.whitespace_)
    return (
        token.text[0].isupper()
        and token.pos_ == "PROPN"
        and token.ent_type_ not in ("GPE", "LOC", "NORP", "DATE", "TIME")
        and not token.is_upper
        and token.lower_ not in roles.words["calendar"]
        and roles.singular(token.lower_) is None
    )
