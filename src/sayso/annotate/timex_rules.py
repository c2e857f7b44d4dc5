"""The rules of time expressions: patterns over classes of words (see timex_tokens), each with the
maker that reads it.

In a pattern `<name>` is a class of knowledge/times.yaml or of numbers, `<name:group>` the same as a
group, `(group= …)` a group, a bare word itself. Where rules meet, the longest match wins, then the
earlier rule.
"""

# ruff: noqa: E501 -- a rule is easier to read on one line
from __future__ import annotations

from sayso.annotate import timex_dates as dates
from sayso.annotate import timex_days as days
from sayso.annotate import timex_lengths as lengths
from sayso.annotate import timex_spans as spans
from sayso.annotate.timex_match import Maker

N = (
    "(n=(?:a|<number>|<integer>)?<scale>(?:and?(?:<tens>(?:<hyphen>?<number>)?|<number>))?|a?couple of?|a few|a?good?many|<tens><hyphen>?<number>|<tens>"
    "|<number>(?:<hyphen>?and<hyphen>?a<hyphen>?half)?|<integer><half>|<integer><integer><slash><integer>|<integer>(?:and a half)?|<decimal>|<vague>of?)"
)
APPROX = (
    "(?:at least|at the?most|no (?:more|less|fewer|later|longer) than|(?:more|less|fewer|longer|better) than|up to"
    "|as (?:much|many|long|little) as|just|just (?:over|under)|<about>|well over|only)?"
)
UNIT = "(u=<unit>|<units>)"
EDGE = "(?:(edge=the?very?(?:beginning|start|middle|end|close|rest|remainder|turn) of))?"
STAGE = "(?:(stage=early|late|mid|earlier|later|sometime|middle|beginning)(?:<hyphen>|in|on|of)?)?"
YEAR = "<recent_year:year>"
REL = "(rel=(?:that|this) same|last|past|previous|preceding|this|next|coming|following|upcoming|same|that|this (?:past|coming)|current|latest)"
AGO = f"{APPROX}(?:{N}|a|an)<hyphen>?{UNIT}(?:or so|or more)?"
YREF = "(yref=(?:last|this|next|the?previous) year)"

