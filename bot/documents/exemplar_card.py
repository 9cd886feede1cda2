"""What an exemplar's picture says."""

from bot.config import Config
from bot.documents.picture_card import Card
from bot.domain.exemplars import Exemplar
from bot.domain.writing import capital
from bot.operations.exemplar_words import published_in
from bot.texts import KINDS


def card_of(exemplar: Exemplar, photo: bytes | None, config: Config) -> Card:
    """In the language in which the office publishes; `photo` None is without."""
    texts = published_in(config)
    period = texts.period(exemplar.period)
    return Card(
        exemplar.nominee.name,
        exemplar.nominee.post,
        exemplar.unit_name,
        texts.plain(KINDS[exemplar.kind]),
        capital(period),
        exemplar.text,
        config.office.name,
        photo,
    )
