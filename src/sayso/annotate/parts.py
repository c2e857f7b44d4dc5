"""How the figures of a piece hang together: lists, wholes and their parts, shares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from sayso.annotate.counted import Counted, Words
from sayso.annotate.numbers import Number
from sayso.ids import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from sayso.annotate.parse import Piece

FAR = 120
"""Characters between a whole and its part, at most."""

_INCLUDING = re.compile(
    r"\b(?:including|include[sd]?|among\s+(?:them|whom|those|the\s+(?:dead|victims|casualties|killed))|of\s+(?:whom|which|them|those|these)|comprising)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    r"\s*(?:(?:were|are|was|is)\s+)?(?:of|among)\s+(?:them|whom|which|those|the\s+(?:dead|victims|wounded|injured|killed|casualties))\b",
    re.IGNORECASE,
)
_OF_STATE = re.compile(r"\s*(?:of|among)\s+(?:those|the)\s+(?P<state>\w+)", re.IGNORECASE)
_VICTIMS = re.compile(
    r"\b(?P<state>victims|dead|casualties|fatalities|killed|wounded|injured)\s+(?:also\s+)?includ(?:e|es|ed|ing)\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?:[\s,()]*(?:and|plus|or|,)?|(?:\s+(?:from|of|in|at)(?:\s+[\w-]+){1,6}?)?[\s,]+"
    r"(?:as\s+well\s+as|in\s+addition\s+to|along\s+with))\s*(?:also\s+|(?:his|her|their)\s+)?$",
    re.IGNORECASE,
)
_AND_FROM = re.compile(r"\s+(?:from|of)(?:\s+[\w-]+){1,6}?\s+and\s+$", re.IGNORECASE)
_ALONG = re.compile(
    r"[^.;:\d]*\b(?:along\s+with|as\s+well\s+as|in\s+addition\s+to)\s+(?:the\s+|an?other\s+)?$",
    re.IGNORECASE,
)
_DIRECTLY = re.compile(r"\bincluding\s+$", re.IGNORECASE)
_PLACED = re.compile(r"[^.;:\d]*?\b(?:in|at|near|on|around|outside)\s[^.;:\d]*$", re.IGNORECASE)
_WERE = re.compile(r"\s+were\b", re.IGNORECASE)
_AND = re.compile(r"\s*,?\s*(?:and|or)\s+(?:\w+\s+){0,2}", re.IGNORECASE)
_AMONG = re.compile(
    r"\s*(?:(?:is|are|was|were)\s+)?among\s+(?:the\s+|a\s+total\s+of\s+)?$", re.IGNORECASE
)
_OF_WHOLE = re.compile(
    r"\s*(?:out\s+)?of\s+(?:the\s+|its\s+|their\s+|a\s+total\s+of\s+)?$", re.IGNORECASE
)
_BRACKET = re.compile(r"\s*[(\[,]\s*(?:or\s+|i\.e\.\s+)?$")


class Draft(msgspec.Struct, kw_only=True):
    """A figure in the making. Token indices count in the piece; `part_of` in the document."""

    piece: Piece
    text: str
    """The piece's words: spaCy joins them anew whenever a doc is asked."""
    number: Number
    first: int
    last: int
    after: int
    counted: Counted | None
    people: bool
    unit: str | None
    of: str | None
    of_span: Span | None
    effect: str | None
    sentence: int = 0
    told_after: bool = False
    tentative: bool = False
    """A figure only where a list or a whole says what befell it: "including a child"."""
    elliptic: bool = False
    """A figure only where the one before it says what it counts: "12 in Dorrun and 3 in Vel"."""
    part_of: int | None = None
    share: float | None = None

    @property
    def start(self) -> int:
        """Where the figure begins in its piece, in characters."""
        return self.number.start


def join_parts(doc: Doc, drafts: list[Draft], known: Words, *, first: int) -> list[Draft]:
    """The drafts of one piece with what one owes to another filled in: `part_of`, `share`, and
    the counted noun and the effect that a list says once. `first` is the first one's index.
    """
    for k in range(1, len(drafts)):
        _to_share(doc, drafts, k, first)
        _to_part(doc, drafts, k, first, known)
        _from_left(doc, drafts, k, first, known)
    for left, right in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        _from_right(doc, left, right)
    return _without_idle(drafts, first=first)


def _without_idle(drafts: list[Draft], *, first: int) -> list[Draft]:
    """The drafts without tentative ones that nothing befell, `part_of` counted anew."""
    kept = [
        k
        for k, draft in enumerate(drafts)
        if draft.effect or not draft.tentative or (draft.elliptic and draft.of)
    ]
    place = {first + k: first + number for number, k in enumerate(kept)}
    for k in kept:
        whole = drafts[k].part_of
        drafts[k].part_of = place.get(whole) if whole is not None else None
    return [drafts[k] for k in kept]


def _between(doc: Doc, left: Draft, right: Draft) -> str:
    token = doc[left.last]
    end = max(left.number.end, token.idx + len(token))
    return str(left.text[end : right.number.start]) if end <= right.number.start else ""


