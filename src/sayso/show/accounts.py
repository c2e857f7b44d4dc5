"""A matter's accounts: what each voice says, those that weigh most first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from sayso.schema import Account, AccountToll, Figure, Matter, Relation, Statement
from sayso.show.html import joined, link, short, shown
from sayso.show.index import Index, side_of
from sayso.show.words import figure_words, number_words

FIRST = 4
"""Accounts shown at once; the others stand folded below them."""

QUOTED = 3
"""Statements quoted of an account that is shown at once; of a folded one, one."""

ALIKE = 60
"""Letters by which two statements of one account are the same words, quoted once."""

_DEPTH = {2: "told to a voice that told the outlet", 3: "through two voices before the outlet"}
"""How far an account stands from the outlet, where further than a voice that the outlet cites."""

_CHARGES = ("blames ", "lays it on ", "claims responsibility", "tells of ", "denies ")
"""How the parts of `Account.says` begin that are no tolls: these are told by `Account.tolls`."""

Row = dict[str, Any]


def account_rows(
    index: Index,
    matter: Matter,
    disputed: Sequence[Relation],
    said: Mapping[str, tuple[Statement, ...]],
) -> tuple[list[Row], list[Row]]:
    """The accounts ready for the page: those that weigh most, and the others."""
    ranked, sides = by_weight(index, matter, disputed)
    contested = [side for pair in sides for side in pair if isinstance(side, Statement)]
    rows = [
        _account(index, matter, account, contested, said, QUOTED if place < FIRST else 1)
        for place, account in enumerate(ranked)
    ]
    return rows[:FIRST], rows[FIRST:]


def by_weight(
    index: Index, matter: Matter, disputed: Sequence[Relation]
) -> tuple[list[Account], list[list[Any]]]:
    """A matter's accounts, those that weigh most first, and the two sides of each dispute.

    An account weighs a unit for each report, two for each account that it contradicts or denies,
    and one for a name; equals stand as the matter has them.
    """
    sides = [
        [side_of(index, relation.left), side_of(index, relation.right)] for relation in disputed
    ]
    return sorted(matter.accounts, key=lambda account: -_weight(account, sides)), sides


def _weight(account: Account, sides: Sequence[Sequence[Any]]) -> int:
    contested = sum(any(_told_by(account, side) for side in pair) for pair in sides)
    return len(account.documents) + 2 * contested + (account.voice == "named")


def _told_by(account: Account, side: Any) -> bool:
    """Whether a statement, figure or event is of an account's voice, or of who spoke for it."""
    if side is None or side.document not in account.documents:
        return False
    if side.speaker is None or account.speaker is None:
        return bool(side.speaker == account.speaker)
    return side.speaker == account.speaker or side.speaker in account.people


def _account(
    index: Index,
    matter: Matter,
    account: Account,
    contested: Sequence[Statement],
    said: Mapping[str, tuple[Statement, ...]],
    most: int,
) -> Row:
    figures = [index.figures[id_] for id_ in account.figures if id_ in index.figures]
    quotes: dict[str, Statement] = {}
    for statement in contested:
        if _told_by(account, statement):
            quotes.setdefault(_opening(statement), statement)
    for figure in figures:
        told = index.statements.get(figure.statement or "")
        if told:
            quotes.setdefault(_opening(told), told)
    if not figures:
        for statement in _spoken(account, said):
            quotes.setdefault(_opening(statement), statement)
    tolls = _tolls(index, account)
    return {
        "voice": _whose(index, account),
        "tag": "unnamed" if account.voice == "unnamed" else "",
        "says": shown(_says(account, tolled=bool(tolls))),
        "tolls": tolls,
        "people": joined(map(index.actor, account.people)),
        "depth": _DEPTH.get(account.depth, "") if account.texts else "",
        "quotes": [
            (
                link(f"s-{s.id}", "words"),
                shown(s.cue),
                short(s.content, 220),
                index.report_link(s.document),
            )
            for s in sorted(quotes.values(), key=lambda s: not s.denied)[:most]
        ],
        "figures": joined(
            dict.fromkeys(
                link(f"f-{f.id}", figure_words(f)) for f in figures if not (quotes or tolls)
            )
        ),
        "where": ""
        if quotes or figures
        else index.where([e for e in matter.evidence if e.document in account.documents]),
        "documents": index.report_links(account.documents),
        "reports": len(account.documents),
        "texts": account.texts,
        "outlets": account.outlets,
    }


def _opening(statement: Statement) -> str:
    """By what statements are told apart: copies and later versions begin alike."""
    return statement.content[:ALIKE].casefold()


def _says(account: Account, *, tolled: bool) -> str:
    """What an account says, without the tolls and the people that the page tells apart."""
    says = account.says
    if account.people:
        says = says.removesuffix(f" ({', '.join(account.people)})")
    if not tolled:
        return says
    return "; ".join(part for part in says.split("; ") if part.startswith(_CHARGES))


def _spoken(account: Account, said: Mapping[str, tuple[Statement, ...]]) -> list[Statement]:
    """What an account's voice, or those who spoke for it, say in its reports; denials first."""
    voices = {account.speaker, *account.people} - {None}
    spoken = [
        s for source in account.documents for s in said.get(source, ()) if s.speaker in voices
    ]
    return sorted(spoken, key=lambda s: not s.denied)[:QUOTED]


def _tolls(index: Index, account: Account) -> list[tuple[str, Markup]]:
    """An account's numbers, effect by effect, in the order of the days on which they were told."""
    groups: dict[tuple[bool, str], dict[tuple[Any, ...], AccountToll]] = defaultdict(dict)
    for toll in account.tolls:
        if toll.effect and toll.figure in index.figures:
            number = (toll.value, toll.low, toll.high, _counted(toll))
            known = groups[toll.part, toll.effect].get(number)
            if known is None or (toll.on or "~") < (known.on or "~"):
                groups[toll.part, toll.effect][number] = toll
    return [
        (f"{effect}, a part" if part else effect, _in_time(index, list(tolls.values())))
        for (part, effect), tolls in groups.items()
    ]


def _in_time(index: Index, tolls: Sequence[AccountToll]) -> Markup:
    """Numbers by day: "2031-03-04 at least 9, 12 → 2031-03-05 31"."""
    days: dict[str, list[AccountToll]] = defaultdict(list)
    for toll in sorted(tolls, key=lambda t: (t.on or "~", t.value or t.low or 0.0)):
        days[toll.on or "day unknown"].append(toll)
    return joined(
        (
            f"<span class=about>{day}</span> "
            + ", ".join(link(f"f-{t.figure}", _words(index.figures[t.figure], t)) for t in group)
            for day, group in days.items()
        ),
        " → ",
    )


def _whose(index: Index, account: Account) -> Markup:
    """Whose account it is: an actor, or the outlets on their own word."""
    if account.speaker is not None:
        return index.actor(account.speaker)
    outlets = dict.fromkeys(index.reports[source].shown_outlet for source in account.documents)
    return joined(("own word of ", joined(outlets, ", ")), between="")


def _counted(toll: AccountToll) -> str:
    """What a toll counts, where it is more telling than people."""
    return "" if toll.of in (None, "people") else toll.of or ""


def _words(figure: Figure, toll: AccountToll) -> str:
    if toll.value is None:
        return figure.text
    number = number_words(toll.value)
    bound = "" if toll.bound == "exact" else f"{toll.bound} "
    return f"{bound}{number} {_counted(toll)}".rstrip()
