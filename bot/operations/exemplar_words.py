"""How an exemplar is published: the caption below its picture, and what stands on the picture.

It is published in the office's own language, whoever sends it.
"""

from bot.config import Config
from bot.domain.exemplars import Exemplar
from bot.domain.nominations import NomineeKind
from bot.domain.writing import abridge
from bot.texts import DEFAULT_LOCALE, KINDS, N_, Html, Texts

CAPTION_MAX = 1024
"""How much text Telegram takes below a picture."""
CARD, CONSENT, HONOUR, CHATS = "ec", "co", "ho", "ch"
"""The conversations: the clerk's card, the consent, honouring, groups and channels."""
DEEP_LINK = "g_"
"""What a link to an exemplar's own card begins with; its number follows."""
_STEP = 20


def published_in(config: Config) -> Texts:
    """The voice in which the office publishes."""
    return Texts(DEFAULT_LOCALE, config.office.timezone, config.office.address_form)


def caption(exemplar: Exemplar, texts: Texts, most: int = CAPTION_MAX) -> Html:
    """The caption in at most `most` characters: where its text is longer, it is cut at a word."""
    room = len(exemplar.text)
    made = _caption(exemplar, texts, exemplar.text)
    while units(made) > most and room > _STEP:
        room = min(room - _STEP, room - (units(made) - most))
        made = _caption(exemplar, texts, abridge(exemplar.text, max(room, 1)))
    return made


def kind_name(exemplar: Exemplar, texts: Texts) -> str:
    """What kind of exemplar it is, within a sentence."""
    name = texts.plain(KINDS[exemplar.kind])
    return name[:1].lower() + name[1:]


def who(exemplar: Exemplar) -> str:
    """Who or what is honoured, with post and unit."""
    nominee = exemplar.nominee
    unit = "" if nominee.name == exemplar.unit_name else exemplar.unit_name
    return ", ".join(part for part in (nominee.name, nominee.post, unit) if part)


def link(bot_name: str, exemplar: Exemplar) -> str:
    """What opens the exemplar's own card in the chat with the bot."""
    return f"https://t.me/{bot_name}?start={DEEP_LINK}{exemplar.id}"


def units(text: str) -> int:
    """Not less than Telegram counts: what is markup counts here too."""
    return len(text.encode("utf-16-le")) // 2


def _caption(exemplar: Exemplar, texts: Texts, abstract: str) -> Html:
    person = exemplar.nominee.kind is NomineeKind.PERSON
    return texts.say(
        N_("honour.caption_person") if person else N_("honour.caption_other"),
        who=who(exemplar),
        kind=kind_name(exemplar, texts),
        period=texts.period(exemplar.period),
        abstract=" ".join(abstract.split()).rstrip(". "),
    )
