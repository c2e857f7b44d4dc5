"""Where the actors, places and times of one document stand, as comparing sees them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from sayso.compare.ground import WIDE_KM, Spot, spot
from sayso.compare.voices import Voices
from sayso.compare.wording import Words
from sayso.ids import Span
from sayso.schema import Resolved, Time

FORCES = frozenset({
    "regime", "regimes", "government", "governments", "forces", "force", "troops", "army",
    "military", "loyalists", "warplanes", "warplane", "jets", "jet", "aircraft", "air",
    "helicopters", "helicopter", "planes", "administration", "security", "militias",
})  # fmt: skip
"""After a person's name these say that a state's government or forces are meant."""

_LOYAL_REACH = 6
"""Words before a name among which "loyal to" and "the government of" say the same."""

_TIED = frozenset({"linked", "backed", "affiliated", "aligned", "allied", "inspired", "tied"})
"""After a name these say that the next one is meant: "X-linked Y"."""

_STATE = frozenset({"regime", "government"})
_BEFORE = 3
"""Names that begin before a place and can still stand at it: one within another."""

_LONGEST_NAME_END = 2


class Standing:
    """Where the actors of one document stand, as actors of the case; its places and times."""

    def __init__(self, item: Resolved, voices: Voices) -> None:
        self._voices = voices
        self._regimes: set[str] | None = None
        self._places = sorted(item.places, key=lambda place: place.start)
        self._times = sorted(
            (t for t in item.times if t.type in ("DATE", "TIME")), key=lambda t: t.start
        )
        self._counted = [
            (told.start, told.end)
            for figure in item.figures
            for told in figure.evidence
            if figure.effect
        ]
        self._known = {voices.actor(actor.id, actor.name) for actor in item.actors if actor.key}
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

    def land(self, start: int, end: int) -> Spot | None:
        """The country or region that a span is the plain name of, as a place."""
        first = bisect_left(self._places, start, key=lambda place: place.start)
        for p in self._places[first : first + 1]:
            if (p.start, p.end, p.role) == (start, end, "literal") and (p.radius_km or 0) > WIDE_KM:
                return Spot(p.name, p.name, p.lat, p.lon, p.radius_km or 0.0)
        return None

    def counts(self, start: int, end: int) -> bool:
        """Whether the people whom words name are counted as killed or hurt."""
        return any(max(start, a) < min(end, b) for a, b in self._counted)

    def times(self, start: int, end: int) -> list[Time]:
        """The days and times of day that stand in a span."""
        first = bisect_left(self._times, start, key=lambda time: time.start)
        last = bisect_left(self._times, end, key=lambda time: time.start)
        return self._times[first:last]

    def beginning(self, at: int) -> tuple[str, int, int] | None:
        """The actor whose words begin at an offset, the longest, and where it stands."""
        first = bisect_left(self._spans, (at,))
        last = bisect_left(self._spans, (at + 1,))
        return self._found(self._spans[first:last])

    def demonym(self, at: int) -> str | None:
        """The state of an adjective that begins at an offset: "Norwegian"."""
        first = bisect_left(self._places, at, key=lambda place: place.start)
        for place in self._places[first : first + 1]:
            if place.start == at and place.role == "demonym":
                found = self._voices.actor(None, place.name)
                return found if found and self.is_state(found) else None
        return None

    def is_known(self, actor: str) -> bool:
        """Whether an actor is one that the registry knows."""
        return actor in self._known

    def is_state(self, actor: str) -> bool:
        """Whether an actor is a state or its forces."""
        return self._voices.kind(actor) in ("state", "government", "armed force")

    def ending(self, end: int) -> tuple[str, int, int] | None:
        """The actor whose words end at an offset, the longest, and where it stands."""
        last = bisect_left(self._spans, (end,))
        return self._found(self._spans[max(0, last - _BEFORE) : last], end)

    def _found(
        self, spans: Sequence[tuple[int, int, str]], end: int | None = None
    ) -> tuple[str, int, int] | None:
        fits = [s for s in spans if end is None or end - _LONGEST_NAME_END <= s[1] <= end]
        best = max(fits, key=lambda span: span[1] - span[0], default=None)
        return (best[2], best[0], best[1]) if best else None

    def regime(self, words: Words) -> str | None:
        """The one state that the document calls a regime or a government, if it is one."""
        if self._regimes is None:
            self._regimes = {
                side
                for start, end, actor in self._spans
                if self._word_after(end, words) in _STATE or _STATE & {*words.between(start, end)}
                if (side := self.as_side(actor, start, end, words))
                and self._voices.kind(side) in ("state", "government")
            }
        return next(iter(self._regimes)) if len(self._regimes) == 1 else None

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

    def sharing(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """Where actors stand that share words with a span, each with who it is."""
        first = bisect_left(self._spans, (start,))
        last = bisect_left(self._spans, (end,))
        return [held for held in self._spans[max(0, first - _BEFORE) : last] if held[1] > start]

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

    def blamed(self, actor: str, start: int, end: int, words: Words) -> str | None:
        """The same, but for a person only where the words name them ("the bomber" is too little to
        blame somebody on) and they are known to speak for a body.
        """
        side = self.as_side(actor, start, end, words)
        if side is None or self._voices.kind(side) != "person":
            return side
        here = words.between(start, end)
        name = self._voices.name(side)
        parts = {*name.casefold().replace("-", " ").split()}
        named = len(here) == 1 or any(word.rstrip("s’'") in parts for word in here)
        return side if named and len(self._voices.named(name, None).keys) > 1 else None

    def _is_regime(self, start: int, end: int, words: Words) -> bool:
        here = words.number(start)
        if self._word_after(end, words) in FORCES or FORCES & {*words.between(start, end)}:
            return True
        before = words.words[max(0, here - _LOYAL_REACH) : here]
        return any(
            (one == "loyal" and other == "to") or (one in FORCES and other == "of")
            for one, other in pairwise(before)
        )

    def _word_after(self, end: int, words: Words) -> str | None:
        n = words.number(end)
        if n < len(words.words) and words.starts[n] <= end + _LONGEST_NAME_END:
            return words.words[n]
        return None
