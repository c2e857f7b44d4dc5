"""Where the actors, places and times of one document stand, as comparing sees them."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from sayso.compare.ground import Spot, spot
from sayso.compare.voices import Voices
from sayso.compare.wording import Words
from sayso.ids import Span
from sayso.schema import Resolved, Time

_FORCES = frozenset({
    "regime", "regimes", "government", "governments", "forces", "force", "troops", "army",
    "military", "loyalists", "warplanes", "warplane", "jets", "jet", "aircraft", "air",
    "helicopters", "helicopter", "planes", "administration", "security", "militias",
})  # fmt: skip
"""After a person's name these say that a state's government or forces are meant."""

_LOYAL_REACH = 6
"""Words before a name among which "loyal to" and "the government of" say the same."""

_TIED = frozenset({"linked", "backed", "affiliated", "aligned", "allied", "inspired", "tied"})
"""After a name these say that the next one is meant: "X-linked Y"."""

_LONGEST_NAME_END = 2


class Standing:
    """Where the actors of one document stand, as actors of the case; its places and times."""

    def __init__(self, item: Resolved, voices: Voices) -> None:
        self._voices = voices
        self._places = sorted(item.places, key=lambda place: place.start)
        self._times = sorted(
            (t for t in item.times if t.type in ("DATE", "TIME")), key=lambda t: t.start
        )
        self._spans = sorted(
            (start, end, found)
            for actor in item.actors
            for start, end in actor.spans
            if (found := voices.actor(actor.id, actor.name))
        )

    def spots(self, start: int, end: int) -> tuple[Spot, ...]:
        """The places that stand in a span."""
        first = bisect_left(self._places, start, key=lambda place: place.start)
        last = bisect_left(self._places, end, key=lambda place: place.start)
        found = (spot(place) for place in self._places[first:last])
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def times(self, start: int, end: int) -> list[Time]:
        """The days and times of day that stand in a span."""
        first = bisect_left(self._times, start, key=lambda time: time.start)
        last = bisect_left(self._times, end, key=lambda time: time.start)
        return self._times[first:last]

    def after(self, start: int, end: int, words: Words) -> str | None:
        """The first actor that begins in a span, as whoever can be blamed: of "X-linked Y" Y, of
        "X's regime" and "forces loyal to X" the state.
        """
        first = bisect_left(self._spans, (start,))
        for begin, stop, actor in self._spans[first:]:
            if begin >= end:
                break
            if self._word_after(stop, words) not in _TIED:
                return self.as_side(actor, begin, stop, words)
        return None

    def inside(self, start: int, end: int) -> tuple[list[str], list[Span]]:
        """The actors that begin in a span, and where."""
        first = bisect_left(self._spans, (start,))
        last = bisect_left(self._spans, (end,))
        held = self._spans[first:last]
        return [actor for _, _, actor in held], [(a, b) for a, b, _ in held]

    def before(self, start: int, end: int, words: Words) -> str | None:
        """The last actor that ends in a span, as whoever can be blamed."""
        last = bisect_left(self._spans, (end,))
        for begin, stop, actor in reversed(self._spans[:last]):
            if begin < start:
                break
            if stop <= end:
                return self.as_side(actor, begin, stop, words)
        return None

    def as_side(self, actor: str, start: int, end: int, words: Words) -> str | None:
        """An actor at a span, or the state whose regime or forces the words around name by a
        person; null where that state is not known.
        """
        if self._voices.kind(actor) != "person" or not self._is_regime(start, end, words):
            return actor
        keys = self._voices.named(self._voices.name(actor), None).keys
        return keys[1] if len(keys) > 1 else None

    def _is_regime(self, start: int, end: int, words: Words) -> bool:
        here = words.number(start)
        if self._word_after(end, words) in _FORCES or _FORCES & {*words.between(start, end)}:
            return True
        before = words.words[max(0, here - _LOYAL_REACH) : here]
        return any(
            (one == "loyal" and other == "to") or (one in _FORCES and other == "of")
            for one, other in pairwise(before)
        )

    def _word_after(self, end: int, words: Words) -> str | None:
        n = words.number(end)
        if n < len(words.words) and words.starts[n] <= end + _LONGEST_NAME_END:
            return words.words[n]
        return None
