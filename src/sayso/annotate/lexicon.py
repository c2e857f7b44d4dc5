"""The cue lexicon as the rule asks it: which verb is a cue in which frame."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.knowledge import Knowledge
    from sayso.schema import AttributionType


class Cues(msgspec.Struct, frozen=True, kw_only=True):
    """Cue verbs and nouns. `frames` maps a lemma to its frames, each with its type."""

    frames: dict[str, dict[str, AttributionType]]
    object_with: dict[str, frozenset[str]]
    only_with: dict[str, frozenset[str]]
    only_objects: dict[str, frozenset[str]]
    not_objects: dict[str, frozenset[str]]
    called_upon: dict[str, frozenset[str]]
    quoting_forms: frozenset[str]
    telling_forms: frozenset[str]
    nesting_forms: frozenset[str]
    nouns: dict[str, AttributionType]
    addressed: frozenset[str]
    denials: frozenset[str]
    weak_denials: frozenset[str]
    claims: frozenset[str]
    deny_nouns: frozenset[str]
    agentless: frozenset[str]
    citing: frozenset[str]
    plain: frozenset[str]
    inverting: frozenset[str]
    closing: frozenset[str]
    counted: frozenset[str]
    beside_only: frozenset[str]
    citable: frozenset[str]
    documents: frozenset[str]
    giving: frozenset[str]
    headline_sources: frozenset[str]
    bare_headline_sources: frozenset[str]
    headline_labels: frozenset[str]
    headline_joints: frozenset[str]
    toll_verbs: frozenset[str]
    tolls: frozenset[str]
    lemmas: dict[str, str]

    def lemma(self, lemma: str) -> str:
        """The lemma, mended where the tagger's is known to go wrong."""
        return self.lemmas.get(lemma, lemma)

    def type_of(self, lemma: str, frame: str) -> AttributionType | None:
        """Whether a verb states or holds an attitude in a frame; None where it is no cue."""
        return self.frames.get(lemma, {}).get(frame)


def _forms(verb: str) -> tuple[str, str]:
    """The past and the third person of a regular verb."""
    if verb.endswith("e"):
        return verb + "d", verb + "s"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied", verb[:-1] + "ies"
    return verb + "ed", verb + ("es" if verb.endswith(("s", "sh", "ch")) else "s")


def cues_of(knowledge: Knowledge) -> Cues:
    """The lexicon of some knowledge, built once for each set of folders."""
    return _cues(knowledge.folders)


@lru_cache(maxsize=8)
def _cues(folders: tuple[str, ...]) -> Cues:
    from sayso.knowledge import load

    data: dict[str, Any] = load(folders).lexicon("cues")

    def words(name: str) -> frozenset[str]:
        return frozenset(data[name])

    def by_verb(name: str) -> dict[str, frozenset[str]]:
        return {verb: frozenset(listed) for verb, listed in data[name].items()}

    def all_forms(verbs: Iterable[str]) -> Iterator[str]:
        for verb in verbs:
            yield from (data["irregular"].get(verb) or _forms(verb))
            yield from (verb, f"{verb.removesuffix('e')}ing")

    frames: dict[str, dict[str, AttributionType]] = {}
    kinds: tuple[tuple[str, AttributionType], ...] = (
        ("attitudes", "attitude"),
        ("statements", "statement"),
    )
    for key, kind in kinds:
        for group in data[key]:
            for verb in group["verbs"].split():
                for frame in group["frames"]:
                    frames.setdefault(verb, {})[frame] = kind
    quoting = frozenset(
        form
        for verb, kinds_of_verb in frames.items()
        if "quote" in kinds_of_verb
        for form in data["irregular"].get(verb) or _forms(verb)
    )
    return Cues(
        frames=frames,
        quoting_forms=quoting,
        telling_forms=frozenset(all_forms(data["telling"])),
        nesting_forms=frozenset([*all_forms(data["plain"]), *quoting, "according"]),
        nouns={noun: kind for kind, nouns in data["nouns"].items() for noun in nouns},
        lemmas=data["lemmas"],
        object_with=by_verb("object_with"),
        only_with=by_verb("only_with"),
        only_objects=by_verb("only_objects"),
        not_objects=by_verb("not_objects"),
        called_upon=by_verb("called_upon"),
        addressed=words("addressed"),
        denials=words("denials"),
        weak_denials=words("weak_denials"),
        claims=words("claims"),
        deny_nouns=words("deny_nouns"),
        agentless=words("agentless"),
        citing=words("citing"),
        plain=words("plain"),
        inverting=words("inverting"),
        closing=words("closing"),
        counted=words("counted"),
        beside_only=words("beside_only"),
        citable=words("citable"),
        documents=words("documents"),
        giving=words("giving"),
        headline_sources=words("headline_sources"),
        bare_headline_sources=words("bare_headline_sources"),
        headline_labels=words("headline_labels"),
        headline_joints=words("headline_joints"),
        toll_verbs=words("toll_verbs"),
        tolls=words("tolls"),
    )


def denies(cue: str, content: str, cues: Cues) -> bool:
    """Whether a cue's words deny the content, told without a parse.

    Strong verbs ("denied") do unless negated; weak ones ("rejected") where the content is a clause
    or names a claim ("that it bombed", "claims of torture").
    """
    words = cue.lower().split()
    if any(word in {"not", "never"} or word.endswith(("n't", "n’t")) for word in words):
        return False
    said = {verb for verb in cues.denials if {verb, verb + "ing", *_forms(verb)} & set(words)}
    if said - cues.weak_denials or cues.deny_nouns & set(words):
        return True
    first = [word.strip('"“”,.') for word in content.lower().split()[:4]]
    return bool(said) and (
        first[:1] == ["that"] or any(word.rstrip("s") in cues.claims for word in first)
    )


def is_no_cue(cue: str, content: str, cues: Cues) -> bool:
    """Whether a verb with this object attributes nothing, told without a parse.

    "Claimed the lives of", "denied entry to": the object stands among the content's first words.
    """
    last = cue.lower().split()[-1:]
    first = {word.strip('“”",.').rstrip("s") for word in content.lower().split()[:3]}
    return any(
        first & {noun.rstrip("s") for noun in nouns}
        for verb, nouns in cues.not_objects.items()
        if {verb, f"{verb.removesuffix('e')}ing", *_forms(verb)} & set(last)
    )
