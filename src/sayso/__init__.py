"""sayso: on whose say-so? Reads news reports into a checkable record of who said what."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # typing itself takes longer to load than `sayso --help` may
if TYPE_CHECKING:
    from sayso.library import annotate, open_case, read

__version__ = "0.1.0"
__all__ = ["__version__", "annotate", "open_case", "read"]


def __getattr__(name: str) -> object:
    """Loads the library when something of it is asked for: `import sayso` alone is light."""
    if name in __all__:
        from sayso import library

        return getattr(library, name)
    raise AttributeError(f"module 'sayso' has no attribute {name!r}")


class _Package(type(sys)):  # type: ignore[misc]
    """sayso itself: `sayso.read` and `sayso.annotate` are always the functions.

    Two rooms have the functions' names, and importing a room would put it in their place. Modules
    are imported as ever (`from sayso.read import ...`).
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name not in __all__ or not isinstance(value, type(sys)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
