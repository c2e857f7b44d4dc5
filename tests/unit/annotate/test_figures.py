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
        ("12 children were among the victims of the blast.", [(12, "children", "killed")]),
        ("6 martyrs and 22 injured were taken to Marn.",
         [(6, "martyrs", "killed"), (22, None, "wounded")]),
        ("A bomb killed at least 26 displaced people in Marn.",
         [(26, "displaced people", "killed")]),
        ("The council said 12 children were among the victims of the raid.",
         [(12, "children", "killed")]),
        ("At least 23 Redcap (Orlan) militants have been killed by shells.",
         [(23, "Redcap (Orlan) militants", "killed")]),
        ("Ten children and 13 rebels were among 48 people executed in Marn.",
         [(10, "children", "killed"), (13, "rebels", "killed"), (48, "people", "killed")]),
        ("Shells hit Marn claiming two lives and injuring three people.",
         [(2, "people", "killed"), (3, "people", "wounded")]),
        ("Raids killed 14 people including three children fleeing across the river.",
         [(14, "people", "killed"), (3, "children", "killed")]),
        ("Fifteen victims were brought to Marn for treatment.", [(15, "victims", None)]),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # verbs of headlines between numbers
        ("Rocket Shells at Marn Kill 3 Wounds 20", [(3, None, "killed"), (20, None, "wounded")]),
        ("Raid on Vel kills 30 injures 90", [(30, None, "killed"), (90, None, "wounded")]),
        ("At least 44 killed dozens injured as bombs hit Vel",
         [(44, None, "killed"), (None, None, "wounded")]),
        ("Terrorists Shell Marn Killing 4 Injuring 7",
         [(4, None, "killed"), (7, None, "wounded")]),
        # who they mostly are, and what befell them, is not what is counted
        ("Bombs in Vel Kill 32 Most School Pupils", [(32, None, "killed")]),
        ("The clinic had recorded four deaths from gas and 55 injuries.",
         [(4, None, "killed"), (55, None, "wounded")]),
        ("The toll rose to 32 and more than 115 wounded persons.",
         [(32, None, "killed"), (115, "persons", "wounded")]),
        # whoever tells of them is not counted
        ("Shells hit Marn killing five people and wounding dozens more observers said.",
         [(5, "people", "killed"), (None, "people", "wounded")]),
        ("Rebel fire in Marn kills 14 State media", [(14, None, "killed")]),
        # brackets, marks and joined words before the noun
        ("The raid killed up to 80 (AB group) fighters.", [(80, "fighters", "killed")]),
        ('It wounded "nearly 50" rebels in Vel.', [(50, "rebels", "wounded")]),
        ("Fighting has killed 30 regime and allied fighters.",
         [(30, "regime and allied fighters", "killed")]),
        # tolls in other words
        ("A local reporter placed the death toll from the raids at 50.", [(50, None, "killed")]),
        ("The death toll has become 12.", [(12, None, "killed")]),
        ("All five people on board are believed to have died the office said.",
         [(5, "people", "killed")]),
        ("All five people on board were assumed dead.", [(5, "people", "killed")]),
        ("The army lost 15 soldiers near Vel.", [(15, "soldiers", "killed")]),
        ("At least 50 people have lost their lives and 100 others sustained injuries.",
         [(50, "people", "killed"), (100, "people", "wounded")]),
        ("Police shot dead six attackers near Vel.", [(6, "attackers", "killed")]),
        ("33 people mostly women and children were affected by the gas.",
         [(33, "people", "wounded")]),
        ("The bombs caused over 30 cases of asphyxiation in Marn.", [(30, None, "wounded")]),
        ("Another 50 were wounded or missing the monitor said.",
         [(50, None, "wounded or missing")]),
        ("Among the dead were 20 children and nine women.",
         [(20, "children", "killed"), (9, "women", "killed")]),
        ("84 people including 17 children killed by militia in Vel",
         [(84, "people", "killed"), (17, "children", "killed")]),
        ("On Monday 22 children had been killed along with six teachers in raids.",
         [(22, "children", "killed"), (6, "teachers", "killed")]),
        ("They lost two tanks four vehicles and seven all-terrain vehicles with guns.",
         [(2, "tanks", None), (4, "vehicles", None), (7, "all-terrain vehicles", None)]),
        ("The raid killed 14 fighters from the Star group and five civilians a monitor said.",
         [(14, "fighters", "killed"), (5, "civilians", "killed")]),
        ("Horrible scenes from Vel 35+ dead & 70+ wounded after a raid.",
         [(35, None, "killed"), (70, None, "wounded")]),
    ],
)  # fmt: skip
def test_tolls_as_headlines_and_agencies_tell_them(
    document: Make, text: str, expected: list[tuple[float | None, str | None, str | None]]
) -> None:
    found = figures(document(text))
    assert [(f.value, f.of, f.effect) for f in found] == expected


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A man woman and child died in Marn.", [3]),
        ("A man, woman and child died in Marn.", [3]),
        ("The death of a woman and her child shook Marn.", [2]),
        ("A woman and child were killed in Vel.", [1, 1]),
        ("A woman and a child were killed.", [1, 1]),
    ],
)
def test_persons_in_a_row_are_counted(document: Make, text: str, values: list[float]) -> None:
    found = figures(document(text))
    assert [f.value for f in found] == values
    assert {f.effect for f in found} == {"killed"}


