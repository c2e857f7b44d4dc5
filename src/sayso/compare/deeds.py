"""Deeds: whether words of blame, denial or claim are about what a telling tells of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.compare.days import Window, window
from sayso.compare.ground import distance, nearness
from sayso.compare.incidents import Incidents
from sayso.compare.sides import fire_of
from sayso.compare.standing import Standing
from sayso.compare.tellings import Telling
from sayso.compare.wording import Words

EARLIER = 7
"""Days before a telling's from which on a day is of something else."""

LEAD = 4
"""Sentences at a telling's beginning that never go on with what was told before."""

BACK = 3
"""Sentences back over which words go on with a deed of its own day or place."""

JUST_BEFORE = 6
"""Words before a denial among which is what is denied: "an accusation that X has denied"."""

_SINCE = frozenset({"since", "from"})
_ACCUSED = frozenset({"accused", "accuses", "accusing", "accuse", "blamed", "blames", "blaming"})
_WHAT_FOR = frozenset({"of", "for", "over", "on"})
_HAVE = frozenset({"has", "have"})
_AFTER_OBJECT = frozenset({"to", "as", "in", "after", "before", "during", "while", "amid", "since"})
_IT = frozenset({"it", "they", "which", "that", "this", "these"})
_MANY = frozenset({"crimes", "violations", "abuses", "atrocities"})


