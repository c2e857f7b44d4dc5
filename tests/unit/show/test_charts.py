from itertools import pairwise

import msgspec
import pytest

from sayso.schema import TruceBreach
from sayso.show.chains import chain_counts, picture
from sayso.show.charts import axis_of, band_svg, heaps_svg, interval_svg, scale_of, span_svg
from sayso.show.ground import Window, regions
from sayso.show.index import make_index
from sayso.show.map import Spot, _region_labels, _regions, draw_map
from sayso.show.matter import matter_pages, rank
from sayso.show.truces import breach_words, truce_svg, truce_windows


def test_an_open_end_is_dashed_and_the_number_a_disc(view):
    (figure,) = view.figures
    svg = interval_svg(figure, scale_of([figure]))
    assert svg.count("<circle") == 1
    assert svg.count("class=open") == 1
    closed = msgspec.structs.replace(figure, high=20)
    assert "class=open" not in interval_svg(closed, scale_of([closed]))


def test_a_scale_of_very_different_numbers_is_logarithmic(view):
    figures = [
        msgspec.structs.replace(view.figures[0], value=n, low=n, high=n) for n in (3, 4, 900)
    ]
    scale = scale_of(figures)
    assert scale.logarithmic
    assert scale.at(3) < scale.at(4) < scale.at(900) == 94


@pytest.mark.parametrize("number", [float("1e300"), -5.0, 0.0])
def test_odd_numbers_have_a_place(view, number):
    figure = msgspec.structs.replace(view.figures[0], value=number, low=number, high=None)
    assert "nan" not in interval_svg(figure, scale_of([figure]))


def test_a_day_is_a_mark_and_a_window_a_band():
    axis = axis_of(["2019-03-01", "2019-03-31"])
    assert "class=day" in band_svg(axis, "2019-03-04", "2019-03-04")
    assert "class=hatch" in band_svg(axis, "2019-03-04", "2019-03-08")
    assert "class=day" not in band_svg(axis, "2019-03-04", None)


@pytest.mark.parametrize("days", [1, 20, 100, 800, 9000])
def test_the_words_of_an_axis_lie_apart(days):
    axis = axis_of(["2001-02-27"])
    axis = msgspec.structs.replace(axis, last=axis.first + days)
    places = [place for place, _ in axis.ticks()]
    assert places
    assert all(b - a >= 13 for a, b in pairwise(places))


def test_a_truce_without_an_end_is_dashed():
    axis = axis_of(["2019-03-01", "2019-03-31"])
    sure = ("2019-03-02", "2019-03-02")
    assert "class=open" in span_svg(axis, sure, (None, None))
    assert "class=open" not in span_svg(axis, sure, ("2019-03-16", "2019-03-16"))
    assert "class=hatch" in span_svg(axis, ("2019-03-02", "2019-03-09"), (None, None))


def test_the_window_of_a_truce_stands_where_its_day_is_not_sure(view):
    (truce,) = view.truces
    told = msgspec.structs.replace(
        truce, began_on=None, began_earliest="2019-03-02", began_latest="2019-03-09"
    )
    assert truce_windows(told)[0] == ("2019-03-02", "2019-03-09")
    assert truce_windows(truce)[0] == ("2019-03-02", "2019-03-02")


def test_an_alleged_breach_is_a_mark_with_accuser_accused_and_day(view):
    (truce,) = view.truces
    breach = TruceBreach(
        accuser="Monitor", voice="named", accused=("Halvik brigade",), earliest="2019-03-05",
        latest="2019-03-05", dated=True, document=view.documents[0].source, start=7, end=12,
    )  # fmt: skip
    broken = msgspec.structs.replace(truce, alleged_breaches=(breach,))
    axis = axis_of(["2019-03-01", "2019-03-31"])
    assert "▼" in truce_svg(axis, broken)
    guessed = msgspec.structs.replace(breach, earliest="2019-03-03", dated=False)
    vague = truce_svg(axis, msgspec.structs.replace(truce, alleged_breaches=(guessed,)))
    assert "▽" in vague
    assert "line class=breach" in vague
    index = make_index(msgspec.structs.replace(view, truces=(broken,)), with_text=True)
    words = breach_words(index, broken, 3)
    assert words.startswith("Halvik brigade, 2019-03-05, on the word of ")
    assert "Monitor" in words


def test_a_chain_is_drawn_from_its_origin_to_its_outlet():
    chains = chain_counts([(("A", "B", "C"), "x"), (("A", "C"), "y"), (("A", "C"), "z")])
    assert chains == [(("A", "C"), 2), (("A", "B", "C"), 1)]
    svg = picture(chains)
    assert svg.count("<rect") == 3
    assert svg.count("<path") == 3


def test_outlets_alone_are_no_picture():
    assert picture([(("C",), 1)]) == ""


def test_a_map_draws_what_is_located_and_names_the_rest(view):
    drawn = draw_map(make_index(view, with_text=True))
    assert drawn["drawn"] == 1
    assert "Dorrun" in drawn["svg"]
    far = msgspec.structs.replace(view.places[0], radius_km=2000.0)
    assert (
        draw_map(make_index(msgspec.structs.replace(view, places=(far,)), with_text=True)) is None
    )


def test_a_matter_counts_what_contradicts_and_denies(view):
    index = make_index(view, with_text=True)
    (one,) = rank(index)
    assert one.differences == 1
    (page,) = matter_pages(index, [one])
    assert len(page["disputed"]) == 1
    assert "SHA-256" in page["citation"]


def test_regions_are_drawn_where_they_can_be_seen_and_named_where_there_is_room():
    near = Window(west=36.0, north=37.0, per_degree=140.0, narrow=0.82)
    borders, names = _regions(near)
    assert borders.startswith("<path class=region")
    assert "Hamah" in "".join(_region_labels(near, names, [], []))
    spot = Spot(name="Hamah", lat=0, lon=0, radius_km=1, mentions=1, anchor="w-1", matters=0)
    assert "Hamah" not in "".join(_region_labels(near, names, [], [spot]))
    (middle,) = (n for c in regions().countries for n in c.names if n[0] == "Hamah")
    wide = msgspec.structs.replace(
        spot, name="Hama province", lat=middle[2] / 100, lon=middle[1] / 100, radius_km=60
    )
    assert "Hamah" not in "".join(_region_labels(near, names, [], [wide]))
    far = msgspec.structs.replace(near, per_degree=4.0)
    assert _regions(far) == ("", [])


def test_dates_are_heaped_by_equal_stretches():
    axis = axis_of(["2019-01-01", "2019-12-31"])
    svg, days, most = heaps_svg(axis, ["2019-03-01", "2019-03-02", "2019-09-01"])
    assert (days, most, svg.count("<rect")) == (7, 2, 2)
