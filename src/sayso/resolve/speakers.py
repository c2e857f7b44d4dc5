"""Who stands behind a source's words: an actor of the document, or the words themselves."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

import msgspec

from sayso.ids import Span
from sayso.schema import Annotations, Document, LocalActor, Voice

NOBODY = "unnamed"
"""The speaker of words that are handed to nobody in particular ("was reported")."""
_ARTICLE = re.compile(
    r"(?:the\s+same|the|an?|some(?!\s+(?:in|of|among)\b)|this|that|these|those|another|its|his|her"
    r"|their)\s+",
    re.I,
)
_BESIDE_NAME = re.compile(
    r",?\s+(?:the\s+|an?\s+)?(?:[\w-]+\s+){1,4}?(?:of|at|for|in|from|with|to)\s", re.I
)
_APPOSED = re.compile(r",?\s+(?:an?|the|another)\s+[a-z]")
_ADVERB = re.compile(r"(?:earlier|later|meanwhile|also|however)\s+(?=\w)", re.I)
_NAME_BEFORE = re.compile(
    r"(?P<name>[A-Z][\w’'-]+(?:\s+(?:al-|el-)?[A-Z][\w’'-]+){1,3})\s+(?:an?\s+|the\s+)?"
    r"(?P<office>[a-z][\w-]+)\s+"
    r"(?:[a-z][\w-]*\s+){0,2}?(?:of|at|for|in|from)\s"
)
_ISSUED = re.compile(r"\b(?:provided|issued|released|published|given|sent|posted|compiled)$", re.I)
_PART = re.compile(
    r"\b[A-Z]\w*\sbased\b|,|;|\s-\s|[–—(]|(?<!-)\b(?:of|for|in|at|from|with|to|on|by|near|inside|outside|about|against|who|which|that"
    r"|whose|speaking|citing|quoted|based|close|familiar|loyal|linked|affiliated|allied)\b"
)
_WORD = re.compile(r"\w+(?:['’.-]\w+)*\.?")
_SMALL = frozenset(
    ["of", "the", "al", "el", "bin", "ibn", "de", "van", "von", "der", "and", "for", "&", "la"]
)
_JOINTS = frozenset({"to", "in", "on", "at", "with", "from", "by"})
_ACRONYM = re.compile(r"\s[(\[](?P<letters>[A-Z]{2,8})[)\]]$")
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
_SEVERAL = frozenset(["they", "them", "these", "those"])
_VAGUE = frozenset({
    "all", "another", "anyone", "both", "each", "everyone", "few", "many", "most", "much", "nobody",
    "none", "one", "other", "others", "several", "some", "somebody", "someone", "such", "two",
})  # fmt: skip
"""First words of those who are not named, however a sentence's start writes them."""
_AND = re.compile(r",?\s+(?:and|as well as)\s+(?=(?P<other>\w))")
_THEIRS = re.compile(r"(?:its|his|her|their|our|my)\s", re.I)


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """A voice: `name` is null for the outlet's own."""

    name: str | None
    actor: str | None
    voice: Voice


_RELATIVE = frozenset({"who", "which"})

OUTLET_VOICE = Speaker(name=None, actor=None, voice="outlet")


