"""Who can speak: whether a source's words can mean somebody, a body, a medium or a document."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.knowledge import Knowledge

_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")
_PERSON = re.compile(r".{2,}(?:[^e]er|or|ist|ian|ee|eer|man|woman|men|women|people)s?$")
_PARTICIPLE = re.compile(r".{3,}(?:ed|ing|ly)$")


class Speaking:
    """Nouns that can speak, by `voices.yaml` and `roles.yaml`."""

    def __init__(self, knowledge: Knowledge) -> None:
        roles: dict[str, Any] = knowledge.lexicon("roles")
        voices: dict[str, Any] = knowledge.lexicon("voices")
        self.people = _forms((*roles["people"]["anybody"], *roles["people"]["role"]))
        self.people |= set(roles["plurals"])
        self.bodies = _forms(roles["groups"])
        self._nouns = self.people | self.bodies | _forms(voices["speaking"])
        self._things = frozenset(voices["things"])
        self._counts = frozenset(voices["counts"])
        self._after = frozenset(voices["after"])
        self._links = frozenset(voices["links"]) | {"who", "which", "whose"}

    def head(self, words: str) -> list[str]:
        """The words of a phrase that say who it is: up to its first link, of "a number of
        residents in town" and the like those behind "of".
        """
        told = [match.group() for match in _WORD.finditer(words)]
        for _ in range(2):
            size = next((n for n, w in enumerate(told) if w.casefold() in self._links), len(told))
            if size and size < len(told) and told[size] == "of" and self._is_count(told[size - 1]):
                told = told[size + 1 :]
                continue
            break
        return told[:size]

    def can(self, words: str) -> bool:
        """Whether words can mean a speaker. Names are left alone: they can, but for things."""
        head = self.head(words)
        joints = [n for n, word in enumerate(head) if word in ("and", "or")]
        if joints:
            parts = [" ".join(head[a + 1 : b]) for a, b in pairwise([-1, *joints, len(head)])]
            return any(self.can(part) for part in parts if part)
        if any(
            noun.casefold() in self._nouns and (_PARTICIPLE.match(after) or after in self._after)
            for noun, after in pairwise(head)
        ):
            return True  # "a group tracking the violence"
        for word in reversed(head):
            plain = word.casefold().strip(".")
            if plain in self._things:
                return False
            if plain in self._nouns or word[0].isupper():
                return True
            if _PARTICIPLE.match(plain) or plain in self._after or plain.isdigit():
                continue
            return bool(_PERSON.match(plain))
        return False

    def _is_count(self, word: str) -> bool:
        return word.casefold() in self._counts or word.isdigit()


def _forms(words: Iterable[str]) -> set[str]:
    """Words with their regular plurals."""
    found = set(words)
    found |= {f"{word}s" for word in found} | {f"{word}es" for word in found}
    return found | {f"{word[:-1]}ies" for word in found if word.endswith("y")}


@lru_cache(maxsize=4)
def speaking(knowledge: Knowledge) -> Speaking:
    """Who can speak by some knowledge, made once."""
    return Speaking(knowledge)
