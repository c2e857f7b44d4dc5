"""Mentions: names, noun phrases and pronouns that refer to people and groups.

Names come from the registry (which wins over the parse's own type) and from spaCy's entities,
mended; noun phrases from role words; what refers to the same is clustered by `coreference`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from sayso.annotate.columns import columns
from sayso.annotate.coreference import cluster
from sayso.annotate.drafts import Draft, Roles, roles_of
from sayso.annotate.names import Name, add_surnames, find_names, in_title_case, surnames_of
from sayso.annotate.parse import Parse, Piece
from sayso.annotate.quotes import find_quotes
from sayso.ids import Span
from sayso.knowledge import Knowledge
from sayso.schema import Document, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PRONOUNS = {
    "he": "m", "him": "m", "she": "f", "her": "f", "they": "", "them": "", "it": "",
    "i": "", "we": "", "us": "",
}  # fmt: skip
_GROUP_PRONOUNS = frozenset(["it", "they", "them", "we", "us"])
_PLURAL_PRONOUNS = frozenset(["they", "them", "we", "us"])
_LEFT = frozenset(["DET", "ADJ", "NOUN", "PROPN", "NUM", "PART"])
_RIGHT = frozenset(["DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "CCONJ", "PRON"])
_COMPLEMENTS = frozenset(["of", "for", "to", "at", "in", "with", "from"])
_DEFINITE = frozenset(["the", "this", "that", "these", "those"])
_CLAUSE_DEPS = frozenset(["nsubj", "nsubjpass", "csubj"])
_LONGEST_PHRASE = 14
"""Tokens that a noun phrase is followed for, each way."""

_ALIAS_GAP = re.compile(r"\s*[(\[]\s*(?:[a-z]+ (?:as|by) )?[\"“']?$")


def find_mentions(
    document: Document,
    parse: Parse,
    *,
    knowledge: Knowledge,
) -> tuple[Mention, ...]:
    """Every mention of a person or group, in text order, clustered."""
    roles = roles_of(knowledge.folders)
    drafts: list[Draft] = []
    sentence = 0
    named = [
        find_names(piece.doc, knowledge.actors, knowledge.gazetteer, roles)
        for piece in parse.pieces
    ]
    named = _without_shouted(parse, named)
    surnames = surnames_of(name for names in named for name in names)
    for number, (piece, names) in enumerate(zip(parse.pieces, named, strict=True)):
        names = add_surnames(piece.doc, names, surnames)
        found, sentences = _Reader(piece, roles, names, sentence, number).drafts()
        drafts += found
        sentence += sentences
    _mark_quoted(document, drafts)
    drafts.sort(key=lambda d: (d.start, -d.end))
    cluster(drafts, roles, knowledge.actors)
    return tuple(
        Mention(
            start=d.start, end=d.end, form=d.form, kind=d.kind, head=d.head, role=d.role,
            plural=d.plural, cluster=d.cluster,
        )
        for d in drafts
    )  # fmt: skip


def _without_shouted(parse: Parse, named: list[list[Name]]) -> list[list[Name]]:
    """Unknown names of headlines in capitals only where the running text has them too."""
    shouted = [in_title_case(p.doc, names) for p, names in zip(parse.pieces, named, strict=True)]
    plain = {
        name.words
        for names, loud in zip(named, shouted, strict=True)
        for index, name in enumerate(names)
        if index not in loud
    }
    return [
        [n for index, n in enumerate(names) if index not in loud or n.words in plain]
        for names, loud in zip(named, shouted, strict=True)
    ]


def _mark_quoted(document: Document, drafts: Iterable[Draft]) -> None:
    quotes = find_quotes(document.text, 0, len(document.text))
    starts = [quote.start for quote in quotes]
    for draft in drafts:
        at = bisect_right(starts, draft.start) - 1
        draft.quoted = at >= 0 and draft.start < quotes[at].end


class _Reader:
    """Reads one parsed piece."""

    def __init__(
        self, piece: Piece, roles: Roles, names: list[Name], sentence: int, number: int
    ) -> None:
        self.piece = piece
        self.doc: Doc = piece.doc
        self.text = columns(piece.doc).whole
        self.roles = roles
        self.names = names
        self.name_at = {i: name for name in self.names for i in range(name.first, name.last)}
        self.states = {
            i: name.state
            for name in self.names
            if name.state and name.kind != "place"
            for i in range(name.first, name.last)
        }
        self.lower = columns(piece.doc).lower
        self.sentence_starts = [first for first, _ in columns(piece.doc).sentences]
        self.sentence = sentence
        breaks = [m.start() for m in re.finditer(r"\n", self.text)]
        self.paragraph_starts = breaks
        self.number = number

    def drafts(self) -> tuple[list[Draft], int]:
        """The piece's drafts and how many sentences it has."""
        nominals = self._nominals()
        by_end = {last: (first, noun) for first, last, noun in nominals}
        used: set[int] = set()
        found: list[Draft] = []
        for name in self.names:
            if name.kind in ("person", "group"):
                found.append(self._named(name, by_end, used))  # noqa: PERF401 -- fills `used`
        self._aliases(found)
        by_last = {draft_last: draft for draft, draft_last in self._lasts(found)}
        for first, last, noun in nominals:
            if noun in used:
                continue
            draft = self._nominal(first, last, noun)
            draft.part_of = self._apposed_to(first, last, by_last, draft) or self._named_within(
                first, noun, by_last, draft
            )
            if (
                draft.part_of is not None
                and draft.part_of.role is None
                and draft.start >= draft.part_of.end
            ):
                draft.part_of.role = (draft.start, draft.end)
                draft.part_of.roles |= draft.roles
                draft.part_of.gender = draft.part_of.gender or draft.gender
                draft.part_of.state = draft.part_of.state or draft.state
            found.append(draft)
        found += self._pronouns()
        return found, len(self.sentence_starts)

    def _lasts(self, found: list[Draft]) -> list[tuple[Draft, int]]:
        names = [n for n in self.names if n.kind in ("person", "group")]
        return [(draft, name.last) for draft, name in zip(found, names, strict=True)]

    # --- where things stand

    def _place(self, draft: Draft, first: int, last: int, head: int) -> Draft:
        token = self.doc[head]
        at = bisect_right(self.sentence_starts, head) - 1
        draft.sentence = self.sentence + max(at, 0)
        draft.paragraph = self.number * 1_000_000 + bisect_left(self.paragraph_starts, token.idx)
        top = token
        while (
            top.dep_ in ("compound", "appos", "flat", "nmod", "conj") and first <= top.head.i < last
        ):
            top = top.head
        draft.aside = self.piece.kind in ("headline", "heading", "caption")
        draft.subject = top.dep_ in _CLAUSE_DEPS
        draft.speaks = (draft.subject and self._is_speech(top.head)) or self._speech_beside(
            first, last
        )
        return draft

    def _is_speech(self, token: Token) -> bool:
        return token.lemma_.lower() in self.roles.speech

    def _speech_beside(self, first: int, last: int) -> bool:
        """A verb of saying right behind or right before, or "according to"."""
        doc = self.doc
        if last < len(doc) and self._is_speech(doc[last]) and doc[last].pos_ in ("VERB", "AUX"):
            return doc[last].tag_ in ("VBD", "VBZ", "VBP")
        if first and self._is_speech(doc[first - 1]) and doc[first - 1].tag_ in ("VBD", "VBZ"):
            return doc[first - 1].lower_ in ("said", "says", "added", "wrote", "noted")
        return first > 1 and doc[first - 1].lower_ == "to" and doc[first - 2].lower_ == "according"

    def _span(self, first: int, last: int) -> Span:
        start = self.doc[first].idx
        end = self.doc[last - 1].idx + len(self.doc[last - 1])
        return self.piece.start + start, self.piece.start + end

    # --- names

    def _named(self, name: Name, by_end: dict[int, tuple[int, int]], used: set[int]) -> Draft:
        start, end = self.piece.start + name.start, self.piece.start + name.end
        draft = Draft(
            start=start, end=end, form="name", kind=name.kind, head=(start, end),
            plural=name.plural, keys=name.keys, kinds=name.kinds, words=name.words, raw=name.text,
            gender=name.gender, weak=name.weak, state=name.state,
        )  # fmt: skip
        first = name.first
        role = self._role_before(name, by_end)
        if role:
            begin, stop, nouns = role
            used.update(nouns)
            first = begin
            while self.doc[begin].pos_ == "DET" and begin + 1 < stop:
                begin += 1
            while stop > begin + 1 and self.doc[stop - 1].text == ",":
                stop -= 1
            draft.role = self._span(begin, stop)
            draft.start = self._span(first, stop)[0]
            self._describe(draft, begin, stop)
        return self._place(draft, first, name.last, name.last - 1)

    def _role_before(
        self, name: Name, by_end: dict[int, tuple[int, int]]
    ) -> tuple[int, int, list[int]] | None:
        """(first, last, nouns) of the role words before a name: titles, a phrase right before, and
        one more behind a comma ("a top commander, Lieutenant General …").
        """
        doc = self.doc
        stop = at = name.first
        nouns = []
        while at and doc[at - 1].lower_.strip(".") in self.roles.titles:
            at -= 1
        if (
            at in by_end
            and self._suits(by_end[at][1], name)
            and not self._parts_here(at, by_end, name)
        ):
            at, noun = by_end[at]
            nouns.append(noun)
        comma = at - 1
        if comma > 0 and doc[comma].text == "," and comma in by_end and not name.weak:
            first, noun = by_end[comma]
            starts = doc[first].pos_ == "DET" or doc[first].text[0].isupper()
            if starts and name.kind == "person" and self._suits(noun, name):
                at = first
                nouns.append(noun)
        return (at, stop, nouns) if at < stop else None

    def _parts_here(self, at: int, by_end: dict[int, tuple[int, int]], name: Name) -> bool:
        """Whether a lost comma parts them, as in "according to an official from the council Brandt
        works": who is called by a surname alone was introduced before.
        """
        first, noun = by_end[at]
        return (
            name.kind == "person"
            and len(name.words) == 1
            and self.doc[first].lower_ in ("a", "an")
            and noun < at - 1
        )

    def _suits(self, noun: int, name: Name) -> bool:
        """Whether a role word is for a person where the name is one's, else for a group."""
        if self.doc[noun].tag_ in ("NNS", "NNPS"):
            return False
        word = self.roles.singular(self.doc[noun].lower_)
        return word in self.roles.people if name.kind == "person" else word in self.roles.groups

    def _describe(self, draft: Draft, first: int, last: int) -> None:
        """Takes role nouns, gender and state from the words of a role."""
        nouns = set()
        for i in range(first, last):
            word = self.doc[i].lower_.strip(".")
            if single := self.roles.singular(word):
                nouns.add(single)
            if word in self.roles.women or (single and single in self.roles.women):
                draft.gender = "f"
            elif word in self.roles.men or (single and single in self.roles.men):
                draft.gender = draft.gender or "m"
            if not draft.state and i in self.states:
                draft.state = self.states[i]
        draft.roles |= frozenset(nouns)

    def _aliases(self, found: list[Draft]) -> None:
        """A name in brackets behind a name is the same: "Syrian Democratic Forces (SDF)"."""
        text = self.text
        for left, right in pairwise(found):
            gap = text[left.head[1] - self.piece.start : right.start - self.piece.start]
            if left.kind != right.kind or len(gap) > 16 or not _ALIAS_GAP.match(gap):
                continue
            at = right.end - self.piece.start
            closed = text[at : at + 1] in (")", "]")
            ended = closed or text[at : at + 1] in (",", ";", '"', "”")
            agree = set(left.keys) == set(right.keys)
            if (ended and agree) or (closed and not (left.keys and right.keys)):
                right.alias_of = left

    # --- noun phrases

    def _nominals(self) -> list[tuple[int, int, int]]:
        """(first, last, noun) of every phrase around a role word, in order, outermost only."""
        found: list[tuple[int, int, int]] = []
        done = 0
        for i, lower in enumerate(self.lower):
            word = self.roles.singular(lower)
            if word is None or i < done:
                continue
            token = self.doc[i]
            if not (token.pos_ in ("NOUN", "PROPN", "ADJ") or self._heads_name(token, word)):
                continue
            if self._inside_name(token.i) or self._goes_on(token):
                continue
            if token.pos_ == "ADJ" and token.dep_ in ("amod", "acomp"):
                continue
            first = self._left_edge(token.i, done)
            last = self._right_edge(token.i)
            found.append((first, last, token.i))
            done = last
        return found

    def _heads_name(self, token: Token, word: str) -> bool:
        """A role word that the parse took for a verb: "the monitors head John Smith"."""
        name = self.name_at.get(token.i + 1)
        return name is not None and name.kind == "person" and word in self.roles.people

    def _inside_name(self, i: int) -> bool:
        name = self.name_at.get(i)
        return name is not None and name.kind in ("person", "group", "place")

    def _goes_on(self, token: Token) -> bool:
        """Whether the noun goes on in a compound: "army" of "army chief"."""
        i = token.i + 1
        doc = self.doc
        if i < len(doc) and doc[i].text == "-" and i + 1 < len(doc):
            i += 1
        if i >= len(doc) or doc[i].pos_ not in ("NOUN", "PROPN"):
            return False
        if i in self.name_at:
            return False
        return self.roles.singular(doc[i].lower_) is not None or doc[i].pos_ == "NOUN"

    def _left_edge(self, noun: int, floor: int) -> int:
        i = noun
        doc = self.doc
        lowest = max(floor, noun - _LONGEST_PHRASE, 0)
        while i > lowest:
            before = doc[i - 1]
            name = self.name_at.get(i - 1)
            if name is not None:
                if name.kind == "person" and not self._possessed(name):
                    break
                if name.first < lowest:
                    break
                i = name.first
                continue
            if before.is_space or before.ent_type_ in ("DATE", "TIME"):
                break
            hyphen = (
                before.text in ("-", "–") and not before.whitespace_ and not doc[i - 2].whitespace_
            )
            participle = (
                before.tag_ in ("VBN", "VBG")
                and i - 1 > lowest
                and (doc[i - 2].pos_ in ("DET", "ADV") or doc[i - 2].text == "-")
            )
            if not (before.pos_ in _LEFT or hyphen or participle):
                break
            if before.pos_ == "PART" and before.text.lower() not in ("'s", "’s", "'", "’"):
                break
            i -= 1
            if before.pos_ == "DET":
                break
        while i < noun and doc[i].is_punct:
            i += 1
        return i

    def _possessed(self, name: Name) -> bool:
        return name.last < len(self.doc) and self.doc[name.last].tag_ == "POS"

    def _right_edge(self, noun: int) -> int:
        """Behind "of …" and the like: "the deputy head of the country's top security body"."""
        doc = self.doc
        i = noun + 1
        for _ in range(3):
            if i >= len(doc) or doc[i].lower_ not in _COMPLEMENTS or i + 1 >= len(doc):
                return i
            if doc[i].lower_ != "of" and not (
                doc[i + 1].pos_ in ("DET", "PROPN") or i + 1 in self.name_at
            ):
                return i
            j = self._phrase_end(i + 1)
            if j == i + 1 or (doc[i].lower_ != "of" and doc[j - 1].ent_type_ in ("DATE", "TIME")):
                return i
            i = j
        return i

    def _phrase_end(self, start: int) -> int:
        doc = self.doc
        i = start
        while i < min(len(doc), start + _LONGEST_PHRASE):
            name = self.name_at.get(i)
            if name is not None:
                if name.kind == "person":
                    break
                i = name.last
                continue
            token = doc[i]
            hyphen = token.text == "-" and i > start
            if not (token.pos_ in _RIGHT or hyphen) or token.ent_type_ in ("DATE", "TIME"):
                break
            if token.pos_ == "DET" and i > start:
                break
            if token.pos_ in ("CCONJ", "PRON"):
                break
            i += 1
        return i

    def _nominal(self, first: int, last: int, noun: int) -> Draft:
        doc = self.doc
        word = self.roles.singular(doc[noun].lower_) or doc[noun].lower_
        head = self._span(noun, noun + 1)
        start, end = self._span(first, last)
        person = word in self.roles.people and not (
            word in self.roles.groups and self._means_group(noun)
        )
        draft = Draft(
            start=start, end=end, form="nominal", kind="person" if person else "group", head=head,
            plural=doc[noun].tag_ in ("NNS", "NNPS")
            or doc[noun].lower_ in self.roles.plurals
            or (word != doc[noun].lower_ and doc[noun].lower_.endswith("s")),
            noun=word, kinds=self.roles.groups.get(word, frozenset()),
            definite=doc[first].lower_ in _DEFINITE or (not person and first == noun
            and doc[noun].text[0].isupper() and not doc[noun].is_sent_start),
        )  # fmt: skip
        self._describe(draft, first, last)
        draft.plain = noun - first <= 1
        for token in doc[first:noun] if not person else ():
            if token.lower_ in self.roles.modifiers:
                draft.kinds = self.roles.modifiers[token.lower_]
                draft.told_kind = True
            elif token.lower_ == "based":
                draft.kinds -= {"armed group", "armed force"}
        draft.of_group = any(
            name.kind == "group" and not name.state
            for i in range(first, noun)
            if (name := self.name_at.get(i)) is not None
        )
        draft.bare = not any(
            t.pos_ in ("NOUN", "PROPN") and t.i not in self.states for t in doc[first:noun]
        )
        return self._place(draft, first, last, noun)

    def _means_group(self, noun: int) -> bool:
        """Whether a word for both ("monitor") stands for a group, as in news it mostly does."""
        return self.doc[noun].lower_ in self.roles.groups

    def _apposed_to(
        self, first: int, last: int, by_last: dict[int, Draft], draft: Draft
    ) -> Draft | None:
        """The name that a phrase right behind it explains: "Hamza Khatib, the manager of …"."""
        doc = self.doc
        if not first or draft.plural:
            return None
        comma = doc[first - 1].text == ","
        target = by_last.get(first - 1 if comma else first)
        if target is None or target.kind != draft.kind:
            return None
        if target.kinds and draft.kinds and not target.kinds & draft.kinds:
            return None
        if comma and doc[first].pos_ != "DET" and draft.noun in self.roles.anybody:
            return None
        if last in self.name_at and self.name_at[last].kind == "person":
            return None
        if not comma and doc[first].pos_ != "DET" and first == last - 1:
            return None
        return target

    def _named_within(
        self, first: int, noun: int, by_last: dict[int, Draft], draft: Draft
    ) -> Draft | None:
        """The group that a phrase holds the name of: "the Northern Star terrorist group"."""
        doc = self.doc
        i = noun
        while (
            i > first and doc[i - 1].pos_ in ("ADJ", "NOUN", "PROPN") and i - 1 not in self.name_at
        ):
            i -= 1
        if draft.noun in self.roles.relations:
            return None
        name = self.name_at.get(i - 1) if i > first else None
        target = by_last.get(i)
        if name is None or name.state or target is None or draft.kind != "group" or draft.plural:
            return None
        return target if not target.kinds or target.kinds & draft.kinds else None

    # --- pronouns

    def _pronouns(self) -> list[Draft]:
        found = []
        for i, lower in enumerate(self.lower):
            if lower not in _PRONOUNS:
                continue
            token, gender = self.doc[i], _PRONOUNS[lower]
            if token.pos_ != "PRON" or token.tag_ == "PRP$" or token.text == "US":
                continue
            if token.lower_ == "it" and token.dep_ == "expl":
                continue
            start, end = self._span(token.i, token.i + 1)
            draft = Draft(
                start=start, end=end, form="pronoun", head=(start, end), noun=token.lower_,
                kind="group" if token.lower_ in _GROUP_PRONOUNS else "person",
                plural=token.lower_ in _PLURAL_PRONOUNS, gender=gender or None, definite=True,
            )  # fmt: skip
            found.append(self._place(draft, token.i, token.i + 1, token.i))
        return found
