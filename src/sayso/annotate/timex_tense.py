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
    for place in range(made.first - 1, max(-1, made.first - 1 - LOOK_BACK), -1):
        token = tokens[place]
        if token.classes & {"stop", "gap"}:
            break
        found = _verb(tokens, place, lexicon)
        if found:
            return found
    for place in range(made.last, min(len(tokens), made.last + LOOK_AHEAD)):
        if tokens[place].classes & {"stop", "gap"}:
            break
        found = _verb(tokens, place, lexicon)
        if found:
            return found
    return None


def _verb(tokens: list[Token], place: int, lexicon: Lexicon) -> Tense | None:
    """The tense of a verb at this token, if there is one."""
    word = tokens[place].word
    before = tokens[place - 1].word if place else ""
    if word in lexicon.near["future"]:
        return "future"
    if word == "be" and before == "to":
        return "future"
    if word in lexicon.near["past"] and before not in ("be", "being", "to", "is", "are"):
        return "past"
    if word in ("is", "are", "am") and place + 1 < len(tokens) and tokens[place + 1].word == "to":
        return "future"
    if word.endswith("ed") and len(word) > 3 and before not in lexicon.near["determiner"]:
        return "past"
    return None
