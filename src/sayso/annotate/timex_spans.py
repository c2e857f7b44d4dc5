"""What the words of units, lengths, repetition and the clock say (rules: timex_rules).

A maker returns None where the words turn out to be something else. Values are not computed here:
`parts` holds what resolve.times needs.
"""

from __future__ import annotations

import re

from sayso.annotate.timex_lengths import is_age
from sayso.annotate.timex_match import Made, Maker, Match


def quarter(match: Match) -> Made | None:
    number = int(match.value("nth", "ordinal"))
    if match.word("nth") == "last" and not match.has("year"):
        return match.made("DATE", "unit", unit="Q", ref="last")
    number = 4 if number == -1 else number
    if not 1 <= number <= 4:
        return None
    back = match.has("ago")
    return match.made(
        "DATE",
        "quarter",
        quarter=number,
        year=match.number("year"),
        year_ref=-1 if back else match.year_ref(),
        ago=1 if back else None,
    )


def short_quarter(match: Match) -> Made | None:
    """As in "Q1 2013"."""
    number, digits = int(match.word("nth")), match.at("nth")
    if not 1 <= number <= 4 or not match.tokens[match.first].touches(digits):
        return None
    return match.made(
        "DATE", "quarter", quarter=number, year=match.number("year"), year_ref=match.year_ref()
    )


def half(match: Match) -> Made | None:
    number = {"first": 1, "second": 2, "last": 2, "latter": 2}[match.word("nth")]
    year_ref = 0 if match.has("now") else match.year_ref()
    return match.made("DATE", "half", half=number, year=match.number("year"), year_ref=year_ref)


def same_period(match: Match) -> Made | None:
    unit = {"month": "M", "week": "W", "day": "D", "quarter": "Q"}.get(match.word("what"), "")
    return match.made("DATE", "year_ago", years=1, unit=unit)


def latest_period(match: Match) -> Made | None:
    year = match.number("year")
    return match.made("DATE", "narrative_unit", unit="Q", year=year)


def fiscal(match: Match) -> Made | None:
    year = match.number("year")
    if year:
        return match.made("DATE", "date", year=year)
    after = match.after()
    if not match.has("rel") and after is not None and after.word in ("ended", "ending"):
        return match.made("DURATION", "duration", n="1", unit="Y")
    ref = match.ref() if match.has("rel") else "this"
    return match.made("DATE", "unit", unit="Y", ref="this" if ref == "this" else ref)


def season(match: Match) -> Made | None:
    year, ref, year_ref = match.number("year"), match.ref(), match.year_ref()
    led = match.has("stage") or match.has("edge") or year or ref or year_ref is not None
    if not led and not match.near("season_leads"):
        # "spring" and "fall" are verbs too.
        if match.word("season") in ("spring", "fall"):
            return None
        if not match.word("the") and not match.near("season_leads_loose"):
            return None
    return match.made(
        "DATE",
        "season",
        season=match.value("season", "season"),
        year=year,
        ref=ref,
        year_ref=year_ref,
        stage=match.stage(),
    )


def year_end(match: Match) -> Made | None:
    return match.made("DATE", "year_end")


def unit_ref(match: Match) -> Made | None:
    unit, ref = match.unit(), match.ref()
    if unit in "hms":
        hours = unit == "h" and ref in ("last", "next")
        return match.made("DURATION", "duration", n="1", unit=unit, ref=ref) if hours else None
    if unit in "DWMYEC" and _up_to_now(match):
        return match.made("DURATION", "duration", n="1", unit=unit, ref="last")
    if unit == "D" and ref == "next":
        ref = "following"  # "the next day" goes on from the last one told; today's is "tomorrow"
    return match.made("DATE", "unit", unit=unit, ref=ref, stage=match.stage())


def _up_to_now(match: Match) -> bool:
    """Whether the stretch that ends now is meant: "the past year"; "the last year" is 2012's."""
    if match.has("stage") or match.has("edge"):
        return False
    return match.word("rel") == "past"


def before_last(match: Match) -> Made | None:
    """As in "the year before last", "the Monday before last"."""
    after = match.after()
    if after is not None and after.classes & {"weekday", "month", "unit", "season"}:
        return None  # "the day before last Monday"
    if match.has("weekday"):
        return match.made("DATE", "week_day", weekday=match.weekday(), back=2)
    unit = match.unit()
    return match.made("DATE", "unit", unit=unit, ref="before last") if unit not in "hms" else None


