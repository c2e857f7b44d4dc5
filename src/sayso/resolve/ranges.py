"""Ranges of a text that can be asked which of them hold another range."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")


class Ranges(Generic[T]):
    """Things by their half-open ranges, in code points; made once, asked often.

    Asking costs the number of ranges that begin before and reach behind the asked one:
    with ranges that nest, their depth.
    """

    def __init__(self, rows: Iterable[tuple[int, int, T]]) -> None:
        self._rows = sorted(rows, key=lambda row: (row[0], -row[1]))
        self._starts = [row[0] for row in self._rows]
        self._reach: list[int] = []
        for _, end, _ in self._rows:
            self._reach.append(max(end, self._reach[-1]) if self._reach else end)

    def holding(self, start: int, end: int) -> Iterator[tuple[int, int, T]]:
        """Every range that holds this one, the nearest start first."""
        at = bisect_right(self._starts, start) - 1
        while at >= 0 and self._reach[at] >= end:
            if self._rows[at][1] >= end:
                yield self._rows[at]
            at -= 1

    def smallest(self, start: int, end: int) -> T | None:
        """The smallest range's thing that holds this one, the later start first among equals."""
        best = min(self.holding(start, end), key=lambda row: row[1] - row[0], default=None)
        return best[2] if best else None
