"""Which way a time expression points, from cheap cues of its clause: leads, modals, past forms."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from sayso.annotate.timex_match import Made
from sayso.annotate.timex_tokens import Lexicon, Token

Tense = Literal["past", "present", "future"]
Direction = Literal["before", "after"]

LEAD_MOST = 5
LOOK_BACK = 30
LOOK_AHEAD = 16
"""How many words of the clause are looked at to either side."""
NEAR_VERB = 4
"""How many words back a present tense that announces may stand: "holds talks in Ostrav Monday"."""
PERFECT_MOST = 5
"""How many words back "had been" may stand before "due", "scheduled" or "to expire"."""


def point(
    made: Made, tokens: list[Token], lexicon: Lexicon
) -> tuple[Tense | None, Direction | None]:
    """Tense of the clause and direction of the expression; None where nothing tells.

    A direction without a tense comes from the words right before and is sure.
    """
    lead = _lead(made, tokens, lexicon)
    if lead == "perfect":
        return "past", "before"
    if lead:
        return None, lead
    if _of_something_done(made, tokens, lexicon):
        return None, "before"
    tense, near = _tense(made, tokens, lexicon)
    if tense is None:
        return None, None
    if tense == "future":
        return tense, "after"
    return tense, "before" if near else None


def _lead(
    made: Made, tokens: list[Token], lexicon: Lexicon
) -> Direction | Literal["perfect"] | None:
    """The words right before: "starting", "scheduled for", "as early as", "since", "dated";
    "perfect" where what was ahead is told from later on ("had been due").
    """
    near = lexicon.near
    for back in range(1, LEAD_MOST + 1):
        place = made.first - back
        if place < 0:
            break
        word, before = tokens[place].word, tokens[place - 1].word if place else ""
        if word in ("soon", "early") and before == "as" and back > 1:
            return "after"
        if word in near["ahead_strong"]:
            if _had_been(tokens, place):
                return "perfect"
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


def _had_been(tokens: list[Token], place: int) -> bool:
    """Whether what was due is told from later on: "it had been due to expire"."""
    words = [token.word for token in tokens[max(0, place - PERFECT_MOST) : place]]
    return any(pair == ("had", "been") for pair in pairwise(words))


def _of_something_done(made: Made, tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether the words go on to what happened then: "Saturday's attack", whatever the clause says
    of it ("will discuss", "would appeal").
    """
    following = tokens[made.last : made.last + 4]
    if not following or "possessive" not in following[0].classes:
        return False
    return any(token.word in lexicon.near["done"] for token in following[1:])


def _tense(made: Made, tokens: list[Token], lexicon: Lexicon) -> tuple[Tense | None, bool]:
    """Of the verb before it in its own clause, else of the one after it, else further back; and
    whether it was found before that.
    """
    first = made.first - 1
    if made.last < len(tokens) and tokens[made.last].word == "is" and made.rule == "weekday":
        return "future", True  # "Friday is the last day": past days "were"
    border = _border(tokens, first, lexicon)
    own = (
        _announced(first, border, tokens, lexicon)
        or _found(range(first, border, -1), tokens, lexicon)
        or _awaited(range(border, first + 1), tokens, lexicon)
    )
    own = own or _found(range(made.last, min(len(tokens), made.last + LOOK_AHEAD)), tokens, lexicon)
    if own:
        return own, True
    return (
        _found(range(border, max(-1, first - LOOK_BACK), -1), tokens, lexicon)
        or _headline(first, tokens, lexicon)
    ), False


def _announced(first: int, border: int, tokens: list[Token], lexicon: Lexicon) -> Tense | None:
    """A present tense right before that puts a plan on a day: "leaders vote Monday", "she travels
    to Ostrav on Monday", "they agreed to meet Monday".
    """
    near = lexicon.near
    for place in range(first, max(border, first - NEAR_VERB, 0), -1):
        word, before = tokens[place].word, tokens[place - 1].word
        if word in near["breaks"]:
            return None
        if word in near["announcing"] and not _is_noun_after(tokens[place - 1], lexicon):
            return "future"
        if word in near["announcing_base"]:
            if before == "to":
                planned = place > 1 and tokens[place - 2].word in near["plans"]
                return "future" if planned and not _had_been(tokens, place) else None
            many = before.endswith("s") and not before.endswith(("ss", "'s", "’s"))
            return "future" if many or before in near["many"] else None
    return None


def _headline(first: int, tokens: list[Token], lexicon: Lexicon) -> Tense | None:
    """An infinitive without any other verb: "Court to hear case Monday"."""
    for place in range(first, max(0, first - LOOK_BACK), -1):
        if tokens[place].classes & {"stop", "gap"}:
            return None
        if tokens[place].word in lexicon.near["announcing_base"] and tokens[place - 1].word == "to":
            return "future"
    return None


def _is_noun_after(token: Token, lexicon: Lexicon) -> bool:
    """Whether a form in -s behind this word is a plural noun: "its plays", "1.8 marks"."""
    return token.word in lexicon.near["determiner"] or bool(
        token.classes & {"integer", "amount", "decimal", "number", "vague", "scale"}
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
    if word in ("plan", "plans", "hopes") and before in lexicon.near["month_owners"]:
        return None  # "announced the plan"
    if word == "set" and not _set_to(tokens, place):
        return "past"
    if word in lexicon.near["future"]:
        return (
            "past"
            if word in lexicon.near["ahead_strong"] and _had_been(tokens, place)
            else "future"
        )
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


def _set_to(tokens: list[Token], place: int) -> bool:
    """Whether "set" means "ready": "is set to", "set for"; else it is a verb ("set aside")."""
    before = tokens[place - 1].word if place else ""
    after = tokens[place + 1].word if place + 1 < len(tokens) else ""
    return after in ("to", "for") or before in ("is", "are", "was", "were", "be", "been")
