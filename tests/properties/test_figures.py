"""Figures of any text: spans slice it, intervals hold the value, parts point at other figures."""

from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.annotate.figures import find_figures
from sayso.annotate.numbers import find_numbers, grammar
from sayso.annotate.parse import Parse
from sayso.knowledge import load
from sayso.schema import Block, Document

PIECES = st.sampled_from(
    ["12", "3,000", "at least", "dozens of", "people", "were killed", "including", "of them",
     "(35 percent)", "km", "$", "and", ",", ".", "two", "million", "half a", "a third of",
     "between", "to", "children", "“", "\n",
     "9" * 26, "\u202e", "\x00", "\U0001f600", "1-2-3", "..", "5,5,5"]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map(" ".join), st.text(max_size=200))


@given(TEXTS)
def test_numbers_slice_and_do_not_overlap(text: str) -> None:
    end = 0
    for number in find_numbers(text, grammar(load().lexicon("units"))):
        assert end <= number.start <= number.core[0] < number.core[1] <= number.end <= len(text)
        end = number.end
        if number.value is not None:
            assert number.low is None or number.low <= number.value
            assert number.high is None or number.high >= number.value


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_figures_slice_and_parts_are_others(text: str) -> None:
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(
        source="a", path="a", text=text, blocks=(Block(kind="prose", start=0, end=len(text)),),
        bytes_sha256=digest, text_sha256=digest, language="en", read_at="", reader="test/1",
    )  # fmt: skip
    parse = Parse(document)
    found = find_figures(document, parse, knowledge=load())
    for k, figure in enumerate(found):
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.part_of is None or (figure.part_of != k and 0 <= figure.part_of < len(found))
        if figure.of_span:
            assert 0 <= figure.of_span[0] < figure.of_span[1] <= len(text)
