"""Which work does which kind of task."""

from functools import partial

from bot.tasks import Work
from handlers import (
    articles_package,
    documents,
    events_file,
    exemplar_card,
    export,
    invite,
    paper_import,
    roster,
)
from handlers.workshop import Workshop

SLOW = (documents.MAKE, export.MAKE)
"""Kinds that may take minutes: each goes on beside the others, so that nobody's card waits for a PDF."""


def works(shop: Workshop) -> dict[str, Work]:
    """Every work, by the kind of task."""
    return {
        articles_package.MAKE: partial(articles_package.make, shop),
        roster.CHECK: partial(roster.check, shop),
        roster.APPLY: partial(roster.apply, shop),
        roster.GIVE: partial(roster.give, shop),
        paper_import.CHECK: partial(paper_import.check, shop),
        paper_import.APPLY: partial(paper_import.apply, shop),
        paper_import.GIVE: partial(paper_import.give, shop),
        invite.MAKE: partial(invite.make, shop),
        export.MAKE: partial(export.make, shop),
        documents.MAKE: partial(documents.make, shop),
        events_file.MAKE: partial(events_file.make, shop),
        exemplar_card.MAKE: partial(exemplar_card.make, shop),
    }
