"""One toll of several, chosen by a rule that the user names. Without a rule none is chosen."""

from __future__ import annotations

import msgspec

from sayso.schema import AccountToll, Matter, TollRule, View

_MAIN = ("killed", "wounded")


def with_tolls(view: View, rule: TollRule) -> View:
    """The case with a toll for each matter that has one, chosen by the rule, and the rule named."""
    matters = tuple(
        msgspec.structs.replace(matter, toll=choose(matter, rule), toll_rule=rule)
        for matter in view.matters
    )
    return msgspec.structs.replace(view, matters=matters)


def choose(matter: Matter, rule: TollRule) -> AccountToll | None:
    """The lowest, highest or latest number of dead (else of wounded) that any voice gives, or the
    median of the latest of each voice (of an even number the lower middle one). Parts of a whole
    and words such as "dozens" are left out; of equals the first stands.
    """
    for effect in _MAIN:
        accounts = [
            [
                toll
                for toll in account.tolls
                if toll.effect == effect and not toll.part and toll.value is not None
            ]
            for account in matter.accounts
        ]
        tolls = [toll for account in accounts for toll in account]
        if not tolls:
            continue
        if rule == "lowest":
            return min(tolls, key=_number)
        if rule == "highest":
            return max(tolls, key=_number)
        if rule == "latest":
            return max(tolls, key=_latest)
        last = sorted((max(account, key=_latest) for account in accounts if account), key=_number)
        return last[(len(last) - 1) // 2]
    return None


def _number(toll: AccountToll) -> float:
    return toll.value or 0.0


def _latest(toll: AccountToll) -> tuple[str, float]:
    return toll.on or "", _number(toll)
