"""The encoder's arithmetic: what is read around a cue, and roles that do not flicker."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sayso.annotate import encoder as module
from sayso.annotate.encoder import (
    BEFORE,
    CONTENT,
    NEAR,
    NOBODY,
    SOURCE,
    argument_reach,
    find_cues,
    flag_runs,
    shipped,
    smooth,
)
from sayso.annotate.pieces import read_pieces
from sayso.errors import UsageError


def test_reach_stays_in_the_text() -> None:
    places, inside = argument_reach([0, 50], 60)
    assert (places.min(), places.max()) == (0, 59)
    assert inside.sum(axis=1).tolist() == [60, 60]


def test_the_near_reach_is_a_part_of_the_whole() -> None:
    whole, _ = argument_reach([200], 500)
    near, _ = argument_reach([200], 500, *NEAR)
    first = BEFORE - NEAR[0]
    assert near[0].tolist() == whole[0, first : first + sum(NEAR)].tolist()


def test_roles_do_not_change_inside_a_word() -> None:
    shares = np.full((1, 4, 3), 0.05, dtype=np.float32)
    shares[0, :, CONTENT] = [0.9, 0.4, 0.9, 0.1]
    shares[0, :, NOBODY] = [0.05, 0.55, 0.05, 0.85]
    words = np.array([[0, 1, 1, 2]])
    roles = smooth(shares, words, np.ones((1, 4), dtype=bool), 0.0)
    assert roles[0].tolist() == [CONTENT, CONTENT, CONTENT, NOBODY]


def test_a_lone_doubtful_word_does_not_part_a_content() -> None:
    shares = np.tile(np.array([0.02, 0.02, 0.96], dtype=np.float32), (1, 5, 1))
    shares[0, 2] = (0.5, 0.05, 0.45)
    roles = smooth(shares, np.arange(5)[None], np.ones((1, 5), dtype=bool), 1.5)
    assert roles[0].tolist() == [CONTENT] * 5
    assert SOURCE not in roles


def test_cues_are_whole_words_and_part_where_one_begins() -> None:
    tags = np.array(
        [[0.1, 0.8, 0.1], [0.7, 0.0, 0.3], [0.2, 0.7, 0.1], [0.99, 0.0, 0.01]], dtype=np.float32
    )
    types = np.full((4, 3), 1 / 3, dtype=np.float32)
    found = find_cues(tags, types, np.array([0, 0, 1, 2]), 0.45)
    assert [(cue.start, cue.end) for cue in found] == [(0, 2), (2, 3)]


def test_runs_are_parted_where_text_was_left_out() -> None:
    flags = np.array([True, True, True, False, True])
    parted = np.array([False, True, False, False, False])
    assert flag_runs(flags, parted) == [(0, 1), (1, 3), (4, 5)]


def test_long_texts_are_read_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The mayor of the town said that the bridge was closed. " * 40
    pieces = read_pieces(shipped().tokenizer, text)
    monkeypatch.setattr(module, "STRETCH", 200)
    starts = [answer.cue.start for answer in shipped().read(pieces)]
    assert starts == sorted(set(starts))
    assert len(starts) >= 35


def test_missing_weights_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "WEIGHTS", tmp_path)
    with pytest.raises(UsageError, match="weights"):
        shipped.__wrapped__()
