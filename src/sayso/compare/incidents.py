"""What kinds of incident words tell of: `knowledge/incidents.yaml`, ready for use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sayso.compare.wording import stem
from sayso.knowledge import Knowledge

NARROW = 6
"""A kind of this rank or more is told of by its own name."""

SAME_DEED = 0.7
LAYING = ("accusing", "done_by", "answerable")
"""Labels of phrases by which a deed is laid on somebody."""

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
        self._by_letter: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for row in self._forms:
            self._by_letter.setdefault(row[0][0][:1], []).append(row)
        self._beginning: dict[str, list[tuple[tuple[str, ...], str]]] = {}

    def found(self, words: Sequence[str]) -> list[str]:
        """The label of every phrase in a run of words, in its order, longest first at a word."""
        return [label for _, _, label in self.places(words)]

    def places(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """(first word, word after the last, label) of every phrase; they do not overlap."""
        hits = []
        free = 0
        for at, word in enumerate(words):
            known = self._beginning.get(word)
            if known is None:
                known = self._begin(word)
            if not known or at < free:
                continue
            for form, label in known:
                end = at + len(form)
                if end <= len(words) and all(map(_fits, words[at + 1 : end], form[1:])):
                    hits.append((at, end, label))
                    free = end
                    break
        return hits

    def _begin(self, word: str) -> list[tuple[tuple[str, ...], str]]:
        """The forms whose first word a word fits, kept for the next time."""
        rows = self._by_letter.get(word[:1], ())
        self._beginning[word] = known = [row for row in rows if _fits(word, row[0][0])]
        return known


def _fits(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern[-1] == "*" else word == pattern


class Incidents:
    """Kinds of incident, how they go together, and the cues that say whose act and when."""

    def __init__(
        self,
        lexicon: Mapping[str, Any],
        persons: Iterable[str],
        metonyms: Iterable[str],
        acronyms: Iterable[str],
    ) -> None:
        self.metonyms = frozenset(name.casefold() for name in metonyms)
        self.acronyms = frozenset(acronyms)
        self.beside_others = frozenset(lexicon["beside_others"])
        self.things = frozenset(lexicon["things"])
        self.telling = frozenset(lexicon["sayings"]) | frozenset(lexicon["counting"])
        self.hearing = frozenset(lexicon["hearing"])
        self.locative = frozenset(lexicon["locative"])
        self.persons = frozenset(persons)
        self.kinds: dict[str, dict[str, Any]] = lexicon["kinds"]
        self.means: dict[str, list[str]] = lexicon["means"]
        self.violent = frozenset(lexicon["violent"])
        self.common = frozenset(str(word) for word in lexicon["common"])
        self.ignored = self.common | {stem(word) for word in self.common}
        self.sayings = frozenset(lexicon["sayings"])
        self.words = Phrases({kind: row["words"] for kind, row in self.kinds.items()})
        self.cues = Phrases(
            {
                cue: lexicon[cue]
                for cue in ("cumulative", "earlier", "elsewhere", "total", "more", "situations")
            },
        )
        self.sides: tuple[str, ...] = tuple(lexicon["sides"])
        self.held = frozenset(lexicon["held"])
        self.onlookers = frozenset(lexicon["onlookers"])
        self.ranking = frozenset(lexicon["ranking"])
        self.said_that_day = frozenset(lexicon["said_that_day"])
        self.pictures = frozenset(lexicon["pictures"])
        self.quarters = frozenset(lexicon["quarters"])
        self.going_on = Phrases({"going on": lexicon["going_on"]})
        self.fires = Phrases(
            lexicon["sides"] | {cue: lexicon[cue] for cue in ("fire", "held", "sequel")}
        )
        self.recounts = Phrases({"recount": lexicon["recount"]})
        self.the_dead = Phrases({"the dead": lexicon["the_dead"]})
        self.charges = Phrases(
            {cue: lexicon[cue] for cue in ("claims", "denials", "refusals", "doubts", *LAYING)}
        )
        self.parties = {name: frozenset(rows) for name, rows in lexicon["parties"].items()}
        self.insurgents = frozenset(lexicon["sides"]["insurgents"])
        self.accusations = Phrases({"accusation": lexicon["accusations"]})
        self.answers = Phrases({"answer": [*lexicon["accusations"], *lexicon["answers"]]})
        self.deeds_with = frozenset(lexicon["deeds_with"])
        self.arms = Phrases({"arms": lexicon["arms"]})
        self.another = Phrases({"another": lexicon["another_deed"]})
        self.deeds = frozenset(lexicon["deeds"])
        self.undone = frozenset(lexicon["undone"])
        self._mixes = {frozenset(pair) for pair in lexicon["mixes"]}

    def group(self, kind: str) -> str:
        """The group of a kind."""
        return str(self.kinds[kind]["group"])

    def rank(self, kind: str) -> int:
        """How telling a kind is: higher is narrower."""
        return int(self.kinds[kind]["rank"])

    def narrow(self, kinds: Iterable[str]) -> frozenset[str]:
        """Those kinds that are told of by their own name."""
        return frozenset(kind for kind in kinds if self.rank(kind) >= NARROW)

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

    def mix(self, left: Iterable[str], right: Iterable[str]) -> bool:
        """Whether reports that tell of these kinds first can be of one incident: yes unless their
        narrow kinds are all of other groups.
        """
        groups = [frozenset(map(self.group, self.narrow(kinds))) for kinds in (left, right)]
        return not (groups[0] and groups[1]) or bool(groups[0] & groups[1])

    def one_deed(self, left: frozenset[str], right: frozenset[str]) -> bool:
        """Whether words of these kinds can be of one deed: a gas attack is no missile strike."""
        narrow = [self.narrow(kinds) for kinds in (left, right)]
        if narrow[0] and narrow[1]:
            return bool(narrow[0] & narrow[1])
        groups = [frozenset(map(self.group, kinds)) for kinds in (left, right)]
        return not (left and right) or self.agree(groups[0], groups[1]) >= SAME_DEED


@lru_cache(maxsize=4)
def incidents(knowledge: Knowledge) -> Incidents:
    """The incidents that some knowledge holds, made once."""
    return Incidents(
        knowledge.lexicon("incidents"),
        knowledge.lexicon("counted")["persons"],
        (name for entry in knowledge.actors.entries.values() for name in entry.metonyms),
        (name for entry in knowledge.actors.entries.values() for name in entry.acronyms),
    )
