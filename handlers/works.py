"""Which work does which kind of task."""

from functools import partial

from bot.tasks import Work
from handlers import export, invite, roster
from handlers.workshop import Workshop


def works(shop: Workshop) -> dict[str, Work]:
    """Every work, by the kind of task."""
    return {
        roster.CHECK: partial(roster.check, shop),
        roster.APPLY: partial(roster.apply, shop),
        roster.GIVE: partial(roster.give, shop),
        invite.MAKE: partial(invite.make, shop),
        export.MAKE: partial(export.make, shop),
    }
