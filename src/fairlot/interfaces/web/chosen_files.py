"""The files that somebody chose in a form, each taken by what its content shows; the words say why one is not."""

from __future__ import annotations

from django.http import HttpRequest

from fairlot.application.conversation.attachments import Attachment, FileFault, attachment_of
from fairlot.application.conversation.conversing import ATTACHMENTS_MAX
from fairlot.domain.words.language import Language
from fairlot.interfaces.web.conversation_words import FILE_FAULTS, NOT_TAKEN, conversation_words

NAME_LENGTH_SHOWN = 80


class NotTakenError(ValueError):
    """What was given cannot be sent; the message says why, in the reader's language."""


def chosen_files(request: HttpRequest, name: str, language: Language) -> list[Attachment]:
    """Return the files of one field. Raises NotTakenError for the first that is none of ours."""
    chosen = request.FILES.getlist(name)
    if len(chosen) > ATTACHMENTS_MAX:
        raise NotTakenError(conversation_words(language)["too_many"])
    taken = []
    for each in chosen:
        file_name = each.name or ""
        found = attachment_of(file_name, each.read())
        if isinstance(found, FileFault):
            why = FILE_FAULTS[found].say(language)
            shown = file_name[:NAME_LENGTH_SHOWN]
            raise NotTakenError(NOT_TAKEN.say(language).format(name=shown, why=why))
        taken.append(found)
    return taken