def _same_sentence(left: Draft, right: Draft) -> bool:
    return left.sentence == right.sentence


def _to_share(doc: Doc, drafts: list[Draft], k: int, first: int) -> None:
    """As in "28,000 (35 percent)" and "35 percent of about 80,000"."""
    left, right = drafts[k - 1], drafts[k]
    gap = _between(doc, left, right)
    if right.number.kind == "share" and left.number.kind == "count" and _BRACKET.match(gap):
        if right.number.value is not None:
            left.share = round(right.number.value / 100, 4)
            right.part_of = left.part_of
            right.of, right.of_span, right.people = right.of or left.of, left.of_span, left.people
            right.effect = right.effect or left.effect
            left.effect = left.effect or right.effect
        return
    counts = right.number.kind == "count" and left.number.kind in ("share", "count")
    of_whole = _OF_WHOLE.match(gap) and _same_sentence(left, right)
    if counts and left.counted is None and of_whole:
        left.part_of = first + k
        left.of, left.of_span = left.of or right.of, left.of_span or right.of_span
        left.unit = left.unit or right.unit
        left.people = left.people or right.people


def _to_part(doc: Doc, drafts: list[Draft], k: int, first: int, known: Words) -> None:
    """As in "126 people, 68 of them children", "12 including 3 women", "3 were among the 12"."""
    draft = drafts[k]
    if draft.part_of is not None or draft.number.kind not in ("count", "share"):
        return
    previous = drafts[k - 1]
    if previous.people and _AMONG.match(_between(doc, previous, draft)) and draft.people:
        if _fits(previous, draft):
            previous.part_of = first + k
            previous.effect = previous.effect or draft.effect
        return
    says_part = bool(_OF_THEM.match(draft.text, draft.number.end))
    j = _whole_index(doc, drafts, k, first, says_part=says_part)
    if j is None:
        victims = _VICTIMS.search(_between(doc, previous, draft)[-60:])
        if victims and draft.people and draft.effect is None:
            draft.effect = known.by_state.get(victims["state"].split()[-1].lower())
        return
    whole = drafts[j]
    draft.part_of = first + j
    if whole.people and not draft.people and draft.number.kind == "count":
        draft.people, draft.unit = True, "people"
    if says_part and (state := _OF_STATE.match(draft.text, draft.number.end)):
        draft.effect = known.by_state.get(state["state"].lower(), draft.effect)
    if draft.effect is None and draft.people:
        draft.effect = whole.effect
    if draft.counted is None or says_part:
        _name_part(doc, draft, whole)


def _whole_index(
    doc: Doc, drafts: list[Draft], k: int, first: int, *, says_part: bool
) -> int | None:
    """The index, among these drafts, of the whole that draft `k` is said to be a part of."""
    draft, previous = drafts[k], drafts[k - 1]
    gap = _between(doc, previous, draft)
    near = _same_sentence(previous, draft)
    if previous.part_of is not None and previous.part_of < first + k and (near or says_part):
        # A list of parts goes on: "including 9 children and 4 women".
        of_all = draft.number.value == 1 and bool(_WERE.match(draft.text, draft.number.end))
        of_all = of_all or _is_told_with(doc, drafts[previous.part_of - first], draft)
        listed = bool(_LIST.fullmatch(gap)) and draft.people and (not draft.told_after or of_all)
        listed = listed or (draft.elliptic and len(gap) <= FAR and bool(_PLACED.match(gap)))
        if listed or says_part:
            j = previous.part_of - first
            return j if _fits(draft, drafts[j]) else None
    victims = bool(_VICTIMS.search(gap[-60:])) and len(gap) <= FAR
    including = bool(_INCLUDING.search(gap[-40:])) and len(gap) <= FAR
    if not says_part and not victims and not including:
        return None
    directly = bool(_DIRECTLY.search(gap))
    for j in range(k - 1, max(-1, k - 4), -1):
        candidate = drafts[j]
        reaches = _same_sentence(candidate, draft) or ((says_part or victims) and j == k - 1)
        is_whole = candidate.number.kind == "count" and _is_whole(drafts, j, first)
        if reaches and is_whole and _fits(draft, candidate, directly=directly):
            return j
    return None


def _is_told_with(doc: Doc, whole: Draft, part: Draft) -> bool:
    """Whether the verb behind a part is its whole's: "15 people including two children died"."""
    between = doc[whole.last + 1 : part.first]
    return whole.effect == part.effect and not any(
        token.tag_[:2] == "VB" and token.tag_ != "VBG" for token in between
    )


def _is_whole(drafts: list[Draft], j: int, first: int) -> bool:
    """Whether a draft is no part, or of a whole in another sentence: it can have parts itself."""
    whole = drafts[j].part_of
    return whole is None or (
        whole < first + j and not _same_sentence(drafts[whole - first], drafts[j])
    )


