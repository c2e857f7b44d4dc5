"""What the words of weekdays, of today and of parts of the day say (rules: timex_rules).

A maker returns None where the words turn out to be something else. Values are not computed here:
`parts` holds what resolve.times needs.
"""

from __future__ import annotations

import msgspec

from sayso.annotate.timex_match import Made, Match


def day_of_week(match: Match) -> Made | None:
    """As in "Monday of last week"."""
    weeks = {"last": -1, "this": 0, "next": 1}[match.word("which")]
    return match.made("DATE", "week_day", weekday=match.weekday(), weeks=weeks)


def beside_weekday(match: Match) -> Made | None:
    """As in "the day before last Tuesday"."""
    plus = -1 if match.word("way") == "before" else 1
    return match.made("DATE", "weekday", weekday=match.weekday(), ref=match.ref(), plus=plus)


def weekday(match: Match) -> Made | None:
    part, after = match.part(), match.after()
    if after is not None and after.word in _PAPERS:
        return None
    if match.near("named_weekday"):
        return match.made("DATE", "weekday", weekday=match.weekday(), ref="named")
    if "doubtful" in match.at("weekday").classes:
        # "Sun", "Sat", "Wed" are names and verbs too.
        if match.ref() in ("that", "same"):
            return None
        led = any(match.has(group) for group in ("rel", "stage", "part"))
        if not led and not match.near("weekday_leads"):
            return None
    return match.made(
        "TIME" if part else "DATE", "weekday", weekday=match.weekday(), ref=match.ref(), part=part
    )


def bare_possessive(match: Match) -> Made | None:
    """As in "Saturdays": every Saturday, or before a noun Saturday's with its apostrophe lost."""
    day = int(match.value("weekday", "weekdays"))
    part = match.part("dayparts")
    after = match.after()
    ends = (
        after is None
        or not after.word[:1].isalpha()
        or after.word in ("and", "or", "at", "in", "from", "to", "as", "the")
    )
    again = match.near("set_follows", 0) and match.before() == "on"
    another = match.after(1)
    again |= ends and another is not None and "weekdays" in another.classes
    if part or again or ends:
        return match.made("SET", "set_weekday", weekday=day, part=part)
    return match.made("DATE", "weekday", weekday=day, ref=match.ref())


def plural_part(match: Match) -> Made | None:
    return match.made(
        "SET", "set_weekday", weekday=match.weekday(), part=match.value("part", "dayparts")
    )


def deictic(match: Match) -> Made | None:
    part = match.part()
    return match.made(
        "TIME" if part else "DATE",
        "deictic",
        days=int(match.value("deictic", "deictic")),
        part=part,
    )


def this_part(match: Match) -> Made | None:
    if match.word("which") in ("tonight", "overnight"):
        return match.made(
            "TIME", "deictic", days=0 if match.word("which") == "tonight" else -1, part="TNI"
        )
    days = -1 if match.word("which") in ("last", "previous") else 0
    return match.made("TIME", "deictic", days=days, part=match.value("part", "daypart"))


def the_part(match: Match) -> Made | None:
    rel = match.word("rel")
    days = 1 if rel in ("next", "following") else (-1 if rel == "previous" else 0)
    return match.made("TIME", "narrative", days=days, part=match.value("part", "daypart"))


def in_the_part(match: Match) -> Made | None:
    made = the_part(match)
    return msgspec.structs.replace(made, first=made.first + 1) if made else None


_PAPERS = frozenset({"times", "telegraph", "mirror", "express", "herald", "tribune"})
"""After a weekday: the name of a newspaper."""


def in_the_dark(match: Match) -> Made | None:
    """As in "at dawn": of the day that the narrative speaks of."""
    return match.made("TIME", "narrative", first=1, days=0, part=match.value("part", "daypart"))


LOOSE = "part of a day"
"""A rule whose expressions stand only when joined with the day after them."""


def early_hours(match: Match) -> Made | None:
    return match.made("TIME", LOOSE, part="TMO")


def the_part_of(match: Match) -> Made | None:
    """As in "the night of March 3"."""
    return match.made("TIME", LOOSE, part=match.value("part", "daypart"))
