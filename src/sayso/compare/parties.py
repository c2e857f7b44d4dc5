"""Parties: whom the words before or after a phrase of blame or claim name, and how surely."""

from __future__ import annotations

import msgspec

from sayso.compare.incidents import Incidents
from sayso.compare.standing import FORCES, Standing
from sayso.compare.wording import Words

REACH = 8
"""Words in front of a name in which it may still be of the phrase."""

NEXT_REACH = 4
"""The same behind "and" and "or"."""

_STATE = frozenset({"regime", "government"})
_OR = frozenset({"or", "nor", "either"})
_JOINING = frozenset({"and", "or", "nor"})
_NOT = frozenset({"not", "never"})


class Party(msgspec.Struct, frozen=True):
    """Whom words name: actors of the case, or a side by its word ("rebels").

    `either`: one of them, or of one who is named and one who is not. `negated`: "not" stands
    between them and what they did.
    """

    actors: tuple[str, ...] = ()
    side: str | None = None
    either: bool = False
    negated: bool = False

    @property
    def known(self) -> bool:
        """Whether the words tell who: of "either … or …" both must be told."""
        if self.either:
            return len(self.actors) > 1
        return bool(self.actors or self.side)


class Parties:
    """Reads whom the words of one document name."""

    def __init__(self, standing: Standing, words: Words, kinds: Incidents) -> None:
        self._standing = standing
        self._words = words
        self._lists = kinds.parties
        self._sides = kinds.insurgents

    def after(self, n: int, end: int) -> Party:
        """Whom a phrase names that begins with a word, before an offset: "(by) Syrian and Russian
        forces", "(by) fighters of X". A name behind a verb or most prepositions is none of the
        phrase: "(by) fighters opposed to X".
        """
        words, last = self._words.words, self._words.number(end)
        names: list[str] = []
        side, either, gap = None, False, REACH
        while n < last and gap:
            found = self._name(n)
            if found is not None:
                who, n = found
                if who is None:
                    gap = REACH
                    continue
                side = who if who in self._sides else side
                names += [who] if who not in self._sides else []
                while n < last and words[n] in self._lists["tails"]:
                    n += 1
                bound = n + 1 if n < last and words[n].endswith("ly") else n
                if not names and words[bound : bound + 1] and words[bound] in self._lists["bound"]:
                    n, gap = bound + 2, REACH  # "rebels closely linked to X"
                    continue
                if n < last and words[n] in _JOINING:
                    either, gap, n = either or words[n] in _OR, NEXT_REACH, n + 1
                    continue
                if n < last and names and self._standing.is_state(names[-1]):
                    next_ = self._name(n)  # "Syrian Russian air strikes"
                    who = next_[0] if next_ else None
                    if who and who not in self._sides and self._standing.is_state(who):
                        continue
                break
            if words[n] in _OR:
                either = True
            elif (
                words[n] in self._lists["turning"] and words[n - 1] not in self._lists["bound"]
            ) or ((names or side) and words[n] not in self._lists["between"]):
                break
            n, gap = n + 1, gap - 1
        return _party(names, side, either, negated=False)

    def before(self, at: int, first: int) -> Party:
        """Whom the words right before a phrase name, from a word on: "Syria and Russia were likely
        (behind)". "An aide to X was (behind)" names nobody.
        """
        words = self._words.words
        names: list[str] = []
        side, either, negated, n = None, False, False, at - 1
        while n >= first:
            found = self._name_ending(n)
            if found is not None:
                who, n = found
                side = who if who in self._sides else side
                names += [who] if who not in self._sides else []
                if n < first or words[n] not in _JOINING:
                    break
                either = either or words[n] in _OR
            elif words[n] in self._lists["leading"] or words[n].endswith("ly"):
                negated = negated or words[n] in _NOT
            elif words[n] not in self._lists["tails"]:
                break
            n -= 1
        while n > first and words[n] in self._lists["between"]:
            n -= 1
        if n > first and (names or side) and words[n] in self._lists["under"]:
            n -= words[n - 1] in self._lists["loyal"] | self._lists["tails"]
            if words[n] in self._lists["under"]:
                return Party()
        return _party(names[::-1], side, either, negated)

    def around(self, start: int, end: int) -> Party:
        """Those whom words at a span name, with whoever they are told of together with."""
        n = self._words.number(start)
        words = self._words.words
        found = self.after(n, end)
        if n and words[n - 1] in _JOINING:
            more = self.before(n - 1, max(0, n - REACH))
            either = found.either or words[n - 1] in _OR
            return _party([*more.actors, *found.actors], None, either, negated=False)
        return found

    def _name(self, n: int) -> tuple[str | None, int] | None:
        """Who is named from a word on, and the word after; nobody where the name only says whose
        friends or foes are meant.
        """
        words = self._words.words
        if n and words[n - 1] in self._lists["aside"]:
            return None
        here = self._standing.beginning(self._words.starts[n])
        if here is not None:
            actor, start, end = here
            stop = self._words.number(end)
            after = words[stop : stop + 2]
            if after[:1] and after[0] in self._lists["tied"] and after[1:] != ("by",):
                return None, stop + 1
            return self._standing.blamed(actor, start, end, self._words), stop
        state = self._standing.demonym(self._words.starts[n])
        if state is not None and self._is_of_forces(n + 1):
            return state, n + 1
        if words[n] in _STATE and words[n + 1 : n + 2] != ("of",):
            regime = self._standing.regime(self._words)
            return (regime, n + 1) if regime else None
        return (words[n], n + 1) if words[n] in self._sides else None

    def _is_of_forces(self, n: int) -> bool:
        """Whether an adjective of a state before a word is of its forces, alone or with others."""
        for word in self._words.words[n : n + NEXT_REACH]:
            if word in FORCES:
                return True
            if word in self._sides or (word in self._lists["turning"] and word not in _JOINING):
                return False
        return False

    def _name_ending(self, n: int) -> tuple[str, int] | None:
        """Who is named up to a word, and the word before."""
        words = self._words.words
        here = self._standing.ending(self._words.ends[n])
        if here is not None:
            actor, start, end = here
            begin = self._words.number(start)
            who = self._standing.blamed(actor, start, end, self._words)
        else:
            begin = n
            who = words[n] if words[n] in self._sides else None
            if words[n] in _STATE:
                who = self._standing.regime(self._words)
            elif self._is_of_forces(n + 1):
                who = who or self._standing.demonym(self._words.starts[n])
        if who is None or (begin and words[begin - 1] in self._lists["aside"]):
            return None
        return who, begin - 1


def _party(names: list[str], side: str | None, either: bool, negated: bool) -> Party:
    """A party of names in their order; "X or Y" of two names of one is no choice."""
    actors = tuple(dict.fromkeys(names))
    side = side if side is None or side.endswith("s") else f"{side}s"
    either = either and not (len(actors) == 1 < len(names))
    return Party(actors, side if not names else None, either, negated)
