"""Truces: mentions of ceasefires, with brokers, parties, exclusions, places, proposer and dates."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from sayso.annotate.arguments import agents_of, is_passive, phrase, spread, subject_of
from sayso.knowledge import Knowledge
from sayso.schema import Document, TruceSpan, TruceStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Span as DocSpan
    from spacy.tokens import Token

    from sayso.annotate.parse import Parse, Piece
    from sayso.ids import Span

METHOD = "truces.rules/1"

MOST_SENTENCE = 1500
"""Characters of a sentence that are looked at."""

CUE_REACH = 48
"""Characters between the word for begin or end and its date, at most."""

MOST_MENTIONS = 12
"""Truces that one sentence tells of, at most."""

PLACE_REACH = 110
MOST_NAMES = 6

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20,
    "thirty": 30,
}  # fmt: skip
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_LASTS = re.compile(
    rf"\b{_COUNT}[\s-](?P<unit>hour|day|week|month)s?(?:[\s-]long)?[\s-]+(?:[\w-]+\s+){{0,3}}$",
    re.I,
)
_FOR = re.compile(
    rf"\b(?:after|for|lasting|lasted|last|of)\s+(?:about\s+|only\s+|just\s+)?{_COUNT}\s+(?P<unit>hour|day|week|month)s?\b",
    re.IGNORECASE,
)
_LED = re.compile(r"(?P<names>[A-Z][\w.]*(?:(?:\s?[-–/]\s?|\s+and\s+)[A-Z][\w.]*){0,3})$")
_SPLIT = re.compile(
    r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|as well as|along with|together with)\s+|\s*/\s*", re.I
)
_BETWEEN = re.compile(r"(?:\s+(?!between\b)[\w-]+){0,6}?\s+between\s+(?!\d)")
_SUCH_AS = re.compile(r"\b(?:such as|including|like|namely|among them)\s+", re.IGNORECASE)
_STOP = re.compile(
    r"[.;:!?]|,\s+(?:which|who|but|as|while|after|meaning)\b"
    r"|\s+(?:which|who|that|but|because|while|since|after|before)\s"
    r"|\s+and\s+(?:was|is|has|have|the|it)\s",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:in|across|around|throughout|inside|within|for|over|covering)\s+"
    r"(?:(?:the\s+)?(?:[a-z-]+\s+){0,4}?(?:of\s+|for\s+|in\s+)?)?"
    r"(?P<names>(?:[A-Z]|al-|el-)[\w’'-]*(?:\s+(?:al-|el-|de\s)?(?:[A-Z]|al-|el-)[\w’'-]*)*"
    r"(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+)(?:[A-Z]|al-)[\w’'-]*(?:\s+(?:[A-Z]|al-)[\w’'-]*)*){0,4})"
)
_AWAY = re.compile(r"\s+and\s+(?:the|to|that)\b|[;:”\"]|,\s+(?:which|but|as|while)\b")
_TIMEWORD = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|\w+day|ramadan|eid)$",
    re.IGNORECASE,
)
_DATE_LINK = re.compile(
    r"(?:\s|,|(?:on|in|at|from|since|by|until|to|of|the|a|an|as|it|was|is|local time|midnight|noon"
    r"|dawn|sunset|sunrise)\b)*",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DATE = re.compile(
    rf"\b(?:(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?"
    rf"|(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}"
    rf"|(?:(?:late|early|mid)[\s-])?{_MONTH})(?:,?\s+(?:19|20)\d\d)?\b"
    r"|(?:19|20)\d\d-\d\d-\d\d\b"
    r"|(?:(?:last|next|this|late|early)\s+)?(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|(?:last|next|this)\s+(?:week|month|year)\b|(?:yesterday|today|tomorrow)\b"
    r"|(?<=in\s)(?:19|20)\d\d\b)"
)
_AUXILIARIES = re.compile(
    r"[\s,]+(?:(?:is|are|was|were|be|been|being|has|have|had|will|also|both)\s+)*$"
)
_EDGES = frozenset({"ccomp", "advcl", "relcl", "parataxis", "nsubj", "nsubjpass", "csubj"})
_PROPOSING = frozenset({"propose", "suggest", "offer", "call", "moot", "float"})
_PROPOSALS = frozenset({"proposal", "offer", "call", "initiative"})
_WISHING = _PROPOSING - {"call"} | frozenset(
    {"proposal", "offer", "urge", "demand", "restore", "seek", "negotiate", "hope"}
)
_UNITS = {"hour": "PT{}H", "day": "P{}D", "week": "P{}W", "month": "P{}M"}


class Cues(msgspec.Struct, frozen=True):
    """knowledge/truces.yaml, compiled for searching."""

    noun: re.Pattern[str]
    broker: re.Pattern[str]
    broker_before: re.Pattern[str]
    excluded: re.Pattern[str]
    excluded_passive: re.Pattern[str]
    began: re.Pattern[str]
    ended: re.Pattern[str]
    over: re.Pattern[str]
    in_force: re.Pattern[str]
    proposed: re.Pattern[str]
    over_possible: re.Pattern[str]
    breach: re.Pattern[str]
    extended: re.Pattern[str]
    collapsed: re.Pattern[str]


@lru_cache(maxsize=8)
def _compile(packed: bytes) -> Cues:
    data: dict[str, list[str]] = msgspec.msgpack.decode(packed)

    def pattern(name: str, *, opening: bool = False) -> re.Pattern[str]:
        words = sorted(data[name], key=len, reverse=True)
        joined = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
        return re.compile(rf"(?<![\w-])(?:{joined})" + ("" if opening else r"(?!\w)"), re.I)

    return Cues(
        noun=pattern("nouns"),
        broker=pattern("broker"),
        broker_before=pattern("broker_before"),
        excluded=pattern("excluded"),
        excluded_passive=pattern("excluded_passive"),
        began=pattern("began"),
        ended=pattern("ended"),
        over=pattern("over"),
        in_force=pattern("in_force", opening=True),
        proposed=pattern("proposed"),
        over_possible=pattern("over_possible"),
        breach=pattern("breach"),
        extended=pattern("extended"),
        collapsed=pattern("collapsed"),
    )


def cues(lexicon: dict[str, Any]) -> Cues:
    """The cues of `knowledge.lexicon("truces")`; the same content is compiled once."""
    return _compile(msgspec.msgpack.encode(lexicon))


def find_truces(
    document: Document,
    parse: Parse,
    *,
    knowledge: Knowledge,
) -> tuple[TruceSpan, ...]:
    """The mentions of truces in a document, in text order. The parse is made only where needed."""
    known = cues(knowledge.lexicon("truces"))
    if not known.noun.search(document.text):
        return ()
    found: list[TruceSpan] = []
    for piece in parse.pieces:
        if known.noun.search(piece.doc.text):
            for sentence in piece.doc.sents:
                found.extend(_in_sentence(piece, sentence, known))
    return tuple(found)


def _in_sentence(piece: Piece, sentence: DocSpan, known: Cues) -> Iterable[TruceSpan]:
    words = sentence.text[:MOST_SENTENCE]
    mentions = list(known.noun.finditer(words))[:MOST_MENTIONS]
    for k, mention in enumerate(mentions):
        # Words belong to the nearest mention: a sentence of two truces is cut between them.
        low = mentions[k - 1].end() if k else 0
        high = mentions[k + 1].start() if k + 1 < len(mentions) else len(words)
        yield _truce(_Mention(piece, sentence, words, mention.span(), (low, high)), known)


class _Mention:
    """A truce noun in its sentence. `words` and the spans count from the sentence's start."""

    def __init__(
        self, piece: Piece, sentence: DocSpan, words: str, noun: Span, reach: Span
    ) -> None:
        self.piece = piece
        self.sentence = sentence
        self.words = words
        self.noun = noun
        self.reach = reach
        self.base = piece.start + sentence.start_char
        self.before = words[reach[0] : noun[0]]
        self.after = words[noun[1] : reach[1]]
        self.token = _token_at(sentence, noun[1] - 1)

    def out(self, start: int, end: int) -> Span:
        """A span of the sentence's words in the working text."""
        return self.base + start, self.base + end


