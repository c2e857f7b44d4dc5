"""Errors that a person can act on: every one carries a hint."""


class SaysoError(Exception):
    """Misuse or a broken case: the command line prints it in one line and exits with 2."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class CaseError(SaysoError):
    """A case file that cannot be opened, is not one, or comes from a newer version."""


class UsageError(SaysoError):
    """Options or inputs that make no sense together."""


class KnowledgeError(SaysoError):
    """A knowledge file (actors, outlets, places, …) that cannot be used as it stands."""
