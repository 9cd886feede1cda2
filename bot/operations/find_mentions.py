"""Where texts of others name somebody who is being erased: found while the name is still known."""

import asyncio
from datetime import datetime

from bot.domain.mentions import Span, digest, find_name, spellings
from bot.domain.people import Person
from storage import mentions
from storage.database import Session
from storage.mentions import Text


async def keep_mentions(session: Session, person: Person, now: datetime) -> int:
    """Keep for the secretariat each place that names the person; answers how many there are.

    To be called when what is about the person is empty already. What texts were before a change is emptied
    at once where it names them: nobody reads it, and it could not be put right.
    """
    forms = spellings(person.full_name)
    texts = await mentions.list_texts(session, forms)
    found = await asyncio.to_thread(_naming, texts, person.full_name)
    for text, spans in found:
        await mentions.put_mention(session, person.id, text.place, spans, digest(text.body), now)
    await _empty_earlier(session, person.full_name, forms)
    return len(found)


def _naming(texts: list[Text], full_name: str) -> list[tuple[Text, tuple[Span, ...]]]:
    found = ((text, find_name(text.body, full_name)) for text in texts)
    return [(text, spans) for text, spans in found if spans]


async def _empty_earlier(session: Session, full_name: str, forms: list[str]) -> None:
    earlier = await mentions.list_earlier(session, forms)
    await mentions.empty_earlier(session, [where for where, text in earlier if find_name(text, full_name)])
    for where, text in await mentions.list_event_changes(session, forms):
        if find_name(text, full_name):
            await mentions.empty_event_change(session, *where)
