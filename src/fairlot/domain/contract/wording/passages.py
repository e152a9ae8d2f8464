"""Where a text is cut that is too long for one requirement: behind a sentence, else behind a comma, else anywhere.

Some turns of phrase are looked for around every other one; a text without an end would be looked at without an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Eight times the longest requirement that was ever met with.
PASSAGE_CHARACTERS_MAX = 1_000
_ENDS = (re.compile(r"[\n;。；!?！？]|\.(?=\s)"), re.compile(r"[,，、\s]"))


def passages(text: str) -> Iterator[tuple[int, int]]:
    """Give the half-open spans of the passages of a text; one span where it is short enough."""
    start = 0
    while len(text) - start > PASSAGE_CHARACTERS_MAX:
        end = _end(text, start)
        yield start, end
        start = end
    yield start, len(text)


def short_lines(text: str) -> str:
    """Break the lines of a text that are too long, sign for sign: where it is cut a line break takes the last sign's place."""
    signs = list(text)
    start = 0
    for row in text.split("\n"):
        for _, end in list(passages(row))[:-1]:
            signs[start + end - 1] = "\n"
        start += len(row) + 1
    return "".join(signs)


def _end(text: str, start: int) -> int:
    """Return where the passage that begins at `start` ends: in its second half, if there is a place."""
    middle, last = start + PASSAGE_CHARACTERS_MAX // 2, start + PASSAGE_CHARACTERS_MAX
    for sign in _ENDS:
        places = [match.end() for match in sign.finditer(text, middle, last)]
        if places:
            return places[-1]
    return last
