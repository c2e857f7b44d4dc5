"""What the words of dates say: days, weekdays, months, years, feasts (rules: timex_rules).

A maker returns None where the words turn out to be something else. Values are not computed here:
`parts` holds what resolve.times needs.
"""

from __future__ import annotations

import re

from sayso.annotate.timex_match import Made, Match, Parts, kept, read_number

DAYS_MOST = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
"""The most days that a month can have."""


SHORT_YEARS = 60
"""Two figures below this are years of this century."""


def full_date(match: Match) -> Made | None:
    day = match.day()
    if day < 1:
        return None
    following = match.after()
    year = match.number("year")
    if following and year is None and following.word.isdigit() and len(following.word) > 4:
        return None
    if day > DAYS_MOST[match.month()]:
        return None
    return match.made(
        "DATE",
        "date",
        year=year,
        month=match.month(),
        day=day,
        weekday=match.weekday(),
        year_ref=match.year_ref(),
    )


def second_day(match: Match) -> Made | None:
    """The "25" of "April 24 and 25"."""
    day, second = (
        match.day(),
        match.day("second"),
    )
    after = match.after()
    if not day < second <= DAYS_MOST[match.month()] or (
        after
        and after.word in match.lexicon.words
        and not match.has("year")
        and after.classes & {"units", "unit", "month", "scale"}
    ):
        return None
    year = match.number("year")
    place = match.start("second")
    return Made(place, match.last, "DATE", "date", kept(year=year, month=match.month(), day=second))


def first_day(match: Match) -> Made | None:
    """The "3" of "3 and 5 May"."""
    first, day = match.day("first"), match.day()
    if not first < day <= DAYS_MOST[match.month()]:
        return None
    year = match.number("year")
    place = match.start("first")
    return Made(place, place + 1, "DATE", "date", kept(year=year, month=match.month(), day=first))


def second_year(match: Match) -> Made | None:
    """The "17" of "2016-17"."""
    digits, place = match.at("second"), match.start("second")
    year, second = int(match.word("year")), int(digits.word)
    touching = match.tokens[place - 2].touches(match.tokens[place - 1])
    if not touching or not match.tokens[place - 1].touches(digits) or second <= year % 100:
        return None
    after = match.after()
    if after is not None and digits.touches(after) and "stop" not in after.classes | {""}:
        return None
    return Made(place, match.last, "DATE", "date", {"year": year - year % 100 + second})


def short_year(match: Match) -> Made | None:
    mark, digits = match.tokens[match.first], match.at("year")
    if not mark.touches(digits) or (match.first and match.tokens[match.first - 1].touches(mark)):
        return None
    return match.made("DATE", "date", year=1900 + int(digits.word))


def joined_date(match: Match) -> Made | None:
    digits = match.word("joined")
    return match.made(
        "DATE", "date", year=int(digits[2:]), month=match.month(), day=int(digits[:2])
    )


def iso_date(match: Match) -> Made | None:
    year, month, day = (int(part) for part in re.split("[-/.]", match.tokens[match.first].word))
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1000 <= year <= 2199):
        return None
    return match.made("DATE", "date", year=year, month=month, day=day)


def numeric_date(match: Match) -> Made | None:
    word = match.tokens[match.first].word
    first, second, year = (int(part) for part in re.split(r"[-./]", word))
    short = len(re.split(r"[-./]", word)[2]) == 2
    if short and "/" not in word:
        return None
    year += 0 if not short else (2000 if year < SHORT_YEARS else 1900)
    if not 1900 <= year <= 2099 or not first or not second:
        return None
    if first > 12 >= second:
        return match.made("DATE", "date", year=year, month=second, day=first)
    if second > 12 >= first:
        return match.made("DATE", "date", year=year, month=first, day=second)
    if max(first, second) > 12:
        return None
    # Both orders can be meant: American with strokes, European with dots and hyphens.
    month, day = (first, second) if "/" in word else (second, first)
    return match.made("DATE", "date", year=year, month=month, day=day)


def month_alone(match: Match) -> Made | None:
    token, year, year_ref = match.at("month"), match.number("year"), match.year_ref()
    if match.has("short"):
        short = int(match.word("short"))
        year = short + (2000 if short < SHORT_YEARS else 1900)
    after = match.after()
    if year is None:
        # "40 May", "May 20166": numbers that no date has.
        if match.first and match.tokens[match.first - 1].classes & {"integer", "amount"}:
            return None
        if after and after.word.isdigit() and len(after.word) > 4:
            return None
    led = (
        any(match.has(group) for group in ("stage", "edge", "rel", "year", "short"))
        or year_ref is not None
    )
    if not led and "doubtful" in token.classes and not _month_led(match):
        return None
    return match.made(
        "DATE",
        "date",
        year=year,
        month=match.month(),
        year_ref=year_ref,
        ref=match.ref(),
        stage=match.stage(),
    )


def _month_led(match: Match) -> bool:
    """Whether the words around let "may", "march" or "Jan" be a month."""
    if not match.before():
        return False
    if len(match.word("month")) == 3 and match.word("month") != "may":
        return match.near("short_month_leads")
    after = match.after()
    if after is not None and after.word[:1].isalpha() and match.near("month_owners"):
        # "a June deal", "the March vote", not "the March for Peace" nor "the May government".
        name = match.word("month")
        return name in ("april", "june", "august") or (
            name == "march" and after.word not in match.lexicon.near["march_follows"]
        )
    return match.near("month_leads") or (after is not None and after.word in ("'", "'s", "’s"))