def _token_at(sentence: DocSpan, offset: int) -> Token | None:
    at = sentence.start_char + offset
    for token in sentence:
        if token.idx <= at < token.idx + len(token):
            return token
    return None


def _truce(mention: _Mention, known: Cues) -> TruceSpan:
    began, ended = _moments(mention, known)
    status = _status(mention, known)
    breached_by, accuser, nobody = _breach(mention, known)
    start, end = mention.out(*mention.noun)
    return TruceSpan(
        start=start,
        end=end,
        brokers=_brokers(mention, known),
        parties=_parties(mention),
        excluded=_excluded(mention, known),
        places=_places(mention),
        proposer=_proposer(mention),
        began=began,
        ended=ended,
        lasts=_lasts(mention),
        status=status,
        breached_by=breached_by,
        breached_on=_breached_on(mention, began, ended) if breached_by else None,
        accuser=accuser,
        accused_by_nobody=nobody,
        turn=_turn(mention, status, known),
        method=METHOD,
    )


def _names(mention: _Mention, start: int, end: int) -> tuple[Span, ...]:
    """The names listed in a stretch of the sentence, each trimmed to the name."""
    found: list[Span] = []
    words = mention.words
    position = start
    for gap in [*_SPLIT.finditer(words, start, end), None]:
        stop = gap.start() if gap else end
        name = _trimmed(words, position, stop)
        if name:
            found.append(mention.out(*name))
        position = gap.end() if gap else end
    return tuple(dict.fromkeys(found))[:MOST_NAMES]


