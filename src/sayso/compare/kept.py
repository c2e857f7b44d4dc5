"""What one comparing keeps for the next: results by the content that they were made from.

A result is found again only where everything that it depends on is the same, so that comparing
with what was kept ends where comparing all at once ends. The idea is that of build systems with
verifying traces (Mokhov, Mitchell and Peyton Jones 2018).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

Value = TypeVar("Value")


class Lazy(dict[str, Value]):
    """A mapping that makes a value when it is first asked for."""

    def __init__(self, make: Callable[[str], Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> Value:
        value = self[key] = self._make(key)
        return value


class Kept:
    """Encoded results by key. `old` are those of the run before; `now` those that this run used or
    made: what the next run is to be given.
    """

    def __init__(self, old: Mapping[str, bytes] | None = None) -> None:
        self.old: Mapping[str, bytes] = old or {}
        self.now: dict[str, bytes] = {}

    def get(self, key: str, decoder: msgspec.msgpack.Decoder[Value]) -> Value | None:
        """The result kept under a key, null where there is none."""
        body = self.old.get(key)
        if body is None:
            return None
        self.now[key] = body
        return decoder.decode(body)

    def put(self, key: str, value: Any) -> None:
        """Keeps a result under a key."""
        self.now[key] = msgspec.msgpack.encode(value)