class Deeds:
    """Which words of a document are about the deed of one of its tellings."""

    def __init__(
        self, telling: Telling, standing: Standing, words: Words, kinds: Incidents
    ) -> None:
        self._telling = telling
        self._standing = standing
        self._words = words
        self._kinds = kinds
        spans = telling.spans[:LEAD]
        self._lead = frozenset(words.sentence_at(start) for start, _ in spans)

    def is_blamed(self, at: int, stop: int) -> bool:
        """Whether a phrase of blame (the numbers of its words) is about the deed."""
        words = self._words
        start, end = words.sentences[words.sentence_at(words.starts[at])]
        if not self._is_this(at, start, end):
            return False
        if self._other_side(start, end):
            return False
        after = words.words[stop : words.number(end)]
        what_for = next((n for n, word in enumerate(after) if word in _WHAT_FOR), None)
        if what_for is None:
            if words.words[at] not in _ACCUSED:
                what_for = -1
            else:  # nothing is said of what for: what the sentence before tells of
                start = words.sentences[max(0, words.sentence_at(start) - 1)][0]
        doing = self._doing(after[what_for + 1 :]) if what_for is not None else None
        if doing is False:
            return False
        return doing or self._names_it(start, end) or self._answers(start, end)

    def _doing(self, what: tuple[str, ...]) -> bool | None:
        """Whether somebody is blamed for doing a deed; null where it is not for doing anything."""
        words = [word for word in what if not word.endswith("ly") and word != "having"]
        if not words or not (words[0].endswith("ing") or "having" in what[:2]):
            return None
        if words[0] == "being":
            return words[1:2] in (["behind"], ["responsible"], ["involved"], ["complicit"])
        cut = (n for n, word in enumerate(words) if word in _AFTER_OBJECT)
        object_ = words[1 : next(cut, len(words))]
        if words[0] in self._kinds.deeds_with:
            return bool(self._kinds.arms.found(object_)) or self._violent(object_)
        return words[0] in self._kinds.deeds

    def _violent(self, words: Sequence[str]) -> bool:
        """Whether words name a kind that the telling's deed can be."""
        found = frozenset(self._kinds.words.found(words))
        violent = frozenset(k for k in found if self._kinds.group(k) in self._kinds.violent)
        return bool(violent) and self._kinds.one_deed(violent, frozenset(self._telling.kinds))

    def is_denied(self, at: int, stop: int) -> bool:
        """Whether a phrase of denial is one, and about the deed: of an accusation, or of words for
        it. "Did not deny" and "will deny" are none.
        """
        words = self._words
        start, end = words.sentences[words.sentence_at(words.starts[at])]
        first = words.number(start)
        if any(w in self._kinds.undone for w in words.words[max(first, at - 2) : at]):
            return False
        if words.words[at] == "deny":
            return False  # what somebody always denies
        always = words.words[at] == "denies" or _HAVE & {*words.words[max(first, at - 3) : at]}
        if not self._is_this(at, start, end):
            return False
        if self._answers(words.starts[max(first, at - JUST_BEFORE)], words.starts[at]):
            told = self._kinds.words.found(words.between(start, words.starts[at]))
            return bool(self._kinds.narrow(told)) and self._names_it(start, words.starts[at])
        after = words.ends[stop - 1]
        if not words.words[at].startswith("den"):  # rejected, dismissed: what is said
            return bool(self._kinds.accusations.found(words.between(after, end)))
        if self._answers(after, end):
            return True
        what = words.between(after, end)
        return not always and (self._violent(what) or bool(self._kinds.arms.found(what)))

    def is_refused(self, at: int) -> bool:
        """Whether "untrue", "baseless" at a word is said of the deed, or of words for it."""
        start, end = self._words.sentences[self._words.sentence_at(self._words.starts[at])]
        if self._words.words[max(0, at - 1) : at] in (("not",), ("never",)):
            return False
        return self._is_this(at, start, end) and (
            self._answers(start, end) or self._names_it(start, end)
        )

    def is_claimed(self, at: int) -> bool:
        """Whether a claim of responsibility is for the deed."""
        words = self._words
        start, end = words.sentences[words.sentence_at(words.starts[at])]
        return self._is_this(at, start, end)

    def is_own_peoples(self, at: int) -> bool:
        """Whether the sentence of a phrase for a group's own people names the deed."""
        return self._names_it(
            *self._words.sentences[self._words.sentence_at(self._words.starts[at])]
        )

    def is_told(self, at: int) -> bool:
        """Whether what stands before "carried out by" is a deed, or a word for it."""
        before = self._words.words[max(0, at - JUST_BEFORE) : at]
        start, _ = self._words.sentences[self._words.sentence_at(self._words.starts[at])]
        if _MANY & {*before[-3:]}:
            return False
        told = self._words.between(start, self._words.ends[at])
        return bool(_IT & {*before} or self._kinds.arms.found(told)) or self._violent(told)

    def is_scene(self, start: int, end: int) -> bool:
        """Whether a state's name right before a word for the deed only says where it was: "Norway
        blast kills 3" of a blast in Norway.
        """
        land = self._standing.land(start, end)
        if land is None:
            return False
        n = self._words.number(end)
        kinds = self._kinds.words.places(self._words.words[n : n + 3])
        return any(at == 0 for at, _, _ in kinds) and any(
            not s.wide and (distance(land, s) or land.radius) < land.radius
            for s in self._telling.spots
        )

    def is_other(self, at: int) -> bool:
        """Whether the sentence at an offset tells of another deed, or on another day or place."""
        n = self._words.sentence_at(at)
        here = self._words.between(at, self._words.sentences[n][1])
        return bool(self._kinds.another.found(here)) or self._apart(n)

    def _is_this(self, at: int, start: int, end: int) -> bool:
        """Whether neither the words after a phrase nor its sentence say that it is another deed."""
        words = self._words
        if self._kinds.another.found(words.words[max(0, at - 1) : words.number(end)]):
            return False
        return not self._apart(words.sentence_at(start))

    def _other_side(self, start: int, end: int) -> bool:
        """Whether a sentence tells of the fire of the other side than the telling's."""
        fire = fire_of(self._words.between(start, end), self._kinds)
        return bool(fire and self._telling.fire) and not fire & self._telling.fire

    def _names_it(self, start: int, end: int) -> bool:
        return self._violent(self._words.between(start, end))

    def _answers(self, start: int, end: int) -> bool:
        return bool(self._kinds.answers.found(self._words.between(start, end)))

    def _apart(self, n: int) -> bool:
        """Whether a sentence names only earlier days, or only places elsewhere, or goes on with one
        before it that names earlier days.
        """
        if n in self._lead:
            return False
        start, end = self._words.sentences[n]
        narrow = [s for s in self._standing.spots(start, end) if not s.wide]
        ours = [s for s in self._telling.spots if not s.wide]
        here = any(nearness(a, b) for a in narrow for b in ours)
        if self._days(start, end):
            if self._is_earlier(n):
                return True
        elif not here and any(self._is_earlier(m) for m in self._before(n)):
            return True
        if not (narrow and ours and all(s.lat is not None for s in (*narrow, *ours))):
            return False
        return not here

    def _before(self, n: int) -> Iterator[int]:
        """The last sentence that names a day, not far before another."""
        for m in range(n - 1, max(-1, n - 1 - BACK), -1):
            if m in self._lead:
                return
            if self._days(*self._words.sentences[m]):
                yield m
                return

    def _is_earlier(self, n: int) -> bool:
        mine = self._telling.days
        days = self._days(*self._words.sentences[n])
        return mine is not None and bool(days) and all(d.last < mine.first - EARLIER for d in days)

    def _days(self, start: int, end: int) -> list[Window]:
        """The days that a sentence names, those since which something goes on left out."""
        found = []
        for time in self._standing.times(start, end):
            before = self._words.number(time.start) - 1
            if before >= 0 and self._words.words[before] in _SINCE:
                continue
            days = window(time.earliest, time.latest)
            if days is not None:
                found.append(days)
        return found