def nth_unit(match: Match) -> Made | None:
    """As in "the second day of talks", "a third straight week": the one that is told of."""
    after = match.after()
    if match.word("nth") == "last" or (after is not None and after.word in ("half", "-")):
        return None
    return match.made("DATE", "narrative_unit", unit=match.unit(), nth=1)


def the_unit(match: Match) -> Made | None:
    """Such as "the day", "the week", "the year": the one the narrative speaks of."""
    unit, after = match.unit(), match.after()
    following = after.word if after else ""
    if unit in "hms" or is_age(match):
        return None
    if unit in ("Y", "M") and following in ("ended", "ending"):
        return match.made("DURATION", "duration", n="1", unit=unit)
    if unit == "Q" and following in ("ended", "ending") and (month := match.after(1)):
        # A quarter that ends on July 31 is mostly the second one of its year.
        number = match.lexicon.values["month"].get(month.word.rstrip("."))
        if number:
            return match.made("DATE", "quarter", quarter=max(1, int(number) // 3))
    if not match.has("stage") and not match.has("edge"):
        if unit in ("D", "E", "C") and not match.near("day_leads"):
            return None
        if unit not in ("WE", "W", "Y") and following in ("of", "that", "when", "'s", "’s"):
            return None
    return match.made("DATE", "narrative_unit", unit=unit, stage=match.stage())


def unit_refs(match: Match) -> Made | None:
    """As in "recent weeks", "coming months", "the past decades": no number, so no length."""
    ref = match.word("rel")
    if ref in ("last", "previous") and match.last - match.first < 3:
        return None
    if any(
        token.word in ("few", "several", "couple", "many")
        for token in match.tokens[match.first : match.last]
    ):
        return match.made("DURATION", "duration", n="X", unit=match.unit())
    return match.made(
        "DATE",
        "reference",
        value="FUTURE_REF" if ref in match.lexicon.values["next"] or ref == "weeks" else "PAST_REF",
    )


def future_units(match: Match) -> Made | None:
    return match.made("DATE", "reference", value="FUTURE_REF")


def last_units(match: Match) -> Made | None:
    ahead = match.word("rel") in match.lexicon.values["next"]
    head = match.tokens[match.first].word
    if head == "last" and match.near("lasts"):  # the verb: "will last seven days"
        return match.made("DURATION", "duration", first=1, n=match.amount(), unit=match.unit())
    over = head == "over"  # here a preposition, not "more than"
    return match.made(
        "DURATION",
        "duration",
        first=1 if over else 0,
        n=match.amount(),
        unit=match.unit(),
        ref="next" if ahead else "last",
    )


def ago(match: Match) -> Made | None:
    unit, way = match.unit(), match.word("way")
    amount = match.amount() if match.has("n") else "1"
    sign = 1 if way in ("later", "after", "hence", "from", "on", "following") else -1
    after = match.after()
    leads_on = (
        way in ("before", "after")
        and after is not None
        and not after.classes & {"stop", "comma", "gap"}
    )
    if leads_on or (amount == "X" and way != "ago"):
        return match.made("DURATION", "duration", n=amount, unit=unit, last=-len(match.all("way")))
    if amount == "X":
        return match.made("DATE", "reference", value="PAST_REF")
    anchor = "publication" if way in ("ago", "hence", "from") else "narrative"
    return match.made(
        "DATE",
        "shift",
        n=amount,
        unit=unit,
        sign=sign,
        anchor=anchor,
        finance=1 if unit == "Y" and amount == "1" else None,
    )


def ago_and_a_half(match: Match) -> Made | None:
    """As in "a year and a half ago", "half a year later"."""
    unit, way = match.unit(), match.word("way")
    amount = "1.5" if match.tokens[match.last - 2].word == "half" else "0.5"
    sign = 1 if way == "later" else -1
    anchor = "publication" if way == "ago" else "narrative"
    return match.made("DATE", "shift", n=amount, unit=unit, sign=sign, anchor=anchor)


def ago_day(match: Match) -> Made | None:
    """As in "a week ago Monday", "a year ago this week", "a week from Friday"."""
    unit, amount = match.unit(), match.amount() if match.has("n") else "1"
    if unit not in ("W", "M", "Y") or amount == "X" or "." in amount:
        return None
    sign = 1 if match.word("way") == "from" else -1
    within = {"week": "W", "month": "M"}.get(match.word("which"))
    return match.made(
        "DATE", "ago_day", n=amount, unit=unit, sign=sign, weekday=match.weekday(), within=within
    )


def in_time(match: Match) -> Made | None:
    """As in "two weeks' time"."""
    unit, amount = match.unit(), match.amount() if match.has("n") else "1"
    if unit in "hms" or (
        match.word("u").endswith("s") and match.tokens[match.last - 2].word == "a"
    ):
        return None
    if amount == "X":
        return match.made("DATE", "reference", value="FUTURE_REF")
    return match.made("DATE", "shift", n=amount, unit=unit, sign=1, anchor="publication")


def day_before(match: Match) -> Made | None:
    sign = -1 if match.word("way") in ("before", "earlier", "prior", "previous") else 1
    after = match.after()
    if match.has("part"):
        when = match.value("part", "daypart")
        return match.made(
            "TIME", "shift", n="1", unit="D", sign=sign, anchor="narrative", part=when
        )
    if after is not None and after.word == match.word("u"):
        return None  # "day after day"
    deictic_word = match.word("deictic")
    if deictic_word:
        days = int(match.value("deictic", "deictic"))
        return match.made("DATE", "deictic", days=days + sign)
    night = match.word("u") == "night"
    unit, part = ("D", "TNI") if night else (match.unit(), None)
    return match.made(
        "TIME" if night else "DATE",
        "shift",
        n="1",
        unit=unit,
        sign=sign,
        anchor="narrative",
        part=part,
        whole=1 if unit == "W" and match.tokens[match.first].word == "the" else None,
    )


def clock(match: Match) -> Made | None:
    meridian, zone, time = match.word("meridian"), match.word("zone"), _hour_minute(match)
    if time is None:
        return None
    hour, minute = time
    if hour > 24 or minute > 59 or (meridian and hour > 12):
        return None
    named = meridian or zone or (match.has("oclock") and match.word("oclock") != "hours")
    if not named and not match.near("clock_leads"):
        return None
    if meridian:
        hour = hour % 12 + (12 if meridian[0] == "p" else 0)
    utc = "Z" if zone in ("utc", "gmt", "z") else ""
    return match.made("TIME", "clock", clock=f"T{hour:02d}:{minute:02d}{utc}")


def _hour_minute(match: Match) -> tuple[int, int] | None:
    """The hour and minute of "10:35", "1456", "715", "16.08", "9", "nine"."""
    token = match.at("hour")
    digits = token.word
    if ":" in digits or "decimal" in token.classes:
        hour, minute = re.split("[:.]", digits)[:2]
        return (int(hour), int(minute)) if len(minute) == 2 else None
    if not digits.isdigit():
        return int(match.lexicon.values["number"][digits]), 0
    if len(digits) > 2:
        return int(digits[:-2]), int(digits[-2:])
    return int(digits), 0


def part_clock(match: Match) -> Made | None:
    return match.made("TIME", "clock", clock=match.value("part", "daypart"))


def reference(match: Match) -> Made | None:
    if match.word("reference") == "soon" and _soon_after(match):
        return None
    return match.made("DATE", "reference", value=match.value("reference", "reference"))


def _soon_after(match: Match) -> bool:
    """Whether "soon" tells how quickly one thing followed another ("soon became", "as soon as")."""
    after = match.after()
    if match.before() == "as" or after is None:
        return match.before() == "as"
    return after.word in ("after", "as", "-") or after.word.endswith("ed") or match.near("past", 0)


def the_term(match: Match) -> Made | None:
    """As in "in the long term"; before a noun ("the long-term plan") it is no time."""
    after = match.after()
    if (
        after is not None
        and after.word[:1].isalpha()
        and "hyphen" in match.tokens[match.last - 2].classes
    ):
        return None
    return match.made("DATE", "reference", value="FUTURE_REF")


def then(match: Match) -> Made | None:
    """As in "by then", "until that time": the day told of."""
    return match.made("DATE", "narrative_unit", unit="D", first=1)


def refer(value: str) -> Maker:
    def make(match: Match) -> Made | None:
        return match.made("DATE", "reference", value=value)

    return make
