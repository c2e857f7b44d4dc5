"""A toll is chosen only by a rule that the user names."""

from __future__ import annotations

import pytest

from sayso.schema import Account, AccountToll, Evidence, Matter, TollRule
from sayso.show.tolls import choose


def toll(
    value: float | None, on: str, *, part: bool = False, effect: str = "killed"
) -> AccountToll:
    return AccountToll(
        figure=f"f{value}{on}", document="a", on=on, value=value, low=value, high=value,
        bound="exact", of="people", effect=effect, part=part,
    )  # fmt: skip


def matter(*accounts: tuple[AccountToll, ...]) -> Matter:
    return Matter(
        id="m", evidence=(Evidence(document="a", start=0, end=1),), method="test/1", title="t",
        place=None, earliest=None, latest=None, documents=("a",), also_in=(), reports=1, origins=1,
        accounts=tuple(
            Account(speaker=f"s{n}", voice="named", says="", figures=(), documents=("a",), tolls=t)
            for n, t in enumerate(accounts)
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "value"), [("lowest", 9), ("highest", 31), ("latest", 20), ("median", 20)]
)
def test_each_rule_chooses_its_number(rule: TollRule, value: float) -> None:
    one = matter(
        (toll(9, "2031-03-04"), toll(20, "2031-03-06")),
        (toll(31, "2031-03-05"), toll(2, "2031-03-05", part=True)),
        (toll(12, "2031-03-05"),),
    )
    chosen = choose(one, rule)
    assert chosen is not None
    assert chosen.value == value


def test_words_and_parts_are_never_chosen() -> None:
    assert (
        choose(matter((toll(None, "2031-03-05"), toll(3, "2031-03-05", part=True))), "lowest")
        is None
    )


def test_the_wounded_stand_in_where_nobody_gives_the_dead() -> None:
    chosen = choose(matter((toll(7, "2031-03-05", effect="wounded"),)), "latest")
    assert chosen is not None
    assert chosen.effect == "wounded"
