"""Figures on invented sentences: what is counted, what befell it, wholes and parts."""

from collections.abc import Callable

import pytest

from sayso.annotate.figures import find_figures
from sayso.annotate.parse import Parse
from sayso.knowledge import load
from sayso.schema import Document, FigureSpan

Make = Callable[..., Document]


def figures(made: Document) -> tuple[FigureSpan, ...]:
    return find_figures(made, Parse(made), knowledge=load())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "At least 12 civilians were killed and 30 others wounded when shells hit Marn.",
            [(12, "civilians", "killed"), (30, "civilians", "wounded")],
        ),
        ("8 civilians killed by airstrike", [(8, "civilians", "killed")]),
        ("6 citizens killed 22 injured in Marn",
         [(6, "citizens", "killed"), (22, "citizens", "wounded")]),
        ("19 Killed and Injured in Attack", [(19, None, "killed or wounded")]),
        ("Minister among 12 dead in car bomb", [(12, None, "killed")]),
        ("Two suicide bombers killed 23 people.",
         [(2, "suicide bombers", None), (23, "people", "killed")]),
        ("The shelling claimed the lives of 7 people.", [(7, "people", "killed")]),
        ("The death toll from strikes on the old town of Marn rose to 43.", [(43, None, "killed")]),
        ("Nearly 174500 people trapped in the town wait.", [(174500, "people", "besieged")]),
        ("The fighting forced 3,000 residents to flee.", [(3000, "residents", "displaced")]),
        ("It killed nine members of the security forces.",
         [(9, "members of the security forces", "killed")]),
        ("Twelve civilians and 3 soldiers were killed.",
         [(12, "civilians", "killed"), (3, "soldiers", "killed")]),
        ("A child was killed and a man was wounded.",
         [(1, "child", "killed"), (1, "man", "wounded")]),
        ("Warplanes dropped 12 barrel bombs.", [(12, "barrel bombs", None)]),
    ],
)  # fmt: skip
def test_what_is_counted_and_what_befell_it(
    document: Make, text: str, expected: list[tuple[float, str | None, str | None]]
) -> None:
    found = figures(document(text))
    assert [(f.value, f.of, f.effect) for f in found] == expected


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("The strike killed 126 people, 68 of them children.", "children"),
        ("12 civilians 3 of them children died in the raid", "children"),
        ("The raid killed 43 people, including 9 children.", "children"),
        ("Ten children were among at least 48 people killed.", None),
    ],
)
def test_a_part_points_at_its_whole(document: Make, text: str, of: str | None) -> None:
    first, second = figures(document(text))
    part, whole = (first, 1) if of is None else (second, 0)
    assert part.part_of == whole
    assert part.effect == "killed"
    assert part.of == (of or "children")


def test_a_share_in_brackets_belongs_to_the_figure_before_it(document: Make) -> None:
    text = "They had about 80,000 fighters, of whom 28,000 (35 percent) were killed."
    whole, part, share = figures(document(text))
    assert (part.part_of, part.share, part.of) == (0, 0.35, "fighters")
    assert (share.value, share.unit, share.part_of) == (35, "percent", 0)
    assert whole.bound == "about"


@pytest.mark.parametrize(
    "text",
    [
        "On May 25, 2016 he met her at 6:30.",
        "A 21-year-old, aged 12, waited two weeks.",
        "Su-27 and MIG 29 jets flew by.",
        "Fri Feb 27 2015 Marn falls quiet",
        "One of the villages fell.",
        "Resolution 2254 was read out.",
        "40 May 20166",
    ],
)
def test_dates_times_ages_and_names_are_no_figures(document: Make, text: str) -> None:
    assert figures(document(text)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # lists and ellipses
        ("Nine people including a child and a nurse were killed.",
         [(9, "people", "killed"), (1, "child", "killed"), (1, "nurse", "killed")]),
        ("Planes made 13 raids on the town of Marn and 11 on the town of Vel.",
         [(13, "raids", None), (11, "raids", None)]),
        ("Doctors counted 15 bodies in Marn 10 in Vel and 4 in Orlin.",
         [(15, "bodies", "killed"), (10, "bodies", "killed"), (4, "bodies", "killed")]),
        ("Another civilian was killed and one was wounded.",
         [(1, "civilian", "killed"), (1, None, "wounded")]),
        ("Shells injured three people from the camp in addition to five patients.",
         [(3, "people", "wounded"), (5, "patients", "wounded")]),
        ("Among those killed on Monday was a child.", [(1, "child", "killed")]),
        ("Raids were killing civilians including three children.", [(3, "children", "killed")]),
        # what is counted
        ("The blast killed 19 civilian killed in Marn.", [(19, "civilian", "killed")]),
        ("Rebels took 39 pick-up trucks.", [(39, "pick-up trucks", None)]),
        ("Planes destroyed 6 armed vehicles.", [(6, "armed vehicles", None)]),
        ('Medics said "dozens" of people were injured.', [(None, "people", "wounded")]),
        ("At least one checkpoint was hit.", [(1, "checkpoint", None)]),
        ("Trucks reached two besieged Marovian villages.",
         [(2, "besieged Marovian villages", None)]),
        # what befell them
        ("Three children were among the dead.", [(3, "children", "killed")]),
        ("Some 250000 people are living under siege.", [(250000, "people", "besieged")]),
        ("It led to the killing or wounding of 20 militants.",
         [(20, "militants", "killed or wounded")]),
        ("The clinic puts the death toll from the war, now in its sixth year, at 4700.",
         [(4700, None, "killed")]),
        ("A bus carrying 12 soldiers was destroyed.", [(12, "soldiers", None)]),
        ("The blast left three others wounded local radio said.", [(3, "others", "wounded")]),
        ("Six injured civilians died on Monday.", [(6, "injured civilians", "killed")]),
        ("Planes killed 12 fighters fleeing Marn.", [(12, "fighters", "killed")]),
        ("About 30 injured a local source said.", [(30, None, "wounded")]),
        ("Earlier on the day four people were injured.", [(4, "people", "wounded")]),
    ],
)  # fmt: skip
def test_lists_phrases_and_what_befell(
    document: Make, text: str, expected: list[tuple[float | None, str | None, str | None]]
) -> None:
    found = figures(document(text))
    assert [(f.value, f.of, f.effect) for f in found] == expected


@pytest.mark.parametrize(
    "text", ["A nurse said the road was open.", "No one was killed.", "He met 12 in the morning."]
)
def test_people_that_nothing_befell_are_no_casualties(document: Make, text: str) -> None:
    assert figures(document(text)) == ()


def test_a_part_that_a_list_goes_on_with_belongs_to_the_same_whole(document: Make) -> None:
    text = "Twelve civilians including a child and a woman were killed and 3 others were injured."
    assert [f.part_of for f in figures(document(text))] == [None, 0, 0, None]


def test_spans_slice_and_hostile_text_is_survived(document: Make) -> None:
    text = "\u202e12 \U0001f600 people\x00 died " + "9" * 26 + ' """' + " 5 and" * 50 + " x" * 3000
    made = document(text)
    for figure in figures(made):
        assert text[figure.start : figure.end].strip() == text[figure.start : figure.end]
    assert figures(document("")) == ()
