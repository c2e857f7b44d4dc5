"""Who gives a toll: "the monitor gave a lower toll of 31", "rescuers put the number of dead at 12".

A noun stands where other cues have what is said, so that such words are often passed over.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from sayso.annotate.quotes import Quotes, form_of
from sayso.schema import AttributionSpan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.annotate.lexicon import Cues
    from sayso.ids import Span

METHOD = "attributions.tolls/1"
LONGEST = 16
"""Words of a source, at most."""

_JOINT = r"(?:while|but|and|though|although|whereas)\s"
_BOUND = re.compile(rf"(?:[.!?][\"”’']?\s|\n|[,;:\"”]\s)(?:{_JOINT})?|\s{_JOINT}")
_STRONG = re.compile(rf"(?:[.!?][\"”’']?\s|\n|[;:\"”]\s)(?:{_JOINT})?|\s{_JOINT}")
_WHEN = re.compile(r"(?:on|in|at|by|after|late|early|earlier|later|meanwhile)\b[^,]*,\s", re.I)
_END = re.compile(r"[.!?][\"”’']?(?=\s|$)|\n")
_RELATIVE = re.compile(r",?\s(?:which|who|that|whose)\s")
_BEFORE_CUE = re.compile(
    r"(?:,?\s(?:has|have|had|also|later|earlier|previously|initially|(?:on|in|late|early)\s\w+))+$"
)
_REACH = 200
_NO_END = frozenset(
    {"of", "in", "to", "by", "with", "for", "not", "did", "who", "which", "it", "be"}
)


def toll_givers(
    text: str, blocks: list[Span], quotes: Quotes, *, cues: Cues
) -> Iterator[AttributionSpan]:
    """The attributions whose cue gives a toll, in text order. Linear in the text."""
    pattern = _pattern(cues.toll_verbs, cues.tolls)
    for start, end in blocks:
        for match in pattern.finditer(text, start, end):
            source = _source(text, start, match.start())
            if source is None:
                continue
            stop = _END.search(text, match.end(), end)
            words = text[match.start("content") : stop.start() if stop else end].rstrip()
            contents = ((match.start("content"), match.start("content") + len(words)),)
            yield AttributionSpan(
                sources=(source,),
                cues=(match.span("cue"),),
                contents=contents,
                type="statement",
                form=form_of(text, contents, quotes),
                method=METHOD,
            )


def _source(text: str, start: int, cue: int) -> Span | None:
    """The words right before a cue back to where their clause begins, if they can be a source."""
    begin = max(start, cue - _REACH)
    is_aside = text[begin:cue].rstrip().endswith(",")  # "the governor, Ana Brandt, put"
    for bound in (_STRONG if is_aside else _BOUND).finditer(text, begin, cue):
        begin = bound.end()
    if is_aside and (when := _WHEN.match(text, begin, cue)):
        begin = when.end()
    words = text[begin:cue].rstrip().rstrip(",")
    words = _BEFORE_CUE.sub("", words)
    relative = _RELATIVE.search(words)
    words = words[: relative.start()] if relative else words
    parts = words.split()
    if not parts or len(parts) > LONGEST or parts[-1].lower() in _NO_END:
        return None
    if not parts[-1][-1].isalpha() or (begin == cue - _REACH and begin > start):
        return None
    return begin, begin + len(words)


@lru_cache(maxsize=4)
def _pattern(verbs: frozenset[str], tolls: frozenset[str]) -> re.Pattern[str]:
    verb, toll = ("|".join(sorted(words, key=len, reverse=True)) for words in (verbs, tolls))
    return re.compile(
        rf"(?<=\s)(?P<cue>{verb})\s+"
        rf"(?P<content>(?:(?:an?|the|its|their|his|her)\s+)?(?:[\w-]+\s+){{0,3}}?(?:{toll})\b)"
    )
