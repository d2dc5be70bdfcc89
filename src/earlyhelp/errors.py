"""Errors a user can act on: what was found, where, what to do, and the exit code the command line ends with."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended. Scripts may rely on these numbers."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    REFUSED = 3
    GATE = 4
    NOTHING_TO_DO = 5


class EarlyHelpError(Exception):
    """A problem in words for the person at the keyboard; never holds personal data.

    `error`: what was found and what was expected. `where`: file, sheet, row, column or setting. `fix`: the next step.
    """

    exit_code: Exit = Exit.FAILED

    def __init__(self, error: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(error)
        self.error = error
        self.where = where
        self.fix = fix

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross from the child process that reads a file; keyword arguments need this to survive."""
        return _revive, (type(self), self.error, self.where, self.fix)

    def as_dict(self) -> dict[str, str]:
        """The shape that `--json` prints."""
        return {"error": self.error, "where": self.where, "fix": self.fix}


def _revive(kind: type[EarlyHelpError], error: str, where: str, fix: str) -> EarlyHelpError:
    return kind(error, where=where, fix=fix)


class UsageProblem(EarlyHelpError):
    """The command's words are off."""

    exit_code = Exit.USAGE


class InputRefused(EarlyHelpError):
    """A file or folder cannot be read as what it is said to be, or is not there."""

    exit_code = Exit.REFUSED


class GateClosed(EarlyHelpError):
    """A quality gate said no."""

    exit_code = Exit.GATE


class NothingToDo(EarlyHelpError):
    """All that was asked for has been done before."""

    exit_code = Exit.NOTHING_TO_DO