def _fits(part: Draft, whole: Draft, *, directly: bool = False) -> bool:
    """Whether a part is not greater than its whole, and counts the same kind of thing.

    `directly`: it stands right behind "including", so that a noun that is not known to be of people
    ("nine natives of the valley") tells of some of them.
    """
    if part.number.kind == "share":
        return whole.number.kind == "count"
    of_some = directly and whole.people and part.effect and whole.effect in (None, part.effect)
    known = part.counted is not None and (whole.counted is not None or whole.people)
    if known and part.people != whole.people and not of_some:
        return False
    small = part.number.low if part.number.low is not None else part.number.value
    return small is None or whole.number.high is None or small <= whole.number.high


def _name_part(doc: Doc, draft: Draft, whole: Draft) -> None:
    """What "68 of them children" counts: the noun after "of them", else what the whole counts."""
    following = _OF_THEM.match(draft.text, draft.number.end)
    noun = None
    if following:
        span = doc.char_span(
            following.end(), min(len(draft.text), following.end() + 60), alignment_mode="contract"
        )
        rest = list(doc[span.start : span.start + 5]) if span is not None else []
        skip = [t for t in rest if t.lower_ in ("were", "are", "was", "is")]
        nouns = [t for t in rest[len(skip) :] if t.tag_ == "NNS"]
        opening = rest[len(skip) :][: 1 + bool(rest)]
        noun = nouns[0] if nouns and nouns[0] in opening else None
    if noun is not None:
        begin = opening[0].idx if opening[0].pos_ == "ADJ" else noun.idx
        draft.of_span = (begin, noun.idx + len(noun))
        draft.of = draft.text[begin : noun.idx + len(noun)]
    elif draft.counted is None or draft.of is None:
        draft.of, draft.of_span = whole.of, whole.of_span
    draft.people = whole.people
    draft.unit = "people" if whole.people else draft.unit or whole.unit
    draft.effect = draft.effect or whole.effect


def _from_left(doc: Doc, drafts: list[Draft], k: int, first: int, known: Words) -> None:
    """As in "killed 12 civilians and wounded 30": the second counts what the first counts."""
    left, right = drafts[k - 1], drafts[k]
    if right.number.kind != "count" or left.number.kind != "count":
        return
    if not _same_sentence(left, right):
        return
    if right.elliptic:
        _from_list(doc, left, right)
        return
    others = right.of is not None and right.of.lower() in ("others", "other", "more")
    bare = right.of is None and right.counted is None
    if (bare or (others and right.people)) and left.people:
        source = left
        if left.part_of is not None and first <= left.part_of < first + k and right.part_of is None:
            source = drafts[left.part_of - first]
        noun = doc[source.counted.head] if source.counted else None
        says = known.by_noun.get(noun.lemma_.lower()) if noun is not None else None
        if source.number.value == 1 or (says and right.effect and says not in right.effect):
            # The others of "a woman and three others" need not be women, nor are "6 martyrs and 22
            # injured" all martyrs.
            right.of, right.of_span = ("people" if others else right.of), right.of_span
        else:
            right.of, right.of_span = source.of, source.of_span
        right.people, right.unit = True, "people"
    if right.effect is None and right.people and left.effect and _goes_on(doc, left, right):
        right.effect = left.effect


def _goes_on(doc: Doc, left: Draft, right: Draft) -> bool:
    """Whether what befell the left one befell the right one with it."""
    gap = _between(doc, left, right)
    if left.told_after:  # "20 children were killed along with six teachers"
        return len(gap) <= FAR and _ALONG.fullmatch(gap) is not None
    if _LIST.fullmatch(gap):
        return True
    behind = doc[right.last + 1] if right.last + 1 < len(doc) else None
    if behind is not None and behind.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return False
    # "killed 14 fighters of the group and five civilians"
    return left.people and right.counted is not None and _AND_FROM.fullmatch(gap) is not None


def _from_list(doc: Doc, left: Draft, right: Draft) -> None:
    """As in "15 bodies in Dorrun, 10 in Vel": the same in another place."""
    gap = _between(doc, left, right)
    if len(gap) <= FAR and _PLACED.match(gap) and not (left.tentative and not left.of):
        right.of, right.of_span, right.unit = left.of, left.of_span, left.unit
        right.people, right.effect = left.people, left.effect


def _from_right(doc: Doc, left: Draft, right: Draft) -> None:
    """As in "12 civilians and 3 soldiers were killed", "killed 28 and wounded 30 fighters"."""
    if not _same_sentence(left, right) or not (left.people and right.people):
        return
    gap = _between(doc, left, right)
    if left.effect is None and right.told_after and right.effect and _LIST.fullmatch(gap):
        left.effect, left.told_after = right.effect, True
    counted = right.counted
    if left.counted is None and left.of is None and counted is not None and _AND.fullmatch(gap):
        own = right.of_span is not None and doc[counted.first].idx < right.of_span[0]
        if own and left.effect != right.effect:
            return  # "rose to 32 and 115 wounded persons"
        left.of, left.of_span = right.of, right.of_span
