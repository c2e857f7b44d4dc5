"""What kinds of incident words tell of: `knowledge/incidents.yaml`, ready for use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sayso.knowledge import Knowledge

_BETWEEN = re.compile(r"[\s'’-]+")


class Phrases:
    """Set phrases with a label each; "*" at the end of a word stands for any ending."""

    def __init__(self, labels: Mapping[str, Iterable[str]]) -> None:
        self._forms = [
            (tuple(word for word in _BETWEEN.split(form.casefold()) if word), label)
            for label, forms in labels.items()
            for form in forms
        ]
        self._forms.sort(key=lambda row: (-len(row[0]), row))
        self._beginning: dict[str, list[tuple[tuple[str, ...], str]]] = {}

    def found(self, words: Sequence[str]) -> list[str]:
        """The label of every phrase in a run of words, in its order, longest first at a word."""
        return [label for _, _, label in self.places(words)]

    def places(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """(first word, word after the last, label) of every phrase; they do not overlap."""
        hits = []
        at = 0
        while at < len(words):
            for form, label in self._begin(words[at]):
                end = at + len(form)
                if end <= len(words) and all(map(_fits, words[at + 1 : end], form[1:])):
                    hits.append((at, end, label))
                    at = end - 1
                    break
            at += 1
        return hits

    def _begin(self, word: str) -> list[tuple[tuple[str, ...], str]]:
        known = self._beginning.get(word)
        if known is None:
            known = [row for row in self._forms if _fits(word, row[0][0])]
            self._beginning[word] = known
        return known


def _fits(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern[-1] == "*" else word == pattern


class Incidents:
    """Kinds of incident, how they go together, and the cues that say whose act and when."""

    def __init__(self, lexicon: Mapping[str, Any], persons: Iterable[str]) -> None:
        self.persons = frozenset(persons)
        self.kinds: dict[str, dict[str, Any]] = lexicon["kinds"]
        self.means: dict[str, list[str]] = lexicon["means"]
        self.violent = frozenset(lexicon["violent"])
        self.common = frozenset(str(word) for word in lexicon["common"])
        self.sayings = frozenset(lexicon["sayings"])
        self.words = Phrases({kind: row["words"] for kind, row in self.kinds.items()})
        self.cues = Phrases(
            {
                cue: lexicon[cue]
                for cue in ("cumulative", "earlier", "elsewhere", "total", "more", "situations")
            },
        )
        self.charges = Phrases(
            {cue: lexicon[cue] for cue in ("claims", "denials", "blame", "doubts")}
        )
        self._mixes = {frozenset(pair) for pair in lexicon["mixes"]}

    def group(self, kind: str) -> str:
        """The group of a kind."""
        return str(self.kinds[kind]["group"])

    def rank(self, kind: str) -> int:
        """How telling a kind is: higher is narrower."""
        return int(self.kinds[kind]["rank"])

    def agree(self, left: frozenset[str], right: frozenset[str]) -> float:
        """How well the groups of two reports go together: 1 the same, 0 never one incident."""
        if not left or not right:
            return 0.5
        if (left & right) - {"any"}:
            return 1.0
        if ("any" in left and right & self.violent) or ("any" in right and left & self.violent):
            return 0.7
        if any(frozenset((a, b)) in self._mixes for a in left for b in right):
            return 0.5
        return 0.0


@lru_cache(maxsize=4)
def incidents(knowledge: Knowledge) -> Incidents:
    """The incidents that some knowledge holds, made once."""
    return Incidents(knowledge.lexicon("incidents"), knowledge.lexicon("counted")["persons"])
