"""Who stands behind a source's words: an actor of the document, or the words themselves."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from sayso.ids import Span
from sayso.schema import Annotations, Document, LocalActor, Voice

NOBODY = "unnamed"
"""The speaker of words that are handed to nobody in particular ("was reported")."""
FARTHEST_ISSUER = 2000
"""Code points between "the statement" and the sentence that says whose it is."""

_ARTICLE = re.compile(r"(?:the|an?|some|this|that|these|those|another|its|his|her|their)\s+", re.I)
_PART = re.compile(
    r",|;|\s-\s|[–—(]|(?<!-)\b(?:of|for|in|at|from|with|to|on|by|near|inside|outside|about|against|who|which|that"
    r"|whose|speaking|citing|quoted|based|close|familiar|loyal|linked|affiliated|allied)\b"
)
_WORD = re.compile(r"\w+(?:['’.-]\w+)*\.?")
_SMALL = frozenset(
    ["of", "the", "al", "el", "bin", "ibn", "de", "van", "von", "der", "and", "for", "&", "la"]
)
FARTHEST_NAME = 600
"""Code points between an office and the name of who holds it."""
FEWEST_NAME_WORDS = 2
_PRONOUNS = frozenset(
    [
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "you",
        "who",
        "which",
        "that",
        "this",
        "these",
        "those",
        "one",
        "some",
        "others",
    ]
)
_OWN = frozenset(["we", "i", "us"])


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """A voice: `name` is null for the outlet's own."""

    name: str | None
    actor: str | None
    voice: Voice


OUTLET_VOICE = Speaker(name=None, actor=None, voice="outlet")


class Actors:
    """The actors of a document, to be found by the place of their mentions."""

    def __init__(self, actors: Iterable[LocalActor], annotations: Annotations) -> None:
        named = {(m.start, m.end) for m in annotations.mentions if m.form == "name"}
        self._spans: list[tuple[int, int, LocalActor]] = sorted(
            ((start, end, actor) for actor in actors for start, end in actor.spans),
            key=lambda row: row[:2],
        )
        self._starts = [row[0] for row in self._spans]
        self._longest = max((end - start for start, end, _ in self._spans), default=0)
        self._named = {
            actor.id
            for _, _, actor in self._spans
            if actor.key or any(span in named for span in actor.spans) or is_name(actor.name)
        }

    def named(self, actor: LocalActor) -> bool:
        """Whether the document gives the actor a name."""
        return actor.id in self._named

    def overlapping(self, start: int, end: int) -> list[tuple[int, int, LocalActor]]:
        """The mentions, with their actors, that share characters with a range."""
        low = bisect_left(self._starts, start - self._longest)
        high = bisect_right(self._starts, end - 1)
        return [row for row in self._spans[low:high] if row[1] > start]

    def at(self, start: int, end: int, *, head: Span) -> LocalActor | None:
        """The actor whose mention holds `head` and fits the range best, named ones first."""
        best: LocalActor | None = None
        best_fit: tuple[bool, float] = (False, 0.0)
        for a, b, actor in self.overlapping(*head):
            shared = min(b, end) - max(a, start)
            fit = (self.named(actor), shared / (max(b, end) - min(a, start)))
            if shared > 0 and fit > best_fit:
                best, best_fit = actor, fit
        return best


def is_name(words: str) -> bool:
    """Whether words are written as a name: every word but the small ones with a capital."""
    parts = [p for p in re.split(r"[\s()\[\],]+", words) if p and p.lower() not in _SMALL]
    return bool(parts) and all(part[0].isupper() or part[0].isdigit() for part in parts)


def without_article(words: str) -> str:
    """The words without a leading article, on one line."""
    words = " ".join(words.split()).strip(" ,;:")
    return _ARTICLE.sub("", words, count=1) if _ARTICLE.match(words) else words


def heads(text: str, start: int, end: int, *, documents: frozenset[str]) -> list[Span]:
    """The words of a noun phrase that can say who it is, the likeliest first.

    Of "a statement by Ministry spokesman A. B" that is "B", as a statement speaks for whoever
    issued it; of "the ambassador to C, D. E" it is "E", then "ambassador".
    """
    parts = _parts(text, start, end)
    if not parts:
        return []
    while len(parts) > 1 and _last_word(text, parts[0][1]) in documents:
        joint = text[parts[0][1][1] : parts[1][1][0]].strip(" ,").lower()
        if joint not in {"by", "from", "of"}:
            break
        parts = parts[1:]
    first = parts[0][1]
    found = [_last(text, first)]
    for joint, part in parts[1:]:
        if joint == "," and is_name(text[part[0] : part[1]].strip()):
            apposed = _last(text, part)
            found.insert(
                0 if not is_name(text[found[-1][0] : found[-1][1]]) else len(found), apposed
            )
            break
    return found


def _parts(text: str, start: int, end: int) -> list[tuple[str, Span]]:
    """The range cut at its joints; each part with the joint before it. Parts hold a word."""
    parts: list[tuple[str, Span]] = []
    at, joint = start, ""
    for found in (*_PART.finditer(text, start, end), None):
        stop = found.start() if found else end
        if _WORD.search(text, at, stop):
            parts.append((joint, (at, stop)))
        at, joint = (found.end(), found.group()) if found else (end, "")
    return parts


