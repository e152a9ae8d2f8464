"""Papers named on the command line, opened only when they are read, so that a missing one is told in the language asked for."""

from __future__ import annotations

import errno
import pathlib
from typing import Any

import click

from fairlot.domain.contract.vocabulary import Language
from fairlot.interfaces.cli.failures import PaperRefusedError

_UNREADABLE = {
    errno.ENOENT: "没有这个文件",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EACCES: "没有读取权限",
}
_NOT_TEXT = {"en": "not UTF-8 text", "zh": "不是 UTF-8 文本"}


class Paper:
    """A file by its name, or standard input (`-`)."""

    def __init__(self, path: str) -> None:
        """Keep the name; nothing is opened yet."""
        self._path = path
        self.name = "<stdin>" if path == "-" else path

    @property
    def folder(self) -> pathlib.Path:
        """The folder in which the paper lies."""
        return pathlib.Path(self._path).parent

    def text(self, language: Language) -> str:
        """Read all of it; raises PaperRefusedError with its name and the reason."""
        try:
            with click.open_file(self._path, encoding="utf-8") as opened:
                return str(opened.read())
        except UnicodeDecodeError as error:
            detail = f": {error.reason}" if language == "en" else ""
            raise self._refused(f"{_NOT_TEXT[language]}{detail}", language) from error
        except OSError as error:
            raise self._refused(_reason(error, language), language) from error

    def _refused(self, reason: str, language: Language) -> PaperRefusedError:
        message = f"{self.name}{colon(language)}{reason}"
        return PaperRefusedError(message, file=self.name, reason=reason)


def colon(language: Language) -> str:
    """Return what stands between a paper's name and what is said of it."""
    return ": " if language == "en" else "："


def _reason(error: OSError, language: Language) -> str:
    if language == "zh":
        return _UNREADABLE.get(error.errno or 0, "无法读取")
    return error.strerror or "cannot be read"


class PaperType(click.ParamType[Paper]):
    """The name of a paper on the command line."""

    name = "filename"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002  (signature of click)
        ctx: click.Context | None,  # noqa: ARG002  (signature of click)
    ) -> Paper:
        return value if isinstance(value, Paper) else Paper(str(value))


PAPER = PaperType()
