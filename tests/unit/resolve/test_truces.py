"""Truces resolved: mentions of one put together, dates as windows, a start worked out."""

from collections.abc import Callable

from sayso.resolve.truces import resolve_truces
from sayso.schema import Annotations, Document, Evidence, LocalTruce, Publication, Time, TruceSpan

TEXT = (
    "The truce in Marn came to an end on September 19 after a week. Redhand is excluded from "
    "the truce. A 72-hour truce in Oldport was proposed by Ann."
)
PUBLISHED = Publication(earliest=None, latest=None, how="unknown")


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def mention(after: str, **fields: object) -> TruceSpan:
    start = TEXT.index("truce", TEXT.index(after))
    return TruceSpan(start=start, end=start + 5, method="test/1", **fields)  # type: ignore[arg-type]


def truces(document: Callable[..., Document], *spans: TruceSpan) -> tuple[LocalTruce, ...]:
    start, end = at("September 19")
    time = Time(
        id="t1", evidence=(Evidence(document="a.txt", start=start, end=end),), method="test/1",
        document="a.txt", text="September 19", type="DATE", value="2020-09-19",
        earliest="2020-09-19", latest="2020-09-19", start=start, end=end,
    )  # fmt: skip
    annotations = Annotations(truces=spans, sentences=((0, 62), (63, 99), (100, len(TEXT))))
    return resolve_truces(document(TEXT), annotations, (), (), (time,), PUBLISHED)


def test_mentions_of_one_truce_go_together_and_its_start_is_worked_out(
    document: Callable[..., Document],
) -> None:
    first = mention(
        "The", places=(at("Marn"),), ended=at("September 19"), lasts="P1W", status="ended"
    )
    second = mention("from", excluded=(at("Redhand"),), status="in force")
    (truce,) = truces(document, first, second)
    assert (truce.began_earliest, truce.ended_latest) == ("2020-09-12", "2020-09-19")
    assert truce.how.startswith("start worked out from its end and its length (1 week)")
    assert (truce.excluded, truce.places, truce.status) == (("Redhand",), ("Marn",), "ended")
    assert len(truce.evidence) == 2


def test_another_truce_stays_apart(document: Callable[..., Document]) -> None:
    first = mention("The", places=(at("Marn"),), status="in force")
    other = mention("A 72", places=(at("Oldport"),), lasts="PT72H", proposer=at("Ann"))
    one, two = truces(document, first, other)
    assert (one.status, two.status, two.proposer) == ("in force", "proposed", "Ann")
    assert two.name == "72-hour truce in Oldport"


def test_mentions_that_tell_nothing_add_nothing(document: Callable[..., Document]) -> None:
    (truce,) = truces(document, mention("The"), mention("from"))
    assert (truce.began_earliest, truce.status) == (None, "unknown")
    assert truces(document) == ()
