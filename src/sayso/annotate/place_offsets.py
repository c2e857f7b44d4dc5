"""Where words put a thing away from a place: "50 km west of X", "near X", "between X and Y"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sayso.schema import OffsetSpan, PlaceSpan

if TYPE_CHECKING:
    from sayso.schema import Document

METHOD = "places.offsets/1"
KM_PER_MILE = 1.609344
LONGEST_OFFSET = 120
LONGEST_WITHIN = 60
_BEARINGS = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0}
_BETWEEN_BEARINGS = {
    "northeast": 45.0,
    "southeast": 135.0,
    "southwest": 225.0,
    "northwest": 315.0,
}
_DIRECTION = r"(?:north|south)[- ]?(?:east|west)|north|south|east|west"
_UNIT = r"kilomet(?:er|re)s?|kms?|miles?|mi|meters?|metres?"
_NUMBER = r"\d{1,4}(?:[.,]\d{1,3})?"
_DISTANCE = (
    rf"(?P<number>{_NUMBER})\s?-?(?P<unit>{_UNIT})\b"
    rf"(?:\s?\((?:about |some |around |or )?{_NUMBER}[- ]?(?:{_UNIT})\))?"
)
_WAY = re.compile(
    rf"(?:{_DISTANCE}\s(?:to the |away |further )?)?(?:just |immediately |directly )?"
    rf"(?P<direction>{_DIRECTION})(?:ern)?"
    r"(?: (?:outskirts|suburbs|countryside|edge))? (?:of|from)"
    r" (?:the |central |greater )?(?:[\w-]+ ){0,3}?$",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"{_DISTANCE}\s(?:away )?(?:from|of|outside|inside) (?:the )?(?:[\w-]+ ){{0,2}}?$",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"\b(?P<near>near|close to|just outside|on the (?:[\w-]+ )?(?:outskirts|edge|edges) of|"
    r"in the (?:vicinity|countryside|outskirts|suburbs) of|(?:the )?vicinity of|the outskirts of)"
    r" (?:the )?(?:[\w-]+ ){0,4}?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween (?:the )?(?:[\w-]+ ){0,3}?$", re.IGNORECASE)
_AND = re.compile(r" and (?:the )?(?:[\w-]+ ){0,2}?", re.IGNORECASE)
_OF_THE_CITY = re.compile(
    rf"(?:{_DISTANCE}\s(?:to the |away )?)?\b(?P<direction>{_DIRECTION}) of "
    r"(?P<what>the (?:city|town|village|capital))\b",
    re.IGNORECASE,
)
_SETTLED_WORDS = (
    r"(?:city|town|village|district|neighbou?rhood|camp|province|governorate|suburb|area|airport)"
)
_COMPASS = r"(?:north|south)?-?(?:east|west)(?:ern)?|northern|southern|north|south"
_WITHIN = re.compile(
    rf"(?: {_SETTLED_WORDS})?"
    r"(?:,? in| of| on the (?:[a-z-]+ )?(?:outskirts|edge) of)"
    rf" (?:(?:the|a|rural|central|greater|neighbou?ring|war-torn|{_COMPASS}) )*(?:[A-Z][a-z]+ )?"
    rf"(?:{_SETTLED_WORDS} of )?|, ",
)
_SUBURB_BEFORE = re.compile(
    r" (?:suburbs?|neighbou?rhoods?|districts?|quarters?|areas?|province|countryside) "
    r"(?:of |town of |village of )?"
    r"|'s |’s |s "
)


def find_offsets(
    document: Document, names: list[PlaceSpan], *, is_wide: Callable[[str], bool]
) -> Iterator[PlaceSpan]:
    """Offset phrases, each as a span of its own that ends with the name (or "the city").

    `is_wide` says whether a name is a country's, province's or region's: never "the city".
    """
    text = document.text
    literal = sorted((n for n in names if n.role == "literal"), key=lambda name: name.start)
    for at, name in enumerate(literal):
        floor = max(0, name.start - LONGEST_OFFSET, literal[at - 1].end if at else 0)
        before = text[floor : name.start]
        line = before.rfind("\n") + 1
        floor, before = floor + line, before[line:]
        if found := _way(before):
            start, offset = found
            yield _phrase(text, floor + start, name, offset)
        elif (
            at + 1 < len(literal)
            and (match := _BETWEEN.search(before))
            and _AND.fullmatch(text[name.end : literal[at + 1].start])
        ):
            other = literal[at + 1]
            yield _phrase(
                text, floor + match.start(), other, OffsetSpan(words=(name.start, other.end))
            )
    towns = [
        name for name in literal if not is_wide(name.name) and text[name.end : name.end + 1] != "-"
    ]
    yield from _of_the_city(document, towns)


def _way(before: str) -> tuple[int, OffsetSpan] | None:
    """The offset that a text ends with, and where it begins."""
    for pattern in (_WAY, _FROM, _NEAR):
        match = pattern.search(before)
        if match:
            return match.start(), _offset(match.groupdict(), match.span())
    return None


def _offset(parts: dict[str, Any], words: tuple[int, int]) -> OffsetSpan:
    kilometres = None
    if parts.get("number"):
        kilometres = float(str(parts["number"]).replace(",", "."))
        unit = str(parts["unit"]).lower()
        if unit.startswith("mi"):
            kilometres *= KM_PER_MILE
        elif unit.startswith("met"):
            kilometres /= 1_000
    bearing = None
    if parts.get("direction"):
        direction = re.sub(r"[- ]", "", str(parts["direction"]).lower())
        bearing = (_BEARINGS | _BETWEEN_BEARINGS)[direction]
    return OffsetSpan(kilometres=kilometres, bearing=bearing, words=words)


def _phrase(text: str, start: int, name: PlaceSpan, offset: OffsetSpan) -> PlaceSpan:
    """A span from the offset's first word to the name's last; `words` then marks the offset."""
    words = offset.words if offset.words[0] >= start else (start, name.start)
    trimmed = text[words[0] : words[1]].rstrip()
    return PlaceSpan(
        start=start,
        end=name.end,
        name=name.name,
        role="literal",
        offset=OffsetSpan(
            kilometres=offset.kilometres,
            bearing=offset.bearing,
            words=(words[0], words[0] + len(trimmed)),
        ),
        within=name.within,
        method=METHOD,
    )


def _of_the_city(document: Document, towns: list[PlaceSpan]) -> Iterator[PlaceSpan]:
    """Offsets from "the city": of the town that was named last before."""
    text = document.text
    ends = [name.end for name in towns]
    for match in _OF_THE_CITY.finditer(text):
        earlier = bisect_right(ends, match.start())
        if not earlier:
            continue
        town = towns[earlier - 1]
        offset = _offset(match.groupdict(), match.span())
        yield PlaceSpan(
            start=match.start(),
            end=match.end(),
            name=town.name,
            role="literal",
            offset=OffsetSpan(
                kilometres=offset.kilometres,
                bearing=offset.bearing,
                words=(match.start(), match.start("what") - 1),
            ),
            within=town.within,
            method=METHOD,
        )


def within_of(text: str, name: PlaceSpan, following: Iterable[PlaceSpan]) -> str | None:
    """The container that the words give a name: the next place after "in", "of" or a comma."""
    for other in following:
        if other.start < name.end:
            continue
        gap = text[name.end : other.start]
        if len(gap) > LONGEST_WITHIN or "\n" in gap:
            return None
        if other.role == "demonym":
            continue
        return other.name if _WITHIN.fullmatch(gap) else None
    return None


def within_before(text: str, preceding: PlaceSpan, name: PlaceSpan) -> str | None:
    """The container that stands before a name: "the Damascus suburb of X"."""
    gap = text[preceding.end : name.start]
    return preceding.name if _SUBURB_BEFORE.fullmatch(gap) else None
