"""Decoding what the encoder tells of tokens: trees, names, what it did not read."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.annotate.grammar import ARC, LABELS, RELATION, WIDTHS, Scores, decide, tree

ROOT = LABELS["relations"].index("ROOT")
B_PERSON, I_PERSON = (LABELS["names"].index(f"{part}-PERSON") for part in "BI")
B_ORG, I_ORG = (LABELS["names"].index(f"{part}-ORG") for part in "BI")


def _scores() -> Scores:
    chance = np.random.default_rng(7)
    shapes = (ARC + 1, ARC), (ARC,), (len(LABELS["relations"]), RELATION + 1, RELATION + 1)
    return Scores(*(chance.normal(size=shape).astype(np.float32) for shape in shapes))


def _told(count: int) -> np.ndarray:
    told = np.random.default_rng(3).normal(size=(count, sum(WIDTHS))).astype(np.float32)
    told[:, -1] = -1.0  # nothing begins a sentence
    return told


def _decided(count: int, blank: tuple[int, ...] = (), starts: tuple[int, ...] = (0,)):
    flags = np.zeros(count, dtype=np.bool_)
    unread, begun = flags.copy(), flags.copy()
    unread[list(blank)] = begun[list(starts)] = True
    return decide(_told(count), unread, flags, begun, _scores())


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    likes = np.array([[-9.0, 5, 0], [5, -9, 4], [9, 9, -9]])  # 0 and 1 want each other
    assert tree(likes, np.array([0.0, 0.0, 50.0])).tolist() == [1, 2, 2]


@given(
    st.integers(2, 9).flatmap(
        lambda n: arrays(np.float32, (n, n + 1), elements=st.floats(-50, 50, width=32))
    )
)
def test_every_sentence_is_one_tree(logits: np.ndarray) -> None:
    likes = logits[:, :-1].copy()
    np.fill_diagonal(likes, -np.inf)
    heads = tree(likes, logits[:, -1])
    assert (heads == np.arange(len(heads))).sum() == 1
    for k in range(len(heads)):
        seen = {k}
        while heads[k] != k:
            k = int(heads[k])
            assert k not in seen, "a cycle"
            seen.add(k)


def test_no_head_lies_in_another_sentence() -> None:
    found = _decided(12, starts=(0, 5))
    assert (found.heads[:5] < 5).all()
    assert (found.heads[5:] >= 5).all()
    assert (found.relations == ROOT).sum() == 2


def test_what_was_not_read_hangs_on_the_word_before() -> None:
    found = _decided(6, blank=(2, 5))
    assert (found.heads[2], found.heads[5]) == (1, 4)


def test_what_was_not_read_at_a_start_hangs_on_the_word_behind() -> None:
    found = _decided(6, blank=(0, 3, 5), starts=(0, 3, 5))
    assert found.heads[0] == 1
    assert found.heads[3] == 4
    assert found.heads[5] == 5, "alone in its sentence"
    assert found.relations[5] == ROOT


def test_nothing_read_at_all() -> None:
    assert _decided(2, blank=(0, 1)).heads.tolist() == [0, 0]
    assert len(_decided(0, starts=()).heads) == 0


def test_a_name_goes_on_as_what_it_began_as() -> None:
    told = _told(3)
    at = sum(WIDTHS[:6])
    told[:, at : at + len(LABELS["names"])] = 0.0
    for token, label in enumerate((I_PERSON, I_ORG, I_ORG)):
        told[token, at + label] = 9.0
    flags = np.zeros(3, dtype=np.bool_)
    found = decide(told, flags, flags, np.array([True, False, False]), _scores())
    assert found.names.tolist() == [B_PERSON, I_PERSON, I_PERSON]
    found = decide(told, flags, flags, np.array([True, False, True]), _scores())
    assert found.names.tolist() == [B_PERSON, I_PERSON, B_ORG], "a name ends with its block"
