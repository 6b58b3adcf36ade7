# SPDX-License-Identifier: MIT
"""Arguments, refusals and exit codes that all commands of this folder share."""
from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path
from typing import Callable, List, NoReturn, Union

PASSED, FAILED, WRONG_ARGUMENTS = 0, 1, 2


class InvalidInput(Exception):
    """An argument or a figure that cannot be used. The message names it, its value and what is allowed."""


class FileError(Exception):
    """A file that cannot be read, written or understood. The message begins with its path."""


def require(good: bool, parameter: str, value: object, allowed: str) -> None:
    """Raises InvalidInput "PARAMETER = VALUE: ALLOWED" unless `good`."""
    if not good:
        raise InvalidInput(f"{parameter} = {value}: {allowed}")


class Parser(argparse.ArgumentParser):
    """Parser of one command's arguments: a mistake is one line, and flags are not abbreviated."""

    def __init__(self, name: str, description: str, epilog: str = "") -> None:
        super().__init__(prog=name, description=description, epilog=epilog, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        raise InvalidInput(f"{message}; see --help")


def require_folder(parameter: str, path: Path) -> None:
    """Raises InvalidInput unless `path` is a folder."""
    require(path.is_dir(), parameter, path, "must be a folder that exists")


def read_text(file: Path) -> str:
    """Returns a file's text. Raises FileError."""
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise FileError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FileError(f"{file}: is no text: {error}") from error


def write(file: Path, content: Union[str, bytes]) -> None:
    """Writes a whole file or leaves the old one as it was. Raises FileError."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        try:
            unfinished.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
            unfinished.replace(file)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise FileError(f"{file}: cannot be written: {error.strerror}") from error


def run(name: str, work: Callable[[List[str]], int]) -> NoReturn:
    """Ends the process with the exit code of `work`, or with one line on stderr and the exit code of its error."""

    def interrupted(number: int, _frame: object) -> NoReturn:
        raise KeyboardInterrupt(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupted)
    try:
        code = work(sys.argv[1:])
        sys.stdout.flush()
    except InvalidInput as error:
        print(f"{name}: {error}", file=sys.stderr)
        code = WRONG_ARGUMENTS
    except FileError as error:
        print(f"{name}: {error}", file=sys.stderr)
        code = FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on: nothing to complain about
        code = FAILED
    except KeyboardInterrupt as error:
        # Ends by the signal itself, so that a shell script around this ends, too.
        number = error.args[0] if error.args else signal.SIGINT
        print(f"{name}: interrupted by signal {int(number)}", file=sys.stderr)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        code = 128 + int(number)
    sys.exit(code)
