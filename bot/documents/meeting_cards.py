"""The picture cards in the pack of a review: drawn in one process, two in a row, small enough for a file."""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

import structlog

from bot.config import Config
from bot.documents.exemplar_card import card_of
from bot.documents.office_document import Picture
from bot.documents.picture_card import Card, draw_small
from bot.documents.picture_process import draw_apart
from bot.domain.exemplars import Exemplar

_WIDTH_MM: Final = 80.0
_PATIENCE_S: Final = 60
_PATIENCE_OF_ONE_S: Final = 3

log = structlog.get_logger()


@dataclass(frozen=True)
class Cards:
    """Cards to be drawn, still without photos; `photos` are what Telegram calls them. `more` have no room."""

    cards: tuple[Card, ...]
    photos: tuple[str | None, ...]
    more: int = 0

    def drawn(self, photos: Mapping[str, bytes | None]) -> dict[str, object]:
        """As the template knows them, with the photos that are at hand; takes a moment for each.

        A card that cannot be drawn is counted with those that have no room.
        """
        pairs = zip(self.cards, self.photos, strict=True)
        made = _draw_apart([replace(card, photo=photos.get(photo or "")) for card, photo in pairs])
        pictures = [Picture(one, _WIDTH_MM) for one in made if one is not None]
        rows = zip_longest(pictures[::2], pictures[1::2], fillvalue="")
        return {
            "cards": [{"left": left, "right": right} for left, right in rows],
            "more_cards": self.more + len(made) - len(pictures),
        }


def cards_of(exemplars: Sequence[Exemplar], most: int, config: Config) -> Cards:
    """The cards of the first exemplars. All of them have to be such as may be told of."""
    shown = exemplars[:most]
    return Cards(
        tuple(card_of(one, None, config) for one in shown),
        tuple(one.photo for one in shown),
        len(exemplars) - len(shown),
    )


def _draw_apart(cards: Sequence[Card]) -> list[bytes | None]:
    if not cards:
        return []
    try:
        return draw_apart(draw_small, cards, patience_s=_PATIENCE_S + _PATIENCE_OF_ONE_S * len(cards))
    except subprocess.SubprocessError as mistake:
        log.warning("no_cards", n=len(cards), why=type(mistake).__name__)
        return [None] * len(cards)
