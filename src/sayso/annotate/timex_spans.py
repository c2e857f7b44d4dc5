"""What the words of units, lengths, repetition and the clock say (rules: timex_rules).

A maker returns None where the words turn out to be something else. Values are not computed here:
`parts` holds what resolve.times needs.
"""

from __future__ import annotations

import re

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
    if unit in "EC" and match.word("rel") == "past":
        return match.made("DURATION", "duration", n="1", unit=unit, ref="last")
    if unit == "D" and ref == "next":
        ref = "following"  # "the next day" goes on from the last one told; today's is "tomorrow"
    return match.made("DATE", "unit", unit=unit, ref=ref, stage=match.stage())


def the_unit(match: Match) -> Made | None:
    """Such as "the day", "the week", "the year": the one the narrative speaks of."""
    unit, after = match.unit(), match.after()
    following = after.word if after else ""
    if unit in "hms":
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
    )


def _aged(match: Match) -> bool:
    """Whether the words tell an age: "35-year-old", "52 years old", "aged 12 years"."""
    following = [token.word for token in match.tokens[match.last : match.last + 2]]
    return (
        "old" in following[:1] or following[:2] == ["-", "old"] or match.before() in ("aged", "age")
    )


def duration(match: Match) -> Made | None:
    unit, after = match.unit(), match.after()
    if unit == "h" and "clock" in match.at("n").classes and match.near("clock_leads"):
        return None  # "at 1800 hours"
    if _aged(match) or (unit == "Q" and after is not None and after.word == "of"):
        return None
    return match.made("DURATION", "duration", n=match.amount(), unit=unit)


def one_unit(match: Match) -> Made | None:
    """As in "a week", "an hour": a length, or a rate after an amount; both are worth the same."""
    unit, before = match.unit(), match.before()
    following = [token.word for token in match.tokens[match.last : match.last + 3]]
    if match.word("u") in ("quarter", "weekend") or _aged(match):
        return None
    if match.tokens[match.last - 1].word == "-" and following[:1] == ["old"]:
        return None
    if unit == "D" and before in ("was", "be", "is", ".", "as", ""):
        return None
    if following == ["and", "a", "half"]:
        return match.made("DURATION", "duration", n="1.5", unit=unit, last=3)
    if before.isdigit() or match.near("rate_leads"):
        return match.made("SET", "set", n="1", unit=unit)
    return match.made("DURATION", "duration", n="1", unit=unit)


def bare_units(match: Match) -> Made | None:
    """As in "for weeks", "years of fighting": an unknown number of them."""
    unit = match.unit()
    if match.has("long"):
        many = match.word("u") in match.lexicon.values["units"]
        return match.made("DURATION", "duration", n="X" if many else "1", unit=unit)
    if unit == "Q" or not (match.near("span_leads") or match.near("span_follows", 0)):
        return None
    after = match.after()
    if after is not None and after.word == "ago":
        return match.made("DATE", "reference", value="PAST_REF", last=1)
    return match.made("DURATION", "duration", n="X", unit=unit)


def half_unit(match: Match) -> Made | None:
    unit = match.unit()
    return match.made("DURATION", "duration", n="0.5", unit=unit)


def every(match: Match) -> Made | None:
    if match.has("weekday"):
        return match.made("SET", "set_weekday", weekday=match.weekday())
    if match.has("part"):
        return match.made("SET", "set", n="1", unit="D")
    if match.word("u") == "weekend" and not match.has("n"):
        return weekends(match)
    return match.made(
        "SET",
        "set",
        n=match.amount() if match.has("n") else ("2" if match.has("other") else "1"),
        unit=match.unit(),
    )


def weekends(match: Match) -> Made | None:
    return match.made("SET", "set_value", value="XXXX-WXX-WE")


def set_word(match: Match) -> Made | None:
    return match.made("SET", "set_value", value=match.value("set", "set"))


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


def refer(value: str) -> Maker:
    def make(match: Match) -> Made | None:
        return match.made("DATE", "reference", value=value)

    return make
