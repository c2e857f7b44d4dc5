"""What the words of lengths and repetition say (rules: timex_rules).

A maker returns None where the words turn out to be something else. Values are not computed here:
`parts` holds what resolve.times needs.
"""

from __future__ import annotations

from sayso.annotate.timex_match import Made, Match


def is_age(match: Match) -> bool:
    """Whether the words tell an age: "35-year-old", "52 years old", "aged 12 years"."""
    following = [token.word for token in match.tokens[match.last : match.last + 2]]
    return (
        "old" in following[:1] or following[:2] == ["-", "old"] or match.before() in ("aged", "age")
    )


def duration(match: Match) -> Made | None:
    unit, after = match.unit(), match.after()
    if unit == "h" and "clock" in match.at("n").classes and match.near("clock_leads"):
        return None  # "at 1800 hours"
    row = {"consecutive", "straight"} & {t.word for t in match.tokens[match.first : match.last]}
    if is_age(match) or (unit == "Q" and not row and after is not None and after.word == "of"):
        return None
    if match.word("n") == "one" and unit == "D" and match.near("some_day"):
        return match.made("DATE", "reference", value="FUTURE_REF")
    return match.made("DURATION", "duration", n=match.amount(), unit=unit)


def one_unit(match: Match) -> Made | None:
    """As in "a week", "an hour": a length, or a rate after an amount; both are worth the same."""
    unit, before = match.unit(), match.before()
    following = [token.word for token in match.tokens[match.last : match.last + 3]]
    if match.word("u") in ("quarter", "weekend") or is_age(match):
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


def lasting(match: Match) -> Made | None:
    """As in "monthlong"."""
    return match.made("DURATION", "duration", n="1", unit=match.value("lasting", "lasting"))


def over_the_units(match: Match) -> Made | None:
    """As in "over the years"."""
    after = match.after()
    if after is not None and (after.word in ("of", "to", "ahead") or "hyphen" in after.classes):
        return None
    return match.made("DURATION", "duration", first=1, n="X", unit=match.unit())


def times_a(match: Match) -> Made | None:
    """As in "twice a week", "per day"."""
    return match.made("SET", "set", n="1", unit=match.unit())


def half_unit(match: Match) -> Made | None:
    unit = match.unit()
    return match.made("DURATION", "duration", n="0.5", unit=unit)


def quarter_century(match: Match) -> Made | None:
    """As in "a quarter of a century ago"."""
    if match.has("way"):
        return match.made("DATE", "shift", n="25", unit="Y", sign=-1, anchor="publication")
    return match.made("DURATION", "duration", n="25", unit="Y")


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
