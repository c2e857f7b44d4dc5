"""One thread for small matrices: more of them only spin (docs/design/speed.md)."""

from __future__ import annotations

import os


def keep_to_one() -> None:
    """Ask numpy's libraries for one thread. Of use before numpy is first imported."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
