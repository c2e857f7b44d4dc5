import math
from itertools import count

import pytest

from sayso import engine


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_item_is_done_once(jobs):
    assert sorted(engine.run(math.isqrt, range(20), jobs=jobs)) == sorted(
        map(math.isqrt, range(20))
    )


def test_an_error_in_the_work_reaches_the_caller():
    with pytest.raises(ValueError, match="nonnegative"):
        list(engine.run(math.isqrt, [-1], jobs=2))


def test_endless_items_are_taken_as_needed():
    results = engine.run(math.isqrt, count(), jobs=2)
    assert next(results) >= 0
    results.close()


def test_shards_keep_order_and_size():
    assert [list(s) for s in engine.shards([1, 2, 3, 4, 5], 2)] == [[1, 2], [3, 4], [5]]