RULES: tuple[tuple[str, Maker], ...] = (
    # Dates by number and name.
    (
        f"(?:<weekday:weekday><comma>?)?the?(day=<day_number>|<ordinal>)of?<month:month>(?:<comma>?{YEAR}|of?{YREF})?",
        dates.full_date,
    ),
    (
        f"(?:<weekday:weekday><comma>?)?<month:month>the?(day=<day_number>|<ordinal>)(?:<comma>?{YEAR}|<comma>?of?{YREF})?",
        dates.full_date,
    ),
    ("<month:month><joined:joined>", dates.joined_date),
    ("<iso>", dates.iso_date),
    (f"(day=<day_number>)<hyphen><month:month><hyphen>{YEAR}", dates.hyphen_date),
    ("(?:on|by|until|since|from|before|after|to)the(day=<nth>)", dates.nth_day),
    ("the(day=<nth>|<ordinal>)of (rel=this|last|next) month", dates.day_of_month),
    ("<numeric>", dates.numeric_date),
    # Months, years, decades, centuries.
    (f"{EDGE}{STAGE}<month:month>(?:<comma>?of?{YEAR}|of?{YREF})?", dates.month_alone),
    (f"{EDGE}{STAGE}{REL}<month:month>", dates.month_alone),
    (f"{STAGE}<month:month><apostrophe>(short=<two>)", dates.month_alone),
    (f"{EDGE}{STAGE}{YEAR}", dates.year_alone),
    (f"the?(lead=year|calendar year){YEAR}", dates.year_alone),
    (
        "the?year?(century=nineteen|eighteen|twenty)(n=<tens><hyphen>?<number>|<tens>|<number>)",
        dates.spelled_year,
    ),
    ("the year two thousand", dates.year_two_thousand),
    (f"{YEAR}(?:<hyphen>|<slash>)(second=<two>)", dates.second_year),
    (
        f"the?{EDGE}(?:(lead=early|late|mid|middle|last half of the)<hyphen>?)?<apostrophe>?(decade=<recent_year>|<two>)s",
        dates.decade,
    ),
    (
        "the(?:(lead=early|late|mid|middle)<hyphen>?)?<apostrophe>?(decade=<recent_year>|<two>)<possessive>",
        dates.decade,
    ),
    ("<apostrophe>(year=<two>)", dates.short_year),
    ("the(?:(stage=early|late|mid)<hyphen>?)?<spelled_decade:decade>", dates.spelled_decade),
    (
        f"<month:month>(day=<day_number>)(?:and|or|to|<hyphen>)(second=<day_number>)(?:<comma>?{YEAR})?",
        dates.second_day,
    ),
    (
        f"the?(first=<day_number>)(?:and|or|to|<hyphen>)the?(day=<day_number>)of?<month:month>(?:<comma>?{YEAR})?",
        dates.first_day,
    ),
    (
        "the?(?:early|late|mid)?<hyphen>?(nth=<nth>|<ordinal>|<day_number>)<hyphen>?century",
        dates.century,
    ),
    # Weekdays, days and their parts.
    (f"{STAGE}(?:the?{REL})?<weekday:weekday>(?:<hyphen>?<daypart:part>)?", days.weekday),
    (f"the day(way=before|after)(?:the?{REL})?<weekday:weekday>", days.beside_weekday),
    ("<weekday:weekday><dayparts:part>", days.plural_part),
    (f"{STAGE}(?:the?{REL})?<weekdays:weekday>(?:<dayparts:part>)?", days.bare_possessive),
    ("<weekday:weekday>of?(which=last|this|next) week", days.day_of_week),
    (f"{STAGE}<deictic:deictic>(?:at?<hyphen>?<daypart:part>)?", days.deictic),
    ("(stage=early|earlier|later|late)?(which=this|last)<daypart:part>", days.this_part),
    ("(which=tonight|overnight)", days.this_part),
    (
        "the?(?:early|late|next|following|previous|same|same)?(?:early|late|mid)<hyphen>?<daypart:part>",
        days.the_part,
    ),
    ("the (rel=next|following|previous|same|early|late)<daypart:part>", days.the_part),
    ("the early<hyphen>?<daypart:part>hours", days.the_part),
    ("(rel=that)same?<daypart:part>", days.the_part),
    ("(?:in|during) the<daypart:part>", days.in_the_part),
    # Quarters, halves, fiscal years, seasons.
    (
        f"(?:the|its|(possessor=(?:last|this|next) year)<possessive>)?(?:fiscal|financial)?<hyphen>?(nth=<ordinal>)<hyphen>?quarter(?:(?:of|in)?(?:the?(?:fiscal|year|calendar)?{YEAR}|{YREF}))?",
        spans.quarter,
    ),
    (f"the?{YEAR}(nth=<ordinal>)<hyphen>?quarter", spans.quarter),
    (
        "(?:the|its)?(?:comparable|same|corresponding)?(ago=year<hyphen>?(?:ago|earlier))(nth=<ordinal>)<hyphen>?quarter",
        spans.quarter,
    ),
    (f"q(nth=<integer>)(?:of?(?:{YEAR}|{YREF}))?", spans.short_quarter),
    (f"fy<hyphen>?{YEAR}", spans.fiscal),
    (
        f"the?(nth=first|second|last|latter)<hyphen>?half(?:of)?(?:{YEAR}|{YREF}|(now=the year))",
        spans.half,
    ),
    (
        "(?:the|its|a)?(?:comparable|same|corresponding)?year<hyphen>?(?:ago|earlier)(what=quarter|period|month)?",
        spans.same_period,
    ),
    ("(?:last|the previous) year<possessive>(what=quarter|period)", spans.same_period),
    (
        f"the (?:same|corresponding|comparable)(what=quarter|period|month|week|day|time)(?:(?:of|in)?(?:the?last year|a year(?:ago|earlier)|{YEAR}))",
        spans.same_period,
    ),
    (
        f"the (?:latest|most recent)(?:quarter|period)|the {YEAR}(?:quarter|period)",
        spans.latest_period,
    ),
    (f"(?:fiscal|financial)<hyphen>?year?{YEAR}", spans.fiscal),
    (f"the?{YEAR}(?:fiscal|financial)year", spans.fiscal),
    (f"(?:{EDGE}the)?{REL}?full?(?:fiscal|financial)year", spans.fiscal),
    (
        f"{EDGE}(the=the)?{STAGE}{REL}?<season:season>(?:of?(?:the year)?{YEAR}|of?{YREF})?",
        spans.season,
    ),
    (f"{STAGE}the?<season:season>of nineteen(n=<tens><hyphen>?<number>)", spans.season),
    # Units near the day of writing or the narrative's.
    (f"{EDGE}{STAGE}(the=the)?{REL}(u=<unit>)(?:or so)?", spans.unit_ref),
    (f"{EDGE}{STAGE}the (?:full|entire)?(u=<unit>)(?:as a whole)?", spans.the_unit),
    ("the(?:(u=<unit>)|<weekday:weekday>)before last", spans.before_last),
    (
        "(?:the|a|an|his|her|its|their)?(nth=<ordinal>)(?:straight|consecutive|successive|full)?(u=day|week|month|year)",
        spans.nth_unit,
    ),
    ("year<hyphen>?end|year <possessive>end|the end of the year", spans.year_end),
    (
        "the?(rel=recent|past|last|coming|next|previous)(?:few|several|couple of|many)?<units:u>(?:and<units>)?",
        spans.unit_refs,
    ),
    ("the <units:u>ahead", spans.future_units),
    (
        f"{APPROX}the?(rel=last|past|next|coming|first|final|previous|following|preceding){N}(?:more|full|trading|consecutive|straight)?{UNIT}(?:or so)?",
        spans.last_units,
    ),
    (
        f"{AGO}(way=ago|earlier|later|before|after|hence|from now|previously|prior)",
        spans.ago,
    ),
    (f"{AGO}(way=ago)(?:on)?(?:<weekday:weekday>|this (which=week|month))", spans.ago_day),
    (f"(?:{N}|a)(u=week|weeks)(way=from)(?:on)?<weekday:weekday>", spans.ago_day),
    (
        f"{APPROX}(?:a|an|one)(u=<unit>)and a half(way=ago|earlier|later|before)",
        spans.ago_and_a_half,
    ),
    (f"{APPROX}half (?:a|an)(u=<unit>)(way=ago|earlier|later)", spans.ago_and_a_half),
    (
        "the?(u=day|week|month|year|night)(way=before|after|earlier|later)(?:<deictic:deictic>)?",
        spans.day_before,
    ),
    ("the<daypart:part>(way=before|after)", spans.day_before),
    ("the week of the?<month:month>(day=<day_number>|<ordinal>)", dates.week_of),
    (f"the?(nth=<ordinal>)week (?:of|in)<month:month>(?:<comma>?{YEAR})?", dates.nth_week),
    (
        f"{APPROX}(?:{N}|a|an)<hyphen>?{UNIT}(?:<apostrophe>|<possessive>)?time",
        spans.in_time,
    ),
    # Durations.
    (
        f"{APPROX}the?{N}(?:<hyphen>?(?:to|or|<hyphen>)<hyphen>?{N.replace('n=', 'to=')})?<hyphen>?(?:more|full|trading|consecutive|straight|additional|extra|working|business|long)?{UNIT}(?:<hyphen>?long|or so)?",
        lengths.duration,
    ),
    (
        f"{APPROX}(?:(?:a|an)(?:full|whole|entire|further|additional)?|the whole)(u=<unit>)<hyphen>?long?",
        lengths.one_unit,
    ),
    (f"{APPROX}another (u=<unit>)", lengths.one_unit),
    ("(long=<unit:u><hyphen>?long)", lengths.bare_units),
    ("<lasting:lasting>", lengths.lasting),
    ("over the <units:u>", lengths.over_the_units),
    ("(long=<units:u><hyphen>?long)", lengths.bare_units),
    ("<units:u>(?:or<units>)?", lengths.bare_units),
    ("half (?:a|an)<hyphen>?(u=<unit>)", lengths.half_unit),
    ("(?:a|the)?quarter<hyphen>?(?:of a)?century(way=ago)?", lengths.quarter_century),
    ("(?:a|the)?half<hyphen>(u=<unit>)", lengths.half_unit),
    # Repetition.
    (f"<every>(other=other)?(?:{N})?{UNIT}", lengths.every),
    (
        "(?:once|twice|(?:<number>|<integer>|<vague>)times)(?:a|per|each|every)(u=day|week|month|year)",
        lengths.times_a,
    ),
    ("per(u=day|week|month|year)", lengths.times_a),
    ("weekends", lengths.weekends),
    ("<every>(?:<weekday:weekday>|<daypart:part>)", lengths.every),
    ("(set=<set>)", lengths.set_word),
    # Clock.
    (
        "(hour=<hour>|<hour_number>|<decimal>|<number>|<short_clock>|<clock>)<meridian:meridian><zone:zone>?",
        spans.clock,
    ),
    ("(hour=<hour>|<clock>)(?:hours)?<zone:zone>", spans.clock),
    ("(hour=<hour>)", spans.clock),
    ("(hour=<clock>)(oclock=hours)", spans.clock),
    ("(hour=<hour_number>|<number>)(oclock=o'clock)", spans.clock),
    ("(part=noon|midnight|midday)", spans.part_clock),
    (
        "(?:at|by|before|after|around|until|since|from)(part=dawn|daybreak|dusk|sunset|sunrise|nightfall)",
        days.in_the_dark,
    ),
    ("the early hours", days.early_hours),
    ("the<daypart:part>(?=of)", days.the_part_of),
    # Words that point at a time without naming one.
    ("<reference:reference>", spans.reference),
    (
        "right now|at present|these days|at the moment|for the time being|the time being|present day",
        spans.refer("PRESENT_REF"),
    ),
    (
        "the future|the (?:near|foreseeable|immediate|distant)future|as soon as possible|a later (?:date|time|stage)",
        spans.refer("FUTURE_REF"),
    ),
    ("the (?:near|short|long|medium)<hyphen>?term", spans.the_term),
    ("the recent?past|some time ago", spans.refer("PAST_REF")),
    ("some day|someday", spans.refer("FUTURE_REF")),
    ("(?:by|until|till)(?:that time|then)", spans.then),
    ("current", spans.refer("PRESENT_REF")),
    ("recent", spans.refer("PAST_REF")),
    # Feasts.
    ("<feast>(?:<feast>|<hyphen>|<possessive>)*", dates.festival),
    (f"<feast>(?:<feast>|<hyphen>|<possessive>)*<comma>?of?{YEAR}", dates.festival),
)
"""The rules, in order of precedence."""
