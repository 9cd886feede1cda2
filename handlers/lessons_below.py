"""The lessons about an event or a movement, as buttons below its card."""

from bot.domain.writing import abridge
from bot.messages import Button, Call
from handlers.turn import Turn
from storage import lessons

_SHOWN = 3


async def lesson_rows(turn: Turn, *, event_id: int = 0, movement_id: int = 0) -> list[list[Button]]:
    """The newest lessons, a row each, and the way to all of them where there are more."""
    found, n = await lessons.list_lessons(
        turn.session, event_id=event_id, movement_id=movement_id, most=_SHOWN
    )
    rows = [
        [
            Button(
                abridge(turn.plain("lessons.below", text=one.text), 60),
                str(Call("le", one.id, 0, "show")),
            )
        ]
        for one in found
    ]
    if n > _SHOWN:
        rows.append([Button(turn.plain("button.all_lessons"), str(Call("le", 0, 0, "list", ",")))])
    return rows
