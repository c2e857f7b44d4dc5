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

from sayso.annotate.timex_match import Made, Match, Parts
from sayso.annotate.timex_rules import RULES
from sayso.annotate.timex_tense import point
from sayso.annotate.timex_tokens import Lexicon, Token, load_lexicon, tokenise
from sayso.knowledge import Knowledge
from sayso.schema import Document, TimeSpan

if TYPE_CHECKING:
    from sayso.annotate.parse import Parse

METHOD = "times.rules/1"
SENTENCE_MOST = 50
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
        for one in made:
            tense, direction = point(one, tokens, lexicon)
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
    return tuple(found)


@cache
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    for rule, _ in RULES:
        for word in lexicon.words_of(rule):
            lexicon.literal(word)
    lexicon.seal()
    return tuple(lexicon.compile(rule) for rule, _ in RULES)


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
    tokens: list[Token], characters: str, lexicon: Lexicon, patterns: tuple[re.Pattern[str], ...]
) -> list[Made]:
    """The longest expression at each place; of equals the one whose rule stands first."""
    candidates: list[tuple[int, int, int, Made]] = []
    for order, (pattern, (_, make)) in enumerate(zip(patterns, RULES, strict=True)):
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
    return joined


def _joined(left: Made, right: Made, tokens: list[Token]) -> Made | None:
    between = [token.word for token in tokens[left.last : right.first]]
    if left.rule == "clock" and right.rule in _JOINABLE and between in ([], ["on"], [","], ["of"]):
        parts = right.parts | {"clock": left.parts["clock"]}
        return Made(left.first, right.last, "TIME", right.rule, parts)
    if (
        left.rule == "narrative"
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
