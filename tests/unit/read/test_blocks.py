from __future__ import annotations

import pytest

PROSE = (
    "A monitor said on Monday that twelve people had been killed in the town of Tal Zor, "
    "where shells fell on a market in the early hours of the morning."
)
MORE = (
    "The army denied it, and its spokesman told reporters in the capital that the claim was "
    "a lie that the rebels had spread to win time."
)


def page(*lines: str) -> str:
    return "\n\n".join(lines)


def test_a_flattened_page_falls_into_its_kinds(blocks):
    found = blocks(
        page(
            "News   /   Dolan   /   Tal Zor",
            "Shells fall on market in Tal Zor",
            "21-04-2016\nPress TV\nTags: Dolan truce market\nA+ A-",
            f"SELM, Dolan Region - {PROSE}",
            "Army denies",
            MORE,
            "Press TV’s website can also be accessed at the following alternate addresses:",
            "www.presstv.co.uk",
            "SHARE THIS ARTICLE",
            "Press TV News Roku",
        )
    )
    assert [kind for kind, _ in found] == [
        "furniture", "headline", "dateline", "dateline", "furniture", "furniture", "dateline",
        "prose", "heading", "prose", "furniture", "furniture", "furniture", "furniture",
    ]  # fmt: skip
    assert found[6][1] == "SELM, Dolan Region -"


@pytest.mark.parametrize(
    "caption",
    [
        "Army spokesman Pol Varo (Photo by Reuters)",
        "Villagers gather near a house that was hit by shells in Tal Zor on June 4, 2016. (AFP)",
        "Foreign Minister Ana Beru (R) and envoy Jon Falk shake hands in Selm, May 9, 2016.",
        "Flour is seen strewn on the ground near Tal Zor on May 20, 2016, after a convoy was hit.",
        "An armed man (C) and two others are seen in a village near Selm on May 25, 2016. (AFP)",
        "Smoke rises over the harbour (File photo)",
    ],
)
def test_captions_between_paragraphs(blocks, caption):
    found = blocks(page("Shells fall on market", PROSE, caption, MORE))
    assert found[2] == ("caption", caption)


@pytest.mark.parametrize(
    "prose",
    [
        "General Pol Varo (seen below) said on Friday that the truce had held for a week.",
        "The two sides hold different views of the truce that ended on May 9, 2016.",
        "Twelve people were killed in the town on May 9, 2016, the monitor said. (AFP)",
        "Rebels (Reuters counted some 40) said that they would stay.",
    ],
)
def test_prose_that_looks_like_a_caption_stays_prose(blocks, prose):
    found = blocks(page("Shells fall on market", PROSE, prose, MORE))
    assert found[2][0] == "prose"


def test_comments_to_the_end_of_the_page(blocks):
    found = blocks(
        page(
            "Shells fall on market",
            PROSE,
            MORE,
            "Comments",
            "The Herald moderates all comments submitted on our website. We welcome criticism.",
            "We will not tolerate the following: profanity, threats and abuse of any kind at all.",
            "Post a comment",
            "Required",
        )
    )
    assert [kind for kind, _ in found[:3]] == ["headline", "prose", "prose"]
    assert {kind for kind, _ in found[3:]} == {"furniture"}


def test_a_word_like_comments_above_the_article_ends_nothing(blocks):
    found = blocks(page("Comments", "Shells fall on market in Tal Zor", PROSE, MORE))
    assert [kind for kind, _ in found] == ["furniture", "headline", "prose", "prose"]


@pytest.mark.parametrize(
    "furniture",
    ["Print Tweet Views 729 Related", "Get short URL 9427", "Share on Facebook", "Comments (4)"],
)
def test_lines_of_furniture_between_paragraphs(blocks, furniture):
    found = blocks(page("Shells fall on market", PROSE, furniture, MORE, PROSE))
    assert found[2][0] == "furniture"


def test_hard_wrapped_lines_are_one_paragraph(blocks):
    text = (
        "Shells fall on market\n\n"
        "A monitor said on Monday that twelve people had been killed in the\n"
        "town of Tal Zor, where shells fell on a market in the early hours\n"
        "of the morning.\n\n"
        "The army denied it, and its spokesman told reporters in the old\n"
        "capital that the claim was a lie.\n"
    )
    found = blocks(text)
    assert [kind for kind, _ in found] == ["headline", "prose", "prose"]
    assert found[1][1].endswith("of the morning.")


