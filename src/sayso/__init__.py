"""sayso: on whose say-so? Reads news reports into a checkable record of who said what."""

from __future__ import annotations

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
