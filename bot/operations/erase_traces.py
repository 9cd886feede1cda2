"""What others have on their screens and in their drafts about somebody who is being erased."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from bot.domain.mentions import find_name, overlaps, without
from storage import mentions, traces
from storage.database import Session
from storage.emptying import About

_LEFT_OUT = "…"
"""Stands in a draft where the name stood: its owner finds other words."""
_TAG = re.compile(r"<[^<>]*>")


async def empty_screens(session: Session, full_name: str, words: Sequence[str]) -> None:
    """Forget every screen that names the person or shows a piece of what was written about them."""
    showing = [
        chat_id
        for chat_id, body in await traces.list_screens(session)
        if _shows("\n".join(_strings(body)), full_name, words)
    ]
    await traces.empty_screens(session, showing)


def _shows(text: str, full_name: str, words: Sequence[str]) -> bool:
    plain = unescape(_TAG.sub("", text))
    return bool(find_name(plain, full_name)) or overlaps(plain, words)


async def mend_drafts(session: Session, full_name: str, about: About) -> None:
    """Throw away what is being written about the person; in all else leave the name out.

    Where a namesake works here, a name in somebody's draft stays: nobody can tell whose it is.
    """
    name = "" if await mentions.has_namesake(session, full_name, about.person_id) else full_name
    for draft_id, fields in await traces.list_drafts(session):
        mended = None if _is_about(fields, about) else _without_choices(fields, about)
        if mended is None:
            await traces.drop_draft(session, draft_id)
            continue
        mended = _without_name(mended, name)
        if mended != fields:
            await traces.set_draft(session, draft_id, mended)


def _is_about(value: Any, about: About) -> bool:
    if isinstance(value, dict):
        return (
            value.get("nominee_id") == about.person_id
            or value.get("nomination_id") in about.nominations
            or value.get("exemplar_id") in about.exemplars
            or any(_is_about(part, about) for part in value.values())
        )
    return isinstance(value, list) and any(_is_about(part, about) for part in value)


def _without_choices(fields: dict[str, Any], about: About) -> dict[str, Any] | None:
    """A head's drafts of choices: those that name the person go, the others stay."""
    held = fields.get("of")
    if not isinstance(held, dict):
        return fields
    ids = {str(number) for number in about.nominations}
    kept = {key: one for key, one in held.items() if not ids & _named_in(one)}
    return {**fields, "of": kept} if fields.get("at") in kept else None


def _named_in(choice: Any) -> set[str]:
    if not isinstance(choice, dict):
        return set()
    return {str(number) for number in (*choice.get("picked", ()), *choice.get("own", ()))}


def _without_name(value: Any, name: str) -> Any:
    if isinstance(value, str):
        spans = find_name(value, name)
        return without(value, spans, _LEFT_OUT) if spans else value
    if isinstance(value, dict):
        return {key: _without_name(part, name) for key, part in value.items()}
    return [_without_name(part, name) for part in value] if isinstance(value, list) else value


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
