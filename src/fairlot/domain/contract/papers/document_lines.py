"""How pasted papers are laid out: lines, numbering, captions, cells, chat prefixes; offsets always point into the original."""

from __future__ import annotations

import re

import msgspec

from fairlot.domain.contract.lexicon import shadow
from fairlot.domain.contract.papers.chat_lines import Speech

_NUMBERING = re.compile(
    r"\s*(?:>+\s*)*(?:[-*•·–]\s+|\(?\d{1,2}(?:\.\d{1,2})+\.?\s+|\(?\d{1,2}[.)、)]\s*(?!\d)|[(\(][一二三四五六七八九十\d]+[)\)]\s*|[一二三四五六七八九十]+、\s*|[A-Z]\.\d{1,2}(?:\.\d{1,2})*\.?\s+|\([a-z]\)\s+|第[一二三四五六七八九十\d]{1,3}[条款]\s+|[A-H][.)]\s+|[A-H]\d{1,2}[.)]?\s+|(?:article|section)\s+\d+\s*[-:]?\s*|\d{1,2}\s{2,})",
    re.IGNORECASE,
)
# In a chat a decimal is a number and no section.
_BULLET = re.compile(r"\s*(?:[-*•·–]\s+|\(?\d{1,2}[.)、)]\s+(?!\d))")
# A name, a wide gap, and one value ("Overall length      58.5").
_NAMED_VALUE = re.compile(
    r"(?P<name>[^\W\d][^|:：\t,;±≥≤=\d]{1,38}?)(?:\s{3,}|\t+)(?P<value>(?:(?!\s{3}|\t|\|).)+)\Z"
)
# What mail programs put over the mail that is answered or passed on.
_OLDER_MAIL = re.compile(
    r"[\s>]*(?:-{2,}\s*(?:original|forwarded|urspr)[^-]{0,24}-{2,}|-{2,}\s*(?:原始|转发)[^-]{0,8}-{2,}|begin forwarded message|on\s[^\n]{6,80}\swrote:|在[^\n]{6,60}写道[::]|am\s[^\n]{6,60}schrieb)",
    re.IGNORECASE,
)
_MAIL_HEAD = re.compile(
    r"[\s>*]*(?:from|to|cc|sent|date|subject|von|an|gesendet|betreff|发件人|收件人|抄送|发送时间|时间|日期|主题)\s*[::]",
    re.IGNORECASE,
)
_MAIL_FROM = re.compile(r"[\s>*]*(?:from|von|发件人)\s*[::]", re.IGNORECASE)
_CELLS = re.compile(r"\s{2,}|\s*\|\s*|\t+")
_CAPTION = re.compile(
    r"(?P<caption>[^::;;,,\d]{1,36}?(?:\([^)]{1,20}\))?[^::;;,,\d]{0,12})\s*[::]\s*(?=\S)"
)
_QUESTION = re.compile(
    r"[?？]\s*\Z|是[^,，]*吧\s*[?？]?\s*\Z|吗\s*[?？]?\s*\Z|呢\s*[?？]?\s*\Z|(?:\A|[,，])[^,，\d]*(?:不[会掺含用带掉加]|没有?|有|能|会|真的|应该)[^,，\d]*吧\s*[?？]?\s*\Z|(?:行不行|可不可以|好不好|对不对|能不能做)\s*[?？]?\Z|有[^,，\d]*没(?:有)?\s*[?？]?\Z"
)


_SENTENCE_END = re.compile(r"\.(?=\s+\S)|[!;。!](?=\s*\S)")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a paper: where its content starts and ends in the whole text, and who says it in a chat."""

    number: int
    start: int
    end: int
    speaker: str
    depth: int
    numbered: bool
    indented: bool


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a line with its caption ("Material"), if one stands before it; `content` is where the text after the caption begins.

    `reads` is what the cell says together with the unit and the tolerance over or beside its column, if they stand apart from it.
    """

    start: int
    end: int
    caption: str
    content: int
    reads: str = ""


def lines_of(text: str) -> list[Line]:
    """Cut a text into lines with content, without numbering and chat prefixes."""
    found: list[Line] = []
    rows = text.split("\n")
    speech = Speech(rows)
    forwarded, spoken = 0, False
    offset = 0
    for number, row in enumerate(rows, start=1):
        start, end = offset, offset + len(row.rstrip())
        offset += len(row) + 1
        head = _opens_mail(rows, number - 1)
        forwarded += spoken and (head or _OLDER_MAIL.match(row) is not None)
        spoken = not head and (spoken or (bool(row.strip()) and _MAIL_HEAD.match(row) is None))
        depth = max(forwarded, _quotes(row))
        speaker, spoken_from = speech.of(row)
        start += spoken_from
        numbering = (_BULLET if speaker else _NUMBERING).match(text[start:end])
        if numbering:
            start += numbering.end()
        while start < end and text[start] in " \t\u3000>":
            start += 1
        if start < end:
            found.append(
                Line(number=number, start=start, end=end, speaker=speaker, depth=depth,
                     numbered=bool(numbering), indented=row[:1] in " \t")
            )  # fmt: skip
    return found


def _opens_mail(rows: list[str], index: int) -> bool:
    """Say whether the head of a mail begins here: who wrote it, and then when or to whom."""
    if not _MAIL_FROM.match(rows[index]):
        return False
    return any(_MAIL_HEAD.match(row) for row in rows[index + 1 : index + 3])


def _quotes(row: str) -> int:
    """Count the quotation marks of mail before a line."""
    return len(row) - len(row.lstrip(" >")) - row[: len(row) - len(row.lstrip(" >"))].count(" ")


def is_chat(lines: list[Line]) -> bool:
    """Say whether most lines have a speaker."""
    return sum(bool(line.speaker) for line in lines) * 2 > len(lines)


def is_question(text: str) -> bool:
    """Say whether a chat line asks rather than states."""
    return bool(_QUESTION.search(text))


def question_start(text: str) -> int:
    """Return where the last sentence of a chat line begins, which is the one that asks."""
    return max((match.end() for match in _SENTENCE_END.finditer(text)), default=0)


def cells_of(text: str, line: Line) -> list[Cell]:
    """Cut a line at wide gaps, bars and tabs, and take the caption off each cell."""
    named = _NAMED_VALUE.match(text, line.start, line.end)
    if named and not line.speaker:
        return [
            Cell(
                start=line.start, end=line.end, caption=named["name"], content=named.start("value")
            )
        ]
    cells: list[Cell] = []
    position = line.start
    pending, opened = "", -1
    for gap in (*_CELLS.finditer(text, line.start, line.end), None):
        end = gap.start() if gap else line.end
        if end > position:
            cell = _captioned(text, position, end, pending)
            if cell is None:
                pending, opened = text[position:end].strip(" :"), position
            else:
                behind_name = opened >= 0 and cell.caption == pending
                cells.append(msgspec.structs.replace(cell, start=opened) if behind_name else cell)
                pending, opened = "", -1
        position = gap.end() if gap else line.end
    return cells


def _captioned(text: str, start: int, end: int, pending: str) -> Cell | None:
    match = _CAPTION.match(text, start, end)
    if match:
        return Cell(start=start, end=end, caption=match["caption"].strip(), content=match.end())
    announced = text[start:end].rstrip()
    if announced.endswith((":", "\uff1a")) and not re.search("[,;\uff0c]", announced):
        return None
    return Cell(start=start, end=end, caption=pending, content=start)


def heading_words(text: str) -> str:
    """Normalize a heading or caption for look-up: small letters, no numbering, no brackets."""
    return re.sub(r"[^a-z一-鿿 ]+", " ", shadow(text)).strip()