def row(text: str, title: str = "Shells fall on market in Tal Zor") -> str:
    quoted = text.replace('"', '""')
    return f'id,title,text\n1,{title},"{quoted}"\n'


@pytest.mark.parametrize(
    ("before", "kinds"),
    [
        ("Sun 16 Apr 2017 Shells fall on market in Tal Zor.", ["dateline", "furniture"]),
        ("Posted on July 20 2016 by Asharq Al-Awsat", ["dateline"]),
        ("Last updated at Jul 012016 SELM Sudan", ["dateline", "dateline"]),
        (
            "08.04.2017(updated 1456 08.04.2017) Get short URL 9427",
            ["dateline"] + ["furniture"] * 2,
        ),
        ("07.07.2015Get short URL 191", ["furniture"]),
        ("SELM (Reuters) -", ["dateline"]),
        ("Shells fall on market in Tal Zor AFP Sunday 15 Feb 2015", ["furniture", "dateline"]),
        ("Wednesday 27 Jul 2016 Print Tweet Views 729 Related", ["dateline", "furniture"]),
        ("Beirut London- ", ["dateline"]),
        (
            "Views 12 Related Selm group claims blast in Dolan Shells fall on market in Tal Zor",
            ["furniture", "furniture"],
        ),
    ],
)
def test_a_row_that_runs_on_from_page_furniture(read, before, kinds):
    (document,) = read(row(f"{before.strip()} {PROSE} {MORE}"), "table.csv")
    found = [(b.kind, document.text[b.start : b.end]) for b in document.blocks]
    assert [kind for kind, _ in found] == ["headline", *kinds, "prose"], found
    assert found[-1][1] == f"{PROSE} {MORE}"


def test_a_summary_tags_and_then_the_text(read):
    text = f"Date of publication 4 October 2016 Shells hit a market. Tags Dolan Selm truce. {PROSE}"
    (document,) = read(row(text), "table.csv")
    found = [(b.kind, document.text[b.start : b.end]) for b in document.blocks][1:]
    assert found == [
        ("dateline", "Date of publication 4 October 2016"),
        ("prose", "Shells hit a market."),
        ("furniture", "Tags Dolan Selm truce."),
        ("prose", PROSE),
    ]


def test_a_caption_with_its_credit_inside_a_paragraph(read):
    caption = "A view shows damage at a hospital in Tal Zor April 27 2017. (TRT World and Agencies)"
    (document,) = read(row(f"27 Apr 2017 {caption} {PROSE}"), "table.csv")
    found = [(b.kind, document.text[b.start : b.end]) for b in document.blocks]
    assert found[2] == ("caption", caption)
    assert found[3] == ("prose", PROSE)


@pytest.mark.parametrize(
    "after",
    [
        "--Reuters",
        "Read Also",
        "(Source: Dolan Coalition) Twitter",
        "Source TRTWorld and agencies",
        "Reporting by Ana Beru; Editing by Jon Falk",
        "Rana/Selma/Ibo",
        "218-11",
        "Tags army Selm Community standardsDiscussion Comment via FacebookComment via Sputnik News",
        "Follow us on Instagram. SUBSCRIBE to our channel. Careers Terms of Use Privacy Policy",
    ],
)
def test_furniture_at_the_end_of_a_paragraph(read, after):
    (document,) = read(row(f"{PROSE} {MORE} {after}"), "table.csv")
    found = [(b.kind, document.text[b.start : b.end]) for b in document.blocks]
    assert found[1] == ("prose", f"{PROSE} {MORE}")
    assert {kind for kind, _ in found[2:]} == {"furniture"}


@pytest.mark.parametrize(
    "prose",
    [
        "12 May 2015 was the day on which the truce began, the monitor said in its report.",
        "ISIS attacks on the town went on for a week, the monitor said in its report.",
        "NATO Secretary Jon Falk said that the truce had held for a week in the whole valley.",
    ],
)
def test_sentences_that_begin_like_datelines(read, prose):
    (document,) = read(row(f"{prose} {MORE}"), "table.csv")
    assert [b.kind for b in document.blocks] == ["headline", "prose"]
