"""Which way a time expression points, from cheap cues of its clause: leads, modals, past forms."""

from __future__ import annotations

from typing import Literal

from sayso.annotate.timex_match import Made
from sayso.annotate.timex_tokens import Lexicon, Token

Tense = Literal["past", "present", "future"]
Direction = Literal["before", "after"]

LEAD_MOST = 5
LOOK_BACK = 30
LOOK_AHEAD = 16
"""How many words of the clause are looked at to either side."""


def point(
    made: Made, tokens: list[Token], lexicon: Lexicon
) -> tuple[Tense | None, Direction | None]:
    """Tense of the clause and direction of the expression; None where nothing tells.

    A direction without a tense comes from the words right before and is sure.
    """
    lead = _lead(made, tokens, lexicon)
    if lead:
        return None, lead
    tense = _tense(made, tokens, lexicon)
    if tense is None:
        return None, None
    return tense, "after" if tense == "future" else "before"


def _lead(made: Made, tokens: list[Token], lexicon: Lexicon) -> Direction | None:
    """The words right before: "starting", "scheduled for", "as early as", "since", "dated"."""
    near = lexicon.near
    for back in range(1, LEAD_MOST + 1):
        place = made.first - back
        if place < 0:
            break
        word, before = tokens[place].word, tokens[place - 1].word if place else ""
        if word in ("soon", "early") and before == "as" and back > 1:
            return "after"
        if word in near["ahead_strong"]:
            if before == "been":
                return "before"
            # "Until Monday, he was": how long something was, at the head of a sentence.
            opens = place == 0 or bool(tokens[place - 1].classes & {"stop", "gap"})
            return None if opens and word in ("until", "till") else "after"
        if word in ("since", "dated", "ended"):
            return "before"
        if word not in near["ahead_lead"]:
            break
    return None


def _tense(made: Made, tokens: list[Token], lexicon: Lexicon) -> Tense | None:
    """Of the verb before it in its own clause, else of the one after it, else further back."""
    first = made.first - 1
    border = _border(tokens, first, lexicon)
    return (
        _found(range(first, border, -1), tokens, lexicon)
        or _awaited(range(border, first + 1), tokens, lexicon)
        or _found(range(made.last, min(len(tokens), made.last + LOOK_AHEAD)), tokens, lexicon)
        or _found(range(border, max(-1, first - LOOK_BACK), -1), tokens, lexicon)
    )


def _border(tokens: list[Token], first: int, lexicon: Lexicon) -> int:
    """The place before the clause's words: of "that", "which", "when", or of the sentence's end."""
    for place in range(first, max(-1, first - LOOK_BACK), -1):
        if (
            tokens[place].classes & {"stop", "gap"}
            or tokens[place].word in lexicon.near["opens_clause"]
        ):
            return place
    return max(-1, first - LOOK_BACK)


def _found(places: range, tokens: list[Token], lexicon: Lexicon) -> Tense | None:
    for place in places:
        if tokens[place].classes & {"stop", "gap"}:
            return None
        found = _verb(tokens, place, lexicon)
        if found:
            return found
    return None


def _awaited(places: range, tokens: list[Token], lexicon: Lexicon) -> Tense | None:
    """A present tense under a word of waiting speaks of the future: "when the case is heard in"."""
    words = [tokens[place].word for place in places if place >= 0]
    awaits = bool(words) and words[0] in lexicon.near["awaits"]
    return "future" if awaits and {"is", "are"} & set(words) else None


def _verb(tokens: list[Token], place: int, lexicon: Lexicon) -> Tense | None:
    """The tense of a verb at this token, if there is one."""
    word = tokens[place].word
    before = tokens[place - 1].word if place else ""
    if "month" in tokens[place].classes:  # "May"
        return None
    if word in lexicon.near["future"]:
        return "future"
    if word in lexicon.near["announced"] and before != "to":
        return "future"
    if word == "is" and place + 1 < len(tokens) and "weekday" in tokens[place + 1].classes:
        return "future"
    if word == "be" and before == "to":
        return "future"
    if word in ("was", "were") and [t.word for t in tokens[place + 1 : place + 3]][:1] == ["to"]:
        return (
            "past"
            if tokens[place + 2 : place + 3][0:1] and tokens[place + 2].word == "have"
            else "future"
        )
    if word in lexicon.near["past"] and before not in ("be", "being", "to", "is", "are"):
        return "past"
    if word in ("is", "are", "am") and place + 1 < len(tokens) and tokens[place + 1].word == "to":
        return "future"
    if word.endswith("ed") and len(word) > 3 and before not in lexicon.near["determiner"]:
        return "past"
    return None