_LEAD = re.compile(r"(?:\s|both\b|the\b|an?\b|two\b|main\b|[(\[\"“'‘])+", re.IGNORECASE)
_WORD = r"(?:[A-Z]|al-|el-|ar-|as-|ash-)[\w’'.-]*"
_NAME = re.compile(
    rf"(?:[a-z][\w’'-]*\s+){{0,3}}?(?P<name>{_WORD}(?:\s+(?:(?:of|for|the|and)\s+)?{_WORD})*)"
)


def _trimmed(words: str, start: int, end: int) -> Span | None:
    lead = _LEAD.match(words, start, end)
    begin = lead.end() if lead else start
    name = _NAME.match(words, begin, end)
    if not name:
        return None
    a, b = name.span("name")
    while b > a and words[b - 1] in ".,'’":
        b -= 1
    return (a, b) if b > a else None


def _brokers(mention: _Mention, known: Cues) -> tuple[Span, ...]:
    words = mention.words
    low, high = mention.reach
    for cue in known.broker.finditer(words, low, high):
        names = _names(mention, cue.end(), _clause_end(words, cue.end(), high))
        if names and "between" not in cue.group().lower():
            return names
    tight = known.broker_before.search(mention.before)
    if tight:
        led = _LED.search(mention.before[: tight.start()].rstrip(" -–"))
        if led:
            return _hyphenated(mention, low + led.start("names"), low + led.end("names"))
    return ()


def _hyphenated(mention: _Mention, start: int, end: int) -> tuple[Span, ...]:
    """The names of "Ruritanian-Sylvanian", each a word."""
    parts = re.finditer(r"[^\s\-–/]+", mention.words[start:end])
    return tuple(
        mention.out(start + part.start(), start + part.end())
        for part in parts
        if part.group().lower() != "and"
    )[:MOST_NAMES]


def _clause_end(words: str, start: int, high: int) -> int:
    stop = _STOP.search(words, start, high)
    return stop.start() if stop else high


