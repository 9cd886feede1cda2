"""A document that was asked for, as its file goes out; and what kinds of documents are called."""

import asyncio
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.domain.documents import DocumentAsk, DocumentKind
from bot.domain.errors import Refused
from bot.domain.periods import read_period
from bot.domain.weeks import read_week, sunday_of, write_week
from bot.messages import Body, body
from bot.operations.file_documents import check_dossier, check_filer
from bot.operations.notice_case import Case, Make
from bot.texts import N_, Texts

DOCUMENT = "document"
"""The kind of the notice."""
NAMES = {
    DocumentKind.REPORT: N_("document.report"),
    DocumentKind.LIST: N_("document.list"),
    DocumentKind.SUBMISSION: N_("document.submission"),
    DocumentKind.MINUTES: N_("document.minutes"),
    DocumentKind.ACHIEVEMENTS: N_("document.achievements"),
    DocumentKind.TABLE: N_("document.table"),
    DocumentKind.MEETING: N_("document.meeting"),
}
"""What each kind is called."""


def week_words(texts: Texts, monday: date) -> str:
    """A week as a person reads it: "tuần 23/11–29/11/2026"."""
    return texts.plain("period.week", first=f"{monday:%d/%m}", last=texts.day(sunday_of(monday)))


def about_words(texts: Texts, ask: DocumentAsk) -> str:
    """What a document is about; an exemplar by its number."""
    if ask.week is not None:
        return week_words(texts, ask.week)
    if ask.exemplar_id is not None:
        return texts.plain("document.of_exemplar", number=ask.exemplar_id)
    return texts.period(str(ask.period))


def write_ask(kind: DocumentKind, ask: DocumentAsk) -> dict[str, object]:
    """What is asked, as a task and a notice keep it."""
    about = write_week(ask.week) if ask.week is not None else str(ask.period or "")
    return {"kind": kind.value, "about": about, "exemplar_id": ask.exemplar_id}


def read_ask(values: Mapping[str, Any]) -> tuple[DocumentKind, DocumentAsk]:
    """The same read again. Raises KeyError and ValueError for what nobody has kept."""
    about, exemplar_id = values["about"], values["exemplar_id"]
    if exemplar_id is not None:
        return DocumentKind(values["kind"]), DocumentAsk(exemplar_id=int(exemplar_id))
    return DocumentKind(values["kind"]), DocumentAsk(read_period(about), read_week(about))


async def _document(case: Case) -> Body | None:
    """The file, if its reader may have it still, and, of a dossier, if it may be told still."""
    kind, ask = read_ask(case.values)
    try:
        check_filer(case.person, case.today)
        if ask.exemplar_id is not None:
            await check_dossier(case.session, case.person, ask.exemplar_id, case.today)
    except Refused:
        return None
    file = case.values["file"]
    if not await asyncio.to_thread(Path(file["path"]).is_file):
        return None
    texts = case.texts
    said = N_("document.done_pack") if kind is DocumentKind.MEETING else N_("document.done")
    if file["name"].endswith(".pdf"):
        said = N_("document.done_pdf")
    text = texts.say(said, kind=texts.plain(NAMES[kind]), about=about_words(texts, ask))
    return {**body(text), "file": {"path": file["path"], "name": file["name"]}}


KINDS: dict[str, Make] = {DOCUMENT: _document}
"""How it is composed."""
