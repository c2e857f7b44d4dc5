"""Numbers as they are written: digits, words, orders, fractions, ranges, with bound and unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal

import msgspec

from sayso.schema import Bound

MOST_DIGITS = 15
"""Longer runs of digits are no quantity that a report can mean."""

REACH = 32
"""How many characters before a number may hold the words that bound it."""

_NUMBER = (
    r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d{1,3}(?: 000)+(?![\d,.]\d|\d)|\d+(?:\.\d+)?"
)
_DIGITS = (
    rf"(?<![\w.,:/'’-])(?P<number>{_NUMBER})(?:\s?[-–—]\s?(?P<upper>{_NUMBER}))?"
    r"(?P<tight>%|[a-z]{1,3}\b)?(?![\w:/]|[.,]\d|-(?!(?:kilom|km|mile|met|ton)[a-z]*\b)\w)"
)
_TO = re.compile(r"\s+(?:to|and|or)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_MAGNITUDES = {"k": 1e3, "m": 1e6, "mln": 1e6, "bn": 1e9}
_OF_A = re.compile(r"\s+of\s+an?(?=\s)", re.IGNORECASE)
_COMPOUND = re.compile(r"-[^\W\d_]")
_AND_A_HALF = re.compile(r"\s+and\s+a\s+half\b", re.IGNORECASE)


class Number(msgspec.Struct, frozen=True, kw_only=True):
    """A number with the words that bound it. Offsets count in the text that was searched.

    `core` is the number itself, without bound and unit. `value`, `low` and `high` are in `unit`,
    metric where it measures; `stated` is the value as written, in `stated_unit`. A `weak` order
    ("several") is a figure only where something befell what it counts. `step` is the precision of
    `stated`: 10 for "50", 0.1 for "1.5".
    """

    start: int
    end: int
    core: tuple[int, int]
    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None = None
    kind: Literal["count", "share", "money", "measure"] = "count"
    stated: float | None = None
    stated_unit: str | None = None
    step: float = 1.0
    weak: bool = False
    spelled: bool = False
    range: bool = False


class Core(msgspec.Struct, frozen=True, kw_only=True):
    """A number without its bound and unit."""

    start: int
    end: int
    value: float | None
    low: float
    high: float | None
    kind: Literal["digits", "words", "order", "share"]
    vague: bool = False
    weak: bool = False


class Grammar(msgspec.Struct, frozen=True, kw_only=True):
    """The number words of knowledge/units.yaml, compiled for searching."""

    small: dict[str, float]
    multipliers: dict[str, float]
    orders: dict[str, tuple[float, float | None]]
    weak: frozenset[str]
    fractions: dict[str, float]
    bounds_before: dict[str, Bound]
    bounds_after: dict[str, Bound]
    only_below: frozenset[str]
    about: float
    measures: dict[str, tuple[str, str, float]]
    money: dict[str, str]
    any_number: re.Pattern[str]
    number_word: re.Pattern[str]
    multiplier: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    unit: re.Pattern[str]
    sign: re.Pattern[str]


def grammar(lexicon: dict[str, Any]) -> Grammar:
    """The grammar of `knowledge.lexicon("units")`; the same content is compiled once."""
    return _compile(msgspec.msgpack.encode(lexicon))


@lru_cache(maxsize=8)
def _compile(packed: bytes) -> Grammar:
    units = msgspec.msgpack.decode(packed)
    small = {str(k): float(v) for k, v in units["numbers"].items()}
    multipliers = {str(k): float(v) for k, v in units["multipliers"].items()}
    measures = {
        str(word).lower(): (str(name), str(row["unit"]), float(row["factor"]))
        for name, row in units["units"].items()
        for word in row["words"]
    }
    money = {str(word).lower(): code for code, words in units["money"].items() for word in words}
    words = [word for word in (*measures, *money) if word[-1].isalpha()]
    signs = [word for word in money if not word[-1].isalpha()]
    number_words = _any((*small, *multipliers))
    spelled = _any((*units["orders"], *units["fractions"]))
    return Grammar(
        small=small,
        multipliers=multipliers,
        orders={str(k): (float(v[0]), v[1]) for k, v in units["orders"].items()},
        weak=frozenset(units["weak_orders"]),
        fractions={str(k): float(v) for k, v in units["fractions"].items()},
        bounds_before=units["bounds_before"],
        bounds_after=units["bounds_after"],
        only_below=frozenset(units["only_below"]),
        about=float(units["about"]),
        measures=measures,
        money=money,
        any_number=re.compile(
            rf"{_DIGITS}|(?<![\w-])(?:(?P<words>(?:half\s+an?|an?)\s+(?:{_any(multipliers)}))"
            rf"|(?P<spelled>{spelled})(?!-)|(?P<word>{number_words}))(?!\w)",
            re.IGNORECASE,
        ),
        number_word=re.compile(rf"(?:\s+and\s+|[\s-])\s*(?P<word>{number_words})(?![\w])", re.I),
        multiplier=re.compile(rf"[\s-]\s*(?P<word>{_any(multipliers)})(?!\w)", re.I),
        before=re.compile(
            rf"(?<![\w-])(?P<bound>{_any(units['bounds_before'])})\s+(?:an?\s+|(?<=(?:least|.most)\s)at\s+)?$",
            re.I,
        ),
        after=re.compile(rf"(?:\s+|(?=\+))(?P<bound>{_any(units['bounds_after'])})(?!\w)", re.I),
        unit=re.compile(rf"[\s-]?\s?(?P<unit>{_any(words)})(?!\w)|\s?(?P<sign>%)", re.I),
        sign=re.compile(rf"(?<!\w)(?P<sign>{_any(signs)})\s?$", re.I),
    )


def _any(words: Iterable[Any]) -> str:
    ordered = sorted({str(word) for word in words}, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def find_numbers(text: str, rules: Grammar) -> list[Number]:
    """Every number of a text, in order, never two over the same characters."""
    found: list[Number] = []
    position = 0
    while match := rules.any_number.search(text, position):
        core = _core(text, match, rules)
        position = max(match.end(), match.start() + 1, core.end if core else 0)
        if core:
            core = _to_range(text, core, rules)
            number = _dress(text, core, rules, floor=found[-1].end if found else 0)
            found.append(number)
            position = max(position, number.end)
    return found


def _core(text: str, match: re.Match[str], rules: Grammar) -> Core | None:
    if match["number"]:
        return _digit_core(text, match, rules)
    if match["spelled"]:
        words = _plain(match["spelled"])
        if words in rules.fractions:
            share = rules.fractions[words]
            return _part_of_number(text, match, share, rules) or _share_core(text, match, share)
        low, high = rules.orders[words]
        return Core(
            start=match.start(), end=match.end(), value=None, low=low, high=high,
            kind="order", weak=words in rules.weak,
        )  # fmt: skip
    return _word_core(text, match, rules)


def _part_of_number(text: str, match: re.Match[str], share: float, rules: Grammar) -> Core | None:
    """As in "a quarter of a million": a count, no share."""
    whole = _OF_A.match(text, match.end())
    multiplier = rules.multiplier.match(text, whole.end()) if whole else None
    if not multiplier:
        return None
    value = share * rules.multipliers[multiplier["word"].lower()]
    return Core(
        start=match.start(), end=multiplier.end(), value=value, low=value, high=value, kind="words"
    )


def _share_core(text: str, match: re.Match[str], share: float) -> Core | None:
    # "a third of" is a share, "a third person" counts in a row.
    if not re.match(r"\s+(?:of|the)\b", text[match.end() : match.end() + 8], re.IGNORECASE):
        return None
    value = round(share * 100, 2)
    return Core(
        start=match.start(), end=match.end(), value=value, low=value, high=value, kind="share"
    )


def _digit_core(text: str, match: re.Match[str], rules: Grammar) -> Core | None:
    digits = [re.sub(r"[^\d.]", "", part) for part in (match["number"], match["upper"]) if part]
    tight = (match["tight"] or "").lower()
    money = rules.sign.search(text[max(0, match.start() - REACH) : match.start()])
    is_magnitude = bool(money) and tight in _MAGNITUDES
    if any(len(part) > MOST_DIGITS for part in digits):
        return None
    if tight and tight != "%" and tight not in rules.measures and not is_magnitude:
        return None
    values = [float(part) for part in digits]
    end = match.end("upper") if match["upper"] else match.end("number")
    factor = 1.0
    if is_magnitude:
        factor, end = _MAGNITUDES[tight], match.end("tight")
    elif not tight and (following := rules.multiplier.match(text, end)):
        factor, end = rules.multipliers[following["word"].lower()], following.end()
    low, high = values[0] * factor, values[-1] * factor
    if high < low:
        return None
    value = low if low == high else None
    return Core(start=match.start(), end=end, value=value, low=low, high=high, kind="digits")


def _word_core(text: str, match: re.Match[str], rules: Grammar) -> Core | None:
    opening = _plain(match["words"] or match["word"]).split()
    total, current, end = 0.0, 0.0, match.end()
    if opening[0] == "half":
        current = 0.5
    elif opening[0] in ("a", "an"):
        current = 1.0
    words = [opening[-1]]
    while True:
        word = words[-1]
        if word in rules.multipliers:
            factor = rules.multipliers[word]
            if factor >= 1000:
                total, current = total + (current or 1.0) * factor, 0.0
            else:
                current = (current or 1.0) * factor
        else:
            current += rules.small[word]
        if half := _AND_A_HALF.match(text, end):
            current, end = current + 0.5, half.end()
        following = rules.number_word.match(text, end)
        if not following or not _goes_on(word, following, current, rules):
            break
        words.append(following["word"].lower())
        end = following.end()
    if _COMPOUND.match(text, end) and not rules.unit.match(text, end):
        return None  # "four-wheel" and "five-member" tell of what kind
    value = total + current
    return Core(
        start=match.start(), end=end, value=value, low=value, high=value, kind="words",
        vague="dozen" in words,
    )  # fmt: skip


def _goes_on(word: str, following: re.Match[str], current: float, rules: Grammar) -> bool:
    """Whether the next number word is of the same number: "twenty-five", not "two and three"."""
    following_word = following["word"].lower()
    joined = "and" in following.group().lower().split()
    if following_word in rules.multipliers:
        return not joined and (word in rules.small or rules.multipliers[following_word] >= 1000)
    if word in rules.multipliers:
        return word != "dozen"
    tens_then_ones = current >= 20 and current % 10 == 0 and 0 < rules.small[following_word] < 10
    return not joined and tens_then_ones


def _to_range(text: str, core: Core, rules: Grammar) -> Core:
    """The range of "20 to 30" and "between 20 and 30"; a change "from 20 to 30" is none,
    unless something ranges so.
    """
    link = _TO.match(text, core.end) if core.value is not None else None
    if not link or core.kind not in ("digits", "words"):
        return core
    words = text[max(0, core.start - REACH) : core.start].lower().split()
    before = words[-1:]
    joiner = link.group().strip().lower()
    ranging = len(words) > 1 and words[-2].startswith(("rang", "vary", "varie"))
    if (before == ["from"] and not ranging) or (joiner == "and" and before != ["between"]):
        return core
    match = rules.any_number.match(text, link.end())
    upper = _core(text, match, rules) if match else None
    if not upper or upper.kind not in ("digits", "words") or upper.value is None:
        return core
    lower = core.low
    multiplier = rules.multipliers.get(text[link.end() : upper.end].split()[-1].lower(), 1.0)
    if text[core.start : core.end].lower().split()[-1] not in rules.multipliers:
        # "two to three million": the lower end borrows the multiplier of the upper.
        lower *= multiplier
    if upper.value <= lower or (joiner == "or" and upper.value > lower * 2):
        return core
    between = _BETWEEN.search(text[max(0, core.start - REACH) : core.start])
    start = core.start - len(between.group()) if between else core.start
    return Core(start=start, end=upper.end, value=None, low=lower, high=upper.value, kind="digits")


def _dress(text: str, core: Core, rules: Grammar, *, floor: int) -> Number:
    """The number with its unit, its bound and its metric value."""
    start, end, unit, stated_unit, factor = core.start, core.end, None, None, 1.0
    kind: Literal["count", "share", "money", "measure"] = "count"
    window = max(floor, start - REACH)
    if core.kind == "share":
        kind, unit = "share", "percent"
    elif sign := rules.sign.search(text[window:start]):
        kind, unit, start = "money", rules.money[sign["sign"].lower()], window + sign.start()
    elif core.kind != "order" or not core.weak:
        following = rules.unit.match(text, end)
        words = _plain(following["unit"] or following["sign"]) if following else ""
        if following and words in rules.money:
            kind, unit, end = "money", rules.money[words], following.end()
        elif following and words in rules.measures:
            stated_unit, unit, factor = rules.measures[words]
            end = following.end()
            kind = "share" if unit == "percent" else "measure"
    bound: Bound | None = None
    nearly = False
    for _ in range(2):
        window = max(floor, start - REACH)
        if not (words_before := rules.before.search(text[window:start])):
            break
        words = _plain(words_before["bound"])
        # "at least some 40": the outer word bounds more tightly than "some".
        bound = rules.bounds_before[words] if bound in (None, "about") else bound
        nearly = nearly or words in rules.only_below
        start = window + words_before.start()
    if words_after := rules.after.match(text, end):
        bound = bound or rules.bounds_after[_plain(words_after["bound"])]
        end = words_after.end()
    low, high, bound = _interval(core, bound, nearly=nearly, about=rules.about)
    return Number(
        start=start, end=end, core=(core.start, core.end),
        value=_metric(core.value, factor), low=_metric(low, factor), high=_metric(high, factor),
        bound=bound, unit=unit, kind=kind, stated=core.value, stated_unit=stated_unit,
        step=_step(text[core.start : core.end], core.value), weak=core.weak,
        spelled=core.kind != "digits", range=core.value is None and core.kind == "digits",
    )  # fmt: skip


def _interval(
    core: Core, bound: Bound | None, *, nearly: bool, about: float
) -> tuple[float | None, float | None, Bound]:
    if bound in ("at least", "more than"):
        return core.low, None, bound
    if bound in ("at most", "less than"):
        return None, core.high, bound
    if core.kind == "order":
        return core.low, core.high, "order"
    if core.value is None:
        return core.low, core.high, "about"
    if bound == "about" or core.vague:
        reach = abs(core.value) * about
        return core.value - reach, core.value + (0.0 if nearly else reach), "about"
    return core.low, core.high, "exact"


def _metric(value: float | None, factor: float) -> float | None:
    if value is None:
        return None
    return round(value * factor, 3) if factor != 1.0 else round(value, 6)


def _step(words: str, value: float | None) -> float:
    """How fine a number is written: 10 for "50", 1000 for "28,000", 0.1 for "1.5"."""
    if value is None or value == 0:
        return 1.0
    decimals = re.fullmatch(r"[\d,]*\.(\d+)", words)
    if decimals:
        return float(10 ** -len(decimals[1]))
    step = 1.0
    while value % (step * 10) == 0 and step < 1e12:
        step *= 10
    return step


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