def _parties(mention: _Mention) -> tuple[Span, ...]:
    between = _BETWEEN.match(mention.words[mention.noun[1] : mention.reach[1]])
    if not between:
        return ()
    start = mention.noun[1] + between.end()
    names = _names(mention, start, _clause_end(mention.words, start, mention.reach[1]))
    if names:
        return names
    token = _token_at(mention.sentence, start)
    while token is not None and token.dep_ != "pobj" and token.head.i != token.i:
        token = token.head
    heads = spread([token]) if token is not None and token.dep_ == "pobj" else []
    return tuple(phrase(mention.piece, head) for head in heads)


def _excluded(mention: _Mention, known: Cues) -> tuple[Span, ...]:
    words, (low, high) = mention.words, mention.reach
    passive = known.excluded_passive.search(words, low, high)
    if passive and passive.start() < mention.noun[0]:
        return _names(mention, low, _before_verb(words, low, passive.start()))
    for cue in known.excluded.finditer(words, mention.noun[1], high):
        if passive and passive.start() == cue.start():
            continue
        start = cue.end()
        end = _clause_end(words, start, high)
        such = _SUCH_AS.search(words, start, end)
        return _names(mention, such.end() if such else start, end)
    return ()


def _before_verb(words: str, low: int, end: int) -> int:
    """Where the subject of "… were excluded from" ends."""
    verb = _AUXILIARIES.search(words[low:end])
    return low + verb.start() if verb else end


def _places(mention: _Mention) -> tuple[Span, ...]:
    words = mention.words
    low = mention.noun[1]
    high = min(mention.reach[1], low + PLACE_REACH)
    found: list[Span] = []
    for match in _PLACE.finditer(words, low, high):
        if _AWAY.search(words, low, match.start()):
            break
        position = match.start("names")
        for gap in [*_SPLIT.finditer(words, *match.span("names")), None]:
            stop = gap.start() if gap else match.end("names")
            if position < stop and not _TIMEWORD.search(words[position:stop].split()[0]):
                found.append(mention.out(position, stop))
            position = gap.end() if gap else stop
        if found:
            break
    return tuple(dict.fromkeys(found))[:MOST_NAMES]


def _governors(mention: _Mention, *, through: frozenset[str] = frozenset()) -> list[Token]:
    """What governs the noun, up to its own clause; through clauses only by the roles given."""
    found: list[Token] = []
    token = mention.token
    while token is not None and token.head.i != token.i and len(found) < 7:
        if token.dep_ in _EDGES and token.dep_ not in through:
            break
        token = token.head
        found.append(token)
    return found


def _proposer(mention: _Mention) -> Span | None:
    before: Token | None = mention.token
    for token in _governors(mention, through=frozenset({"ccomp", "nsubj", "nsubjpass"})):
        lemma, step, before = token.lemma_.lower(), before, token
        if lemma == "call" and (step is None or step.lower_ != "for"):
            continue
        if token.pos_ == "VERB" and lemma in _PROPOSING:
            heads = agents_of(token)
            return phrase(mention.piece, heads[0]) if heads else None
        if token.pos_ == "NOUN" and lemma in _PROPOSALS:
            heads = agents_of(token)
            return phrase(mention.piece, heads[0]) if heads else None
    return None


def _moments(mention: _Mention, known: Cues) -> tuple[Span | None, Span | None]:
    """The dates of its beginning and its end: each the first that a cue leads to."""
    found: dict[str, Span] = {}
    low, high = mention.reach
    for date in _DATE.finditer(mention.words, low, high):
        # Before the noun only what stands in its phrase is its own: "Saturday's truce".
        if date.end() <= mention.noun[0] and mention.noun[0] - date.end() > 30:
            continue
        which = _moment(mention, known, date.start())
        if which and which not in found:
            found[which] = mention.out(*date.span())
    return found.get("began"), found.get("ended")