class Actors:
    """The actors of a document, to be found by the place of their mentions."""

    def __init__(self, actors: Iterable[LocalActor], annotations: Annotations) -> None:
        self._names = named = {(m.start, m.end) for m in annotations.mentions if m.form == "name"}
        self._heads = {m.head[1]: m.head[0] for m in annotations.mentions if m.form == "name"}
        self._clusters: dict[Span, int] = {}
        self._phrases: dict[int, Span] = {}
        for m in annotations.mentions:
            if m.cluster is not None and m.form == "pronoun":
                self._clusters[m.start, m.end] = m.cluster
            elif m.cluster is not None and m.form == "nominal":
                self._phrases.setdefault(m.cluster, (m.start, m.end))
        self._spans: list[tuple[int, int, LocalActor]] = sorted(
            ((start, end, actor) for actor in actors for start, end in actor.spans),
            key=lambda row: row[:2],
        )
        self._starts = [row[0] for row in self._spans]
        self._by_name = {name: actor for _, _, actor in self._spans for name in actor.names}
        self._longest = max((end - start for start, end, _ in self._spans), default=0)
        self._named = {
            actor.id
            for _, _, actor in self._spans
            if actor.key or any(span in named for span in actor.spans) or is_name(actor.name)
        }

    def called(self, name: str) -> LocalActor | None:
        """The actor that the document calls by a name elsewhere."""
        return self._by_name.get(name)

    def named(self, actor: LocalActor) -> bool:
        """Whether the document gives the actor a name."""
        return actor.id in self._named

    def names(self, start: int, end: int) -> list[Span]:
        """The mentions by name that share characters with a range."""
        return [(a, b) for a, b, _ in self.overlapping(start, end) if (a, b) in self._names]

    def overlapping(self, start: int, end: int) -> list[tuple[int, int, LocalActor]]:
        """The mentions, with their actors, that share characters with a range."""
        low = bisect_left(self._starts, start - self._longest)
        high = bisect_right(self._starts, end - 1)
        return [row for row in self._spans[low:high] if row[1] > start]

    def opening(self, text: str, start: int, end: int) -> LocalActor | None:
        """Whose name a range begins with, where an office that names another follows ("Ana Brandt
        head of press at the Northern Watch") or an apposition does ("the Watch an activist group").
        """
        article = _ARTICLE.match(text, start, end)
        at = article.end() if article else start
        for a, b, actor in self.overlapping(at, at + 1):
            begins = a in (start, at) or self._heads.get(b) == at
            if not begins or b >= end or not self.named(actor):
                continue
            if _APPOSED.match(text, b, end):
                return actor
            others = (c for c, _, other in self.overlapping(b, end) if other.kind == "person")
            beside = actor.kind == "person" and _BESIDE_NAME.match(text, b, end)
            if beside and not any(c >= b for c in others):
                return actor
        return None

    def ending(self, text: str, at: int) -> Span | None:
        """The longest mention that ends where a relative pronoun at `at` takes it up."""
        end = at
        while end and at - end < 3 and text[end - 1] in " ,\n":
            end -= 1
        found = [(a, b) for a, b, _ in self.overlapping(end - 1, end) if b == end]
        return min(found, default=None)

    def described(self, start: int, end: int) -> Span | None:
        """The first noun phrase of whom the pronoun at a range stands for."""
        return self._phrases.get(self._clusters.get((start, end), -1))

    def at(self, start: int, end: int, *, head: Span, within: bool = False) -> LocalActor | None:
        """The actor whose mention holds `head` and fits the range best, named ones first.
        `within`: of names, only those that do not begin before the range.
        """
        best: LocalActor | None = None
        best_fit: tuple[bool, float] = (False, 0.0)
        for a, b, actor in self.overlapping(*head):
            if within and a < start and (a, b) in self._names:
                continue
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
    """The words without a leading article or "earlier", on one line."""
    words = " ".join(words.split()).strip(" ,;:")
    if adverb := _ADVERB.match(words):
        words = words[adverb.end() :]
    return _ARTICLE.sub("", words, count=1) if _ARTICLE.match(words) else words


def heads(text: str, start: int, end: int, *, documents: frozenset[str]) -> list[Span]:
    """The words of a noun phrase that can say who it is, the likeliest first.

    Of "a statement by Ministry spokesman A. B" that is "B", as a statement speaks for whoever
    issued it; of "the ambassador to C, D. E" it is "E", then "ambassador".
    """
    parts = _speaking(text, start, end, documents)
    if not parts:
        return []
    first = parts[0][1]
    found = [_last(text, first)]
    for joint, part in parts[1:]:
        apposes = joint == "," or joint.endswith("based")
        if apposes and is_name(text[part[0] : part[1]].strip()):
            apposed = _last(text, part)
            found.insert(
                0 if not is_name(text[found[-1][0] : found[-1][1]]) else len(found), apposed
            )
            break
    return found


def _speaking(text: str, start: int, end: int, documents: frozenset[str]) -> list[tuple[str, Span]]:
    """The parts of a noun phrase without "a statement by" and the like in front."""
    parts = _parts(text, start, end)
    while len(parts) > 1 and _is_document(text, parts[0][1], documents):
        joint = text[parts[0][1][1] : parts[1][1][0]].strip(" ,").lower()
        if joint not in {"by", "from", "of"}:
            break
        parts = parts[1:]
    return parts


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


