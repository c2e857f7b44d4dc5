"""Time expressions of news English by rule: no parse is needed, so none is made.

Words become classes (timex_tokens), small patterns over classes find expressions (timex_rules), the
longest one wins, neighbours that make one expression are joined ("9 a.m." + "Tuesday"), and the
clause says which way each points (timex_tense).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from sayso.annotate.timex_days import LOOSE
from sayso.annotate.timex_match import Made, Match, Parts
from sayso.annotate.timex_rules import RULES
from sayso.annotate.timex_tense import Direction, Tense, point
from sayso.annotate.timex_tokens import Lexicon, Token, load_lexicon, tokenise
from sayso.knowledge import Knowledge
from sayso.schema import Document, TimeSpan

if TYPE_CHECKING:
    from sayso.annotate.parse import Parse

METHOD = "times.rules/2"
Pattern = tuple[re.Pattern[str], tuple[frozenset[str], ...]]
SENTENCE_MOST = 50
BREATH_MOST = 10
_BREATH = frozenset({"(", ")", ",", "on", "local", "time", "of", "or", "/"})
_BREATH_CLASSES = frozenset({"hour", "clock", "zone", "hour_number", "meridian"})
_LISTED = frozenset({"and", "or", "to", "through", "until", "and on", "or on", ""})
_RANGE = frozenset({"to", "through", "thru", "until", "till", "-", "–"})
_SHORTER = {"Y": "MD", "M": "WD", "W": "D", "D": "h", "h": "m", "m": "s"}
"""Units that can go on from a longer one: "two hours and 15 minutes"."""
_JOINABLE = frozenset({"date", "weekday", "deictic", "narrative_unit", "festival", "shift"})


def find_times(
    document: Document,
    parse: Parse | None,  # noqa: ARG001 -- times cost no parse; every annotator is called alike
    *,
    knowledge: Knowledge,
) -> tuple[TimeSpan, ...]:
    """The time expressions of a document, in text order; furniture is left out.

    `parse` is not looked at and may be None.
    """
    lexicon = load_lexicon(knowledge)
    patterns, days = _patterns(lexicon), _known_days(lexicon)
    found: list[TimeSpan] = []
    for block in document.blocks:
        if block.kind == "furniture":
            continue
        tokens, characters = tokenise(document.text, block.start, block.end, lexicon)
        made = _join(_choose(tokens, characters, lexicon, patterns), tokens)
        made = _day_after_clock(made, tokens)
        left: TimeSpan | None = None
        made = _ranged(made, tokens)
        for one in made:
            tense, direction = point(one, tokens, lexicon)
            if left and _listed(left, one, document.text[left.end : tokens[one.first].start]):
                tense, direction = _shared_way(left)
            found.append(
                TimeSpan(
                    start=tokens[one.first].start,
                    end=tokens[one.last - 1].end,
                    type=one.type,
                    rule=one.rule,
                    parts=one.parts | _known(one, tokens, days),
                    tense=tense,
                    direction=direction,
                    method=METHOD,
                )
            )
            left = found[-1]
    return tuple(found)


def _listed(left: TimeSpan, right: Made, between: str) -> bool:
    """Whether two weekdays stand in one list, the first of which says which way both point."""
    return (
        left.rule == right.rule == "weekday"
        and "ref" not in right.parts
        and ("ref" in left.parts or left.direction is not None)
        and between.strip(" ,").lower() in _LISTED
    )


def _shared_way(left: TimeSpan) -> tuple[Tense | None, Direction | None]:
    ref = left.parts.get("ref")
    if ref in ("next", "last"):
        return None, "after" if ref == "next" else "before"
    return left.tense, left.direction


def _ranged(found: list[Made], tokens: list[Token]) -> list[Made]:
    """Weekdays read together: the second of "Monday through Friday" follows the first; "Monday and
    Tuesday nights" and "every Monday and Tuesday" come round twice.
    """
    for place in range(len(found) - 1):
        left, right = found[place], found[place + 1]
        between = [token.word for token in tokens[left.last : right.first]]
        if left.rule == right.rule == "weekday" and len(between) == 1 and between[0] in _RANGE:
            if "ref" not in right.parts and "part" not in left.parts:
                parts = right.parts | {"ref": "range"}
                found[place + 1] = msgspec.structs.replace(right, parts=parts)
        elif between in (["and"], ["or"]) and {left.rule, right.rule} == {"weekday", "set_weekday"}:
            part = right.parts.get("part")
            again, shared = (place, part) if left.rule == "weekday" else (place + 1, None)
            if left.rule == "weekday" and not part:
                continue
            one = found[again]
            parts = {"weekday": one.parts["weekday"]} | ({"part": shared} if shared else {})
            found[again] = Made(one.first, one.last, "SET", "set_weekday", parts)
    return found


@cache
def _patterns(lexicon: Lexicon) -> tuple[Pattern, ...]:
    """Each rule as a pattern, with the characters that it needs."""
    for rule, _ in RULES:
        for word in lexicon.words_of(rule):
            lexicon.literal(word)
    lexicon.seal()
    return tuple((lexicon.compile(rule), lexicon.needed(rule)) for rule, _ in RULES)


Known = dict[tuple[int, int], list[tuple[int, list[set[str]], str]]]


@cache
def _known_days(lexicon: Lexicon) -> Known:
    """Days of a known year, by month and day: the year, groups of words, what happened."""
    known: Known = {}
    for row in lexicon.data.get("dated", ()):
        day = row["day"]
        groups = [set(map(str, group)) for group in row["near"]]
        known.setdefault((day.month, day.day), []).append((day.year, groups, row["what"]))
    return known


def _known(made: Made, tokens: list[Token], days: Known) -> Parts:
    """The year of a well-known day whose words stand in the same sentence, beside no other year."""
    if made.rule != "date" or "year" in made.parts or "day" not in made.parts:
        return {}
    for year, groups, what in days.get((int(made.parts["month"]), int(made.parts["day"])), ()):
        words = _sentence(made, tokens)
        if all(group & words for group in groups):
            return {"known_year": year, "known": what}
    return {}


def _sentence(made: Made, tokens: list[Token]) -> set[str]:
    first, last = made.first, made.last
    while first > max(0, made.first - SENTENCE_MOST) and not tokens[first - 1].classes & {
        "stop",
        "gap",
    }:
        first -= 1
    while last < min(len(tokens), made.last + SENTENCE_MOST) and not tokens[last].classes & {
        "stop",
        "gap",
    }:
        last += 1
    return {token.word for token in tokens[first:last]}


def _choose(
    tokens: list[Token], characters: str, lexicon: Lexicon, patterns: tuple[Pattern, ...]
) -> list[Made]:
    """The longest expression at each place; of equals the one whose rule stands first."""
    candidates: list[tuple[int, int, int, Made]] = []
    there = set(characters)
    for order, ((pattern, needed), (_, make)) in enumerate(zip(patterns, RULES, strict=True)):
        if any(there.isdisjoint(one_of) for one_of in needed):
            continue
        for match in pattern.finditer(characters):
            made = make(Match(match, tokens, lexicon))
            if made is not None:
                candidates.append((made.first, -made.last, order, made))
    candidates.sort(key=lambda candidate: candidate[:3])
    chosen: list[Made] = []
    for first, _, _, made in candidates:
        if not chosen or first >= chosen[-1].last:
            chosen.append(made)
    return chosen


def _join(found: list[Made], tokens: list[Token]) -> list[Made]:
    """Neighbours that make one expression, joined: clock and day, weekday and date."""
    joined: list[Made] = []
    for made in found:
        both = _joined(joined[-1], made, tokens) if joined else None
        if both:
            joined[-1] = both
        else:
            joined.append(made)
    return [made for made in joined if made.rule != LOOSE]


def _day_after_clock(found: list[Made], tokens: list[Token]) -> list[Made]:
    """Clock times whose day follows in the same breath: "7 p.m. (1600 GMT) on Monday"."""
    dated: list[Made] = []
    for made in reversed(found):
        day = next((d for d in reversed(dated) if _is_day_of(made, d, tokens)), None)
        if made.rule == "clock" and day is not None:
            parts = {k: v for k, v in day.parts.items() if k not in ("part", "clock")}
            made = msgspec.structs.replace(made, rule=day.rule, parts=parts | made.parts)
        dated.append(made)
    return dated[::-1]


def _is_day_of(clock: Made, day: Made, tokens: list[Token]) -> bool:
    if day.rule not in ("weekday", "deictic", "date") or day.first - clock.last > BREATH_MOST:
        return False
    if day.rule == "date" and "day" not in day.parts:
        return False
    between = tokens[clock.last : day.first]
    return all(t.word in _BREATH or t.classes & _BREATH_CLASSES for t in between)


def _half_day(clock: str, part: str) -> str:
    """The clock in 24 hours where a part of the day tells which half: "10 o'clock at night"."""
    hour = int(clock[1:3])
    least = {"TAF": 1, "TEV": 1, "TNI": 6}.get(part, 12)
    return f"T{hour + 12:02d}{clock[3:]}" if least <= hour < 12 else clock


def _overnight(made: Made, tokens: list[Token]) -> bool:
    return made.last - made.first == 1 and tokens[made.first].word == "overnight"


def _longer(left: Made, right: Made) -> Made | None:
    """One length of two units: "two hours and 15 minutes"."""
    amounts = str(left.parts["n"]), str(right.parts["n"])
    if right.last - right.first < 2:  # "weeklong, daylong"
        return None
    follows = str(right.parts["unit"]) in _SHORTER.get(str(left.parts["unit"]), "")
    if not follows or not all(amount.isdigit() for amount in amounts):
        return None
    if {"ref", "more"} & (set(left.parts) | set(right.parts)):
        return None
    parts = left.parts | {"more": amounts[1], "more_unit": right.parts["unit"]}
    return msgspec.structs.replace(left, last=right.last, parts=parts)


def _joined(left: Made, right: Made, tokens: list[Token]) -> Made | None:
    between = [token.word for token in tokens[left.last : right.first]]
    if left.rule == "clock" and right.rule == "narrative" and between in (["in"], ["at"]):
        # "5:30 in the morning"
        clock = _half_day(str(left.parts["clock"]), str(right.parts["part"]))
        return Made(left.first, right.last, "TIME", "clock", left.parts | {"clock": clock})
    if _overnight(left, tokens) and right.rule == "weekday" and between in ([], ["on"]):
        return Made(left.first, right.last, "TIME", "weekday", right.parts | {"part": "TNI"})
    if left.rule == "weekday" and _overnight(right, tokens) and not between:
        return Made(left.first, right.last, "TIME", "weekday", left.parts | {"part": "TNI"})
    if left.rule == right.rule == "duration" and between in ([], ["and"], [","]):
        return _longer(left, right)
    if left.rule == "clock" and right.rule in _JOINABLE and between in ([], ["on"], [","], ["of"]):
        clock = _half_day(str(left.parts["clock"]), str(right.parts.get("part", "")))
        parts = right.parts | {"clock": clock}
        return Made(left.first, right.last, "TIME", right.rule, parts)
    if (
        left.rule in ("narrative", LOOSE)
        and right.rule in ("weekday", "deictic", "date")
        and between in ([], ["of"], ["on"], [","])
    ):
        parts = right.parts | {"part": left.parts["part"]}
        return Made(left.first, right.last, "TIME", right.rule, parts)
    dated = right.rule == "date" and "day" in right.parts and "weekday" not in right.parts
    if left.rule == "weekday" and dated and between in ([], [","], ["the"], [",", "the"]):
        parts = right.parts | {
            name: left.parts[name] for name in ("weekday", "part") if name in left.parts
        }
        return msgspec.structs.replace(right, first=left.first, parts=parts)
    return None