def _moment(mention: _Mention, known: Cues, start: int) -> str | None:
    """Whether the words that lead to a date say begin or end: the nearest cue does."""
    window = max(mention.reach[0], start - CUE_REACH)
    best: tuple[int, str] | None = None
    for name, pattern in (("began", known.began), ("ended", known.ended)):
        for cue in pattern.finditer(mention.words, window, start):
            linked = _DATE_LINK.fullmatch(mention.words, cue.end(), start)
            if linked and (best is None or cue.end() > best[0]):
                best = cue.end(), name
    return best[1] if best else None


def _lasts(mention: _Mention) -> str | None:
    found = _LASTS.search(mention.before[-60:]) or _FOR.search(mention.after)
    if not found:
        return None
    count = found["count"].lower()
    number = int(count) if count.isdigit() else _NUMBERS[count]
    return _UNITS[found["unit"].lower()].format(number)


def _status(mention: _Mention, known: Cues) -> TruceStatus:
    low, high = mention.reach
    words = mention.words[low:high]
    over = known.over.search(words)
    if over:
        ahead = words[max(0, over.start() - 40) : over.start()]
        return "in force" if known.over_possible.search(ahead) else "ended"
    if known.proposed.search(mention.before[-40:]) or any(
        token.lemma_.lower() in _WISHING
        for token in _governors(mention, through=frozenset({"ccomp", "nsubj", "nsubjpass"}))
    ):
        return "proposed"
    return "in force" if known.in_force.search(words) else "unknown"


def _turn(
    mention: _Mention, status: TruceStatus, known: Cues
) -> Literal["extended", "collapsed"] | None:
    """Whether an end is told as a failure, or the truce as made longer. What may be is neither."""
    words = mention.words[slice(*mention.reach)]
    pattern = known.collapsed if status == "ended" else known.extended
    found = pattern.search(words)
    if not found or status == "proposed":
        return None
    ahead = words[max(0, found.start() - 40) : found.start()]
    if known.over_possible.search(ahead) or known.proposed.search(ahead):
        return None
    return "collapsed" if status == "ended" else "extended"


def _breached_on(mention: _Mention, began: Span | None, ended: Span | None) -> Span | None:
    """The date in the truce's part of the sentence that is not of its begin or end."""
    dates = (mention.out(*d.span()) for d in _DATE.finditer(mention.words, *mention.reach))
    return next((date for date in dates if date not in (began, ended)), None)


def _breach(mention: _Mention, known: Cues) -> tuple[tuple[Span, ...], Span | None, bool]:
    """Who is said to have broken it, who says so by accusing them, and whether nobody does."""
    for token in _governors(mention):
        if not known.breach.fullmatch(token.lower_) and not known.breach.fullmatch(token.lemma_):
            continue
        charge = _charge(token)
        heads = _accused(charge) or (agents_of(token) if token.pos_ in ("VERB", "AUX") else [])
        if not heads and token.pos_ == "NOUN":
            heads = agents_of(token) or _subject_above(token)
        names = tuple(phrase(mention.piece, head) for head in spread(heads))[:MOST_NAMES]
        by = agents_of(charge) if charge is not None else []
        return names, phrase(mention.piece, by[0]) if by else None, charge is not None and not by
    return (), None, False


def _charge(token: Token) -> Token | None:
    """The verb of accusing over a word of breach: "accused … of breaking it"."""
    node = token
    for _ in range(3):
        node = node.head
        if node.lemma_.lower() in ("accuse", "blame", "charge"):
            return node
    return None


def _accused(charge: Token | None) -> list[Token]:
    """Whom a verb of accusing accuses."""
    if charge is None:
        return []
    objects = [c for c in charge.children if c.dep_ in ("dobj", "obj")]
    subject = subject_of(charge)
    return objects or ([subject] if subject is not None and is_passive(charge) else [])


def _subject_above(token: Token) -> list[Token]:
    node = token
    for _ in range(4):
        node = node.head
        if node.pos_ == "VERB":
            return agents_of(node)
    return []