def year_alone(match: Match) -> Made | None:
    token, after = match.at("year"), match.after()
    if after and token.touches(after) and after.word[:1].isalpha():
        return None
    led = any(match.has(group) for group in ("stage", "edge", "lead"))
    if not led and not _year_led(match, int(token.word)):
        return None
    return match.made("DATE", "date", year=int(token.word), stage=match.stage())


def _year_led(match: Match, year: int) -> bool:
    """Whether the words around let four digits be a year and not a count."""
    before, after = match.before(), match.after()
    if year < 1900 and not match.near("old_year_leads"):
        return False
    if match.near("no_year_after") or match.near("counted", 0):
        return False
    if match.first and before in (".", ","):
        mark = match.tokens[match.first - 1]
        if mark.touches(match.at("year")):
            return False
        earlier = match.tokens[match.first - 2] if match.first > 1 else None
        if earlier and earlier.word[:1].isdigit() and "recent_year" not in earlier.classes:
            return False
    if after is None or not after.word[:1].isalpha():
        return True
    if after.word in match.lexicon.values["units"]:
        return False
    plural = after.word.endswith("s") and not match.near("verbs_in_s", 0)
    return match.near("year_leads") or not plural


def spelled_year(match: Match) -> Made | None:
    century = {"nineteen": 19, "eighteen": 18, "twenty": 20}[match.word("century")]
    rest = read_number(match.all("n"), match.lexicon)
    return (
        match.made("DATE", "date", year=century * 100 + int(rest))
        if rest is not None and 10 <= rest < 100
        else None
    )


def year_two_thousand(match: Match) -> Made | None:
    return match.made("DATE", "date", year=2000)


def hyphen_date(match: Match) -> Made | None:
    """As in "27-Feb-2016"."""
    year, day = match.number("year"), match.day()
    if not match.tokens[match.first].touches(match.tokens[match.first + 1]):
        return None
    if not 1 <= day <= DAYS_MOST[match.month()]:
        return None
    return match.made("DATE", "date", year=year, month=match.month(), day=day)


def nth_day(match: Match) -> Made | None:
    """As in "ended on the 19th": a day of the month that the narrative speaks of."""
    after, day = match.after(), match.day()
    ends = after is None or not after.word[:1].isalpha() or match.near("nth_follows", 0)
    if not ends or not 1 <= day <= 31:
        return None
    if after is not None and "hyphen" in after.classes:
        return None
    return match.made("DATE", "nth_day", first=1, day=day)


def day_of_month(match: Match) -> Made | None:
    """As in "the 24th of this month"."""
    day = match.day()
    months = {"last": -1, "this": 0, "next": 1}[match.word("rel")]
    return match.made("DATE", "nth_day", day=day, months=months) if 1 <= day <= 31 else None


def decade(match: Match) -> Made | None:
    token = match.at("decade")
    if not token.touches(match.tokens[match.end("decade")]):
        return None
    value = int(token.word)
    if value % 10 or (
        value < 100
        and match.before() not in ("the", "'", "mid", "early", "late", "and")
        and match.tokens[match.first].word == token.word
        and not match.has("lead")
    ):
        return None
    return match.made("DATE", "decade", year=value if value > 100 else 1900 + value)


def spelled_decade(match: Match) -> Made | None:
    return match.made(
        "DATE", "decade", year=int(match.value("decade", "spelled_decade")), stage=match.stage()
    )


def century(match: Match) -> Made | None:
    number = match.day("nth")
    return match.made("DATE", "century", century=number - 1) if 0 < number < 30 else None


def festival(match: Match) -> Made | None:
    last = match.start("year") if match.has("year") else match.last
    tokens = match.tokens[match.first : last]
    names = match.lexicon.values["festival"]
    text = ""
    best: tuple[int, str] | None = None
    for count, token in enumerate(tokens, 1):
        if count > 6:
            break
        glue = (
            ""
            if not text
            or token.classes & {"hyphen", "possessive"}
            or tokens[count - 2].classes & {"hyphen"}
            else " "
        )
        text += glue + token.word.replace("’", "'")
        if text in names:
            best = count, text
    if best is None:
        return None
    how = dict(names[best[1]] or {})
    nth = how.pop("nth", None)
    moon = how.pop("moon", None)
    parts: Parts = {
        key: (int(value) if isinstance(value, bool) else value) for key, value in how.items()
    }
    if moon:
        parts |= dict(zip(("moon_month", "moon_day", "moon_days"), moon, strict=True))
    if nth:
        parts |= {"month": nth[0], "weekday": nth[1], "which": nth[2]}
    ref = match.before()
    dated = match.has("year") and best[0] == len(
        [token for token in tokens if not token.classes & {"comma"} and token.word != "of"]
    )
    if dated:
        parts["year"] = int(match.word("year"))
    return Made(
        match.first,
        match.last if dated else match.first + best[0],
        "DATE",
        "festival",
        parts | {"name": best[1]} | ({"ref": ref} if ref in ("last", "next", "this") else {}),
    )


def week_of(match: Match) -> Made | None:
    return match.made("DATE", "week_of", month=match.month(), day=match.day())


def nth_week(match: Match) -> Made | None:
    number = int(match.value("nth", "ordinal"))
    year = match.number("year")
    return match.made("DATE", "nth_week", nth=number, month=match.month(), year=year)