def _last(text: str, part: Span) -> Span:
    words = list(_WORD.finditer(text, *part))
    return words[-1].span()


def _last_word(text: str, part: Span) -> str:
    a, b = _last(text, part)
    return text[a:b].lower()


def _trailing_name(text: str, start: int, end: int, *, documents: frozenset[str]) -> str | None:
    """The name that a noun phrase's head ends in ("spokesman A. Name"), two words at least."""
    for head in heads(text, start, end, documents=documents):
        words = _WORD.findall(text, start, head[1])
        run: list[str] = []
        for word in reversed(words):
            if not word[0].isupper():
                break
            run.insert(0, word)
        while run and run[0].lower() in _PRONOUNS | {"the"}:
            run.pop(0)
        if len(run) >= FEWEST_NAME_WORDS:
            return " ".join(run)
    return None


def resolve_speaker(
    document: Document,
    sources: tuple[Span, ...],
    actors: Actors,
    *,
    documents: frozenset[str],
    general: frozenset[str] = frozenset(),
) -> Speaker:
    """The speaker of a source: an actor, else the source's own words.

    `general` words ("monitor", "NGO") name nobody, however a headline writes them.
    """
    if not sources:
        return Speaker(name=NOBODY, actor=None, voice="unnamed")
    text = document.text
    start, end = sources[0]
    words = without_article(text[start:end])
    own = without_article(document.outlet or "").lower()
    if words.lower() in _OWN or words.lower() == own:
        return OUTLET_VOICE
    for head in heads(text, start, end, documents=documents):
        actor = actors.at(start, end, head=head)
        if actor and actors.named(actor):
            if without_article(actor.name).lower() == own:
                return OUTLET_VOICE
            return Speaker(name=actor.name, actor=actor.id, voice="named")
    actor = actors.at(start, end, head=(start, end)) if len(words.split()) <= 1 else None
    if actor and actors.named(actor):
        return Speaker(name=actor.name, actor=actor.id, voice="named")
    name = words if is_name(words) else _trailing_name(text, start, end, documents=documents)
    if name and name.lower() not in _PRONOUNS | general:
        return Speaker(name=name, actor=None, voice="named")
    if words.lower() in _PRONOUNS:
        words = words.lower()
    return Speaker(name=words or NOBODY, actor=None, voice="unnamed")


def issuers(
    text: str,
    sources: Sequence[tuple[Span, ...]],
    cues: Sequence[tuple[Span, ...]],
    speakers: Sequence[Speaker],
    sentences: Sequence[Span],
    *,
    documents: frozenset[str],
) -> list[Speaker]:
    """The speakers, with "the statement" or "the report" put down to whoever issued it before.

    That is the speaker of the nearest earlier attribution in whose source, or else in whose
    sentence, the same noun stands.
    """
    starts = [start for start, _ in sentences]
    order = sorted((spans[0][0], k) for k, spans in enumerate(cues) if spans)
    found = list(speakers)
    for place, (at, k) in enumerate(order):
        noun = (found[k].name or "").lower()
        if found[k].actor or found[k].voice != "unnamed" or noun not in documents:
            continue
        if not sources[k] or not text[sources[k][0][0] :][:4].lower().startswith(("the ", "its ")):
            continue
        near = [(b, j) for b, j in reversed(order[:place]) if at - b <= FARTHEST_ISSUER]
        speaking = [
            (before, j)
            for before, j in near
            if (found[j].name or "").lower() not in documents and found[j].name != NOBODY
        ]
        own = (j for _, j in speaking if any(_holds(text, span, noun) for span in sources[j]))
        around = (
            j
            for before, j in speaking
            if sentences and _holds(text, sentences[max(0, bisect_right(starts, before) - 1)], noun)
        )
        issuer = next(own, None)
        issuer = next(around, None) if issuer is None else issuer
        if issuer is not None:
            found[k] = found[issuer]
    return found


def introduced(
    text: str,
    sources: Sequence[tuple[Span, ...]],
    speakers: Sequence[Speaker],
    actors: Mapping[str, LocalActor],
    *,
    offices: frozenset[str],
) -> list[Speaker]:
    """The speakers, with an office ("the deputy head of the council") put down to the person whom
    the very next attribution names for the first time, and names without any office.
    """
    order = sorted((spans[0], k) for k, spans in enumerate(sources) if spans)
    found = list(speakers)
    for (span, k), (later, j) in pairwise(order):
        person = actors.get(found[j].actor or "")
        if found[k].voice != "unnamed" or person is None or person.kind != "person":
            continue
        words = text[slice(*span)]
        head = next(iter(heads(text, *span, documents=frozenset())), span)
        is_office = words.lower().startswith("the ") and text[slice(*head)].lower() in offices
        is_first = min(person.spans)[0] >= later[0] and is_name(text[slice(*later)])
        if is_office and is_first and later[0] - span[1] <= FARTHEST_NAME:
            found[k] = found[j]
    return found


def _holds(text: str, span: Span, noun: str) -> bool:
    return re.search(rf"\b{re.escape(noun)}\b", text[slice(*span)].lower()) is not None