def test_a_person_in_a_picture_is_no_casualty(document: Make) -> None:
    assert figures(document("A man carries an injured girl after a raid on Vel.")) == ()


def test_a_part_whose_noun_is_not_known_is_a_part(document: Make) -> None:
    text = "The raid killed up to 80 [Star] fighters including nine natives of the valley."
    assert [(f.of, f.part_of) for f in figures(document(text))] == [
        ("fighters", None),
        ("natives", 0),
    ]


def test_what_a_raid_wounded_beside_its_dead_is_no_part(document: Make) -> None:
    found = figures(document("The blast killed 18 people and wounded 40 others."))
    assert [f.part_of for f in found] == [None, None]


def test_a_bound_may_be_parted_from_its_number(document: Make) -> None:
    (toll,) = figures(document("The agency put the death toll at least at 85."))
    assert (toll.low, toll.bound, toll.effect) == (85, "at least", "killed")


def test_those_dead_and_injured_are_of_whom_the_words_say(document: Make) -> None:
    text = "It left dozens of dead and injured from army personnel in Vel."
    (toll,) = figures(document(text))
    assert (toll.of, toll.effect) == ("army personnel", "killed or wounded")


@pytest.mark.parametrize(
    ("text", "effects"),
    [
        ("A clinic serving thousands of villagers in Vel has left two patients dead.",
         [None, "killed"]),
        ("Two suicide bombers killed 23 people.", [None, "killed"]),
        ("A bus with 12 passengers was shelled.", [None]),
        ("The party lost 15 seats and 20 supporters said so.", [None, None]),
    ],
)  # fmt: skip
def test_people_beside_the_dead_are_not_dead(
    document: Make, text: str, effects: list[str | None]
) -> None:
    assert [f.effect for f in figures(document(text))] == effects


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("With the death toll estimated between 500 and 1300 the council met.", 500, 1300),
        ("Medics put the death toll between 500 and 1300.", 500, 1300),
        ("They cited death tolls ranging from 500 to 1300.", 500, 1300),
    ],
)
def test_a_toll_can_be_a_range(document: Make, text: str, low: float, high: float) -> None:
    (figure,) = figures(document(text))
    assert (figure.low, figure.high, figure.effect) == (low, high, "killed")


def test_a_list_of_parts_ends_before_the_verb_of_the_whole(document: Make) -> None:
    found = figures(
        document(
            "15 civilians including a woman and two children had been killed in Marn and more "
            "than 100 wounded."
        )
    )
    told = [(f.value, f.of, f.effect, f.part_of) for f in found]
    assert told == [
        (15, "civilians", "killed", None),
        (1, "woman", "killed", 0),
        (2, "children", "killed", 0),
        (100, "civilians", "wounded", None),
    ]
