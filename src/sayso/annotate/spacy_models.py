"""spaCy's pipelines: loaded once a process, ready and quick."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sayso.annotate.threads import keep_to_one
from sayso.errors import UsageError

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def load(model: str, without: tuple[str, ...] = ()) -> Language:
    """The named spaCy pipeline, ready and quick, `without` some of its components.

    Matrices are small here: one thread costs a third less CPU than two and takes no longer, and
    turning BLIS off on every model node changes no analysis (docs/design/speed.md).

    Raises UsageError when no such pipeline is installed.
    """
    keep_to_one()
    import spacy

    try:
        nlp = spacy.load(model, exclude=without)
    except OSError as error:
        raise UsageError(
            f"no spaCy pipeline named {model!r} is installed",
            hint="name an installed one in the configuration, or leave `model` out",
        ) from error
    for _, component in nlp.pipeline:
        network = getattr(component, "model", None)
        for node in network.walk() if network is not None else ():
            if hasattr(node.ops, "use_blis"):
                node.ops.use_blis = False
    return nlp
