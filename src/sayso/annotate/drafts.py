"""Drafts of mentions: what the finder of mentions hands to coreference."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import msgspec

from sayso.ids import Span
from sayso.knowledge import Knowledge, load
from sayso.knowledge.spelling import word_key

Form = Literal["name", "nominal", "pronoun"]
Kind = Literal["person", "group", "place", "work", "other"]


class Draft(msgspec.Struct):
    """A mention before it is clustered, with what coreference asks of it.

    `keys` are registry entries that it can name, `words` the spelling keys of a name, `noun` the
    head of a nominal or the pronoun itself, `state` the key of a state in its words, `part_of`
    the draft (a name) that a nominal is an apposition of, `bare` a phrase without nouns or names in
    front of its noun, `plain` one without anything but a determiner; `aside` stands outside the
    running text (in a headline or caption); `told_kind`: a word in front says which kind of group
    ("rescue service"); `of_group`: a group that is no state is named in front ("UN official").
    """

    start: int
    end: int
    form: Form
    kind: Kind
    head: Span
    role: Span | None = None
    plural: bool = False
    cluster: int | None = None
    keys: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    raw: str = ""
    noun: str = ""
    state: str | None = None
    roles: frozenset[str] = frozenset()
    gender: str | None = None
    sentence: int = 0
    paragraph: int = 0
    subject: bool = False
    speaks: bool = False
    definite: bool = False
    quoted: bool = False
    weak: bool = False
    bare: bool = True
    plain: bool = True
    aside: bool = False
    told_kind: bool = False
    of_group: bool = False
    part_of: Draft | None = None
    alias_of: Draft | None = None


class Roles(msgspec.Struct, frozen=True):
    """roles.yaml, ready for look-up."""

    titles: frozenset[str]
    anybody: frozenset[str]
    people: frozenset[str]
    women: frozenset[str]
    men: frozenset[str]
    plurals: dict[str, str]
    groups: dict[str, frozenset[str]]
    modifiers: dict[str, frozenset[str]]
    kinds: dict[str, frozenset[str]]
    """Kinds by a word of an unknown group's name, under its spelling key."""
    general: frozenset[str]
    vague: frozenset[str]
    relations: frozenset[str]
    fighters: frozenset[str]
    speech: frozenset[str]
    words: dict[str, frozenset[str]]
    """The lists of names.yaml."""

    forms: dict[str, str]
    """From every word of `people` and `groups`, and its plurals, to the word."""

    def singular(self, word: str) -> str | None:
        """The entry of which a lower-cased word is a form: itself, or by its plural; else null."""
        return self.forms.get(word)


@cache
def roles_of(folders: tuple[str, ...]) -> Roles:
    """The role words of these folders, once a process."""
    knowledge = load(folders)
    data: dict[str, Any] = knowledge.lexicon("roles")
    anybody = frozenset(data["people"]["anybody"])
    return Roles(
        titles=frozenset(data["titles"]),
        anybody=anybody,
        people=anybody | frozenset(data["people"]["role"]),
        women=frozenset(data["women"]),
        men=frozenset(data["men"]),
        plurals=dict(data["plurals"]),
        groups={word: frozenset(kinds) for word, kinds in data["groups"].items()},
        modifiers=_modifiers(data["modifiers"]),
        kinds={word_key(w): kinds for w, kinds in _modifiers(data["kinds"]).items()},
        general=frozenset(data["general"]),
        vague=frozenset(data["vague"]),
        relations=frozenset(data["relations"]),
        fighters=frozenset(data["fighters"]),
        speech=_speech(knowledge),
        words={key: frozenset(row) for key, row in knowledge.lexicon("names").items()},
        forms=_forms({*anybody, *data["people"]["role"], *data["groups"]}, data["plurals"]),
    )


def _forms(words: set[str], plurals: dict[str, str]) -> dict[str, str]:
    """Every form by the word it is of; irregular plurals before regular ones, words before all."""
    return {
        **{f"{word}s": word for word in words},
        **{f"{word}es": word for word in words},
        **{f"{word[:-1]}ies": word for word in words if word.endswith("y")},
        **plurals,
        **{word: word for word in words},
    }


def _modifiers(rows: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    """Kinds by the word in front that says them."""
    found: dict[str, frozenset[str]] = {}
    for kind, words in rows.items():
        for word in words:
            found[word] = found.get(word, frozenset()) | {kind}
    return found


def _speech(knowledge: Knowledge) -> frozenset[str]:
    """Lemmas of verbs that govern what is said, from cues.yaml."""
    rows = knowledge.lexicon("cues").get("statements", ())
    return frozenset(
        verb
        for row in rows
        if {"that", "quote"} & set(row["frames"])
        for verb in str(row["verbs"]).split()
    )