def _is_document(text: str, part: Span, documents: frozenset[str]) -> bool:
    """Whether words mean a text: "a report", "information provided"."""
    words = [word.lower() for word in _WORD.findall(text, *part)]
    if len(words) > 1 and _ISSUED.search(words[-1]):
        words.pop()
    return words[-1] in documents


def _owner(text: str, start: int, end: int, documents: frozenset[str]) -> list[Span]:
    """Whose data speak: "NRA" of "the latest NRA figures"."""
    parts = _parts(text, start, end)
    if not parts or not _is_document(text, parts[0][1], documents):
        return []
    words = list(_WORD.finditer(text, *parts[0][1]))[:-1]
    return next(([w.span()] for w in reversed(words) if w.group()[0].isupper()), [])


def _leading_name(words: str) -> str | None:
    """The name before an office that has lost its comma: "Ana Brandt head of press at the camp"."""
    found = _NAME_BEFORE.match(words)
    return found["name"] if found and found["office"] not in _SMALL else None


def _abbreviated(words: str) -> str | None:
    """The name that an acronym behind it is short for: "Aid for the Northern Towns (ANT)"."""
    found = _ACRONYM.search(words)
    if found is None:
        return None
    letters = list(found["letters"])
    before = words[: found.start()].split()
    for n in range(len(before) - 1, -1, -1):
        if before[n][0] in letters[-1:]:
            letters.pop()
        elif before[n][0].isupper() or before[n].lower() not in _SMALL | _JOINTS:
            return None
        if not letters:
            return " ".join(before[n:])
    return None


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


def _first_of_several(
    text: str, start: int, end: int, actors: Actors, documents: frozenset[str]
) -> LocalActor | None:
    """Of those who say it together the first, if it has a name: "the Watch and two of its medics",
    "the spokesman, Ana Brandt, and a doctor". An "and" inside a name, or in what the first is of
    ("commander of the army and navy"), joins none.
    """
    for joint in _AND.finditer(text, start, end):
        if any(a < joint.start() and joint.end() < b for a, b in actors.names(*joint.span())):
            continue
        if _PART.search(text, start, joint.start()) and not _ARTICLE.match(
            text, joint.start("other"), end
        ):
            return None
        for head in heads(text, start, joint.start(), documents=documents):
            actor = actors.at(start, joint.start(), head=head)
            if actor and actors.named(actor):
                return actor
        return None
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
    if (words.lower() in _OWN and words != "US") or words.lower() == own:
        return OUTLET_VOICE
    if words.lower() in _RELATIVE and (antecedent := actors.ending(text, start)):
        return resolve_speaker(
            document, (antecedent,), actors, documents=documents, general=general
        )
    several = words.lower() in _SEVERAL
    # "… on Dorrun Monitor": a general word of a headline is no part of a name before it.
    within = words.lower() in general and words[:1].isupper()
    first = actors.opening(text, start, end) or _first_of_several(
        text, start, end, actors, documents
    )
    if first and without_article(first.name).lower() != own:
        return Speaker(name=first.name, actor=first.id, voice="named")
    for head in (
        *heads(text, start, end, documents=documents),
        *_owner(text, start, end, documents),
    ):
        actor = actors.at(start, end, head=head, within=within)
        if actor and actors.named(actor) and not (several and actor.kind == "person"):
            if without_article(actor.name).lower() == own:
                return OUTLET_VOICE
            return Speaker(name=actor.name, actor=actor.id, voice="named")
    single = len(words.split()) <= 1 and not _THEIRS.match(text, start, end)
    actor = actors.at(start, end, head=(start, end), within=within) if single else None
    if actor and actors.named(actor) and not (several and actor.kind == "person"):
        return Speaker(name=actor.name, actor=actor.id, voice="named")
    name = words if is_name(words) else _abbreviated(words)
    name = name or _trailing_name(text, start, end, documents=documents) or _leading_name(words)
    if name and name.split()[0].lower() in _VAGUE:
        name = None
    if name and name.lower() not in _PRONOUNS | general:
        return Speaker(name=name, actor=None, voice="named")
    if parts := _speaking(text, start, end, documents):
        words = without_article(text[parts[0][1][0] : end])
    if words.lower() in _PRONOUNS:
        meant = actors.described(start, end)
        words = without_article(text[slice(*meant)]) if meant else words.lower()
        if name := _leading_name(words):
            return Speaker(name=name, actor=None, voice="named")
    return Speaker(name=words or NOBODY, actor=None, voice="unnamed")
