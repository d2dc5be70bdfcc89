"""What every command has: --json and --quiet, errors with a fix, exit codes, progress on standard error."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from earlyhelp.errors import EarlyHelpError, Exit, UsageProblem


@dataclass
class Frame:
    """How one command talks: as JSON or in words, with progress or without."""

    as_json: bool = False
    quiet: bool = False

    def result(self, content: Mapping[str, Any], words: Callable[[], None]) -> None:
        """Print the result: the mapping as JSON, or what `words` prints for a person."""
        if self.as_json:
            click.echo(json.dumps(content, indent=2, ensure_ascii=False, default=plain))
        else:
            words()

    @contextmanager
    def progress(self) -> Iterator[Callable[[str], None]]:
        """A function that tells the step being done: a line that changes on a terminal, nothing elsewhere.

        Where EARLYHELP_STEPS is set each step is a line of its own, for the program that started this one.
        """
        if os.environ.get("EARLYHELP_STEPS"):
            yield lambda step: click.echo(step, err=True)
            return
        if self.quiet or self.as_json or not sys.stderr.isatty():
            yield lambda step: None
            return
        from rich.console import Console

        with Console(stderr=True).status("starting") as status:
            yield lambda step: status.update(step)


def plain(value: Any) -> Any:
    """A value as JSON holds it: dates as ISO text, code values by their own words."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options every command takes."""
    command = click.option("--quiet", is_flag=True, help="No progress and no remarks.")(command)
    return click.option("--json", "as_json", is_flag=True, help="Print the result (and an error) as JSON.")(command)


class Date(click.ParamType[date]):
    """A day given as 2026-03-31."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that shows how to write one."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2026-03-31.", param, ctx)


def run(group: click.Group, arguments: list[str]) -> int:
    """Run the command that the arguments name and return its exit code. No traceback for a user's mistake, ever."""
    as_json = "--json" in arguments
    try:
        code = group.main(arguments, prog_name="earlyhelp", standalone_mode=False)
        return int(code) if isinstance(code, int) else Exit.DONE
    except EarlyHelpError as problem:
        _tell(problem, as_json)
        return problem.exit_code
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.UsageError as problem:
        where = problem.ctx.command_path if problem.ctx else "earlyhelp"
        _tell(UsageProblem(problem.format_message(), where=where, fix=f"{where} --help"), as_json)
        return Exit.USAGE
    except click.ClickException as problem:
        _tell(EarlyHelpError(problem.format_message()), as_json)
        return Exit.FAILED
    except (click.Abort, KeyboardInterrupt):
        _tell(EarlyHelpError("Stopped.", fix="Run it again: it carries on from what is done."), as_json)
        return Exit.FAILED
    except BrokenPipeError:
        return Exit.DONE
    except Exception as problem:  # noqa: BLE001 - a traceback could show rows of data; this is the last line of defence
        _tell(_unforeseen(problem), as_json)
        return Exit.FAILED


def _tell(problem: EarlyHelpError, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(problem.as_dict(), ensure_ascii=False))
        return
    where = f"{problem.where}: " if problem.where else ""
    click.echo(f"{where}{problem.error}", err=True)
    if problem.fix:
        click.echo(f"  {problem.fix}", err=True)


def _unforeseen(problem: Exception) -> EarlyHelpError:
    """An error of the program itself: its kind and the place in the code, never its text, which may quote data."""
    if isinstance(problem, OSError) and problem.strerror:
        name = Path(problem.filename).name if isinstance(problem.filename, str) else ""
        return EarlyHelpError(
            f"{problem.strerror}.", where=name, fix="Check the disk and the permissions, then run again."
        )
    frames = [frame for frame in traceback.extract_tb(problem.__traceback__) if "earlyhelp" in frame.filename]
    place = f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else "unknown"
    return EarlyHelpError(
        f"The program met something it did not foresee ({type(problem).__name__}).",
        where=place,
        fix="Nothing was published. Please report the kind and the place; the message shows no data.",
    )
