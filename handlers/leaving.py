"""Leaving: a conversation by /huy, or the bot altogether by blocking it."""

from bot.operations.write_draft import FLOW, find_writing
from handlers import nominate
from handlers.turn import Turn
from storage import people


async def cancel(turn: Turn) -> None:
    """/huy: leave what one is in; what was written can be taken up again."""
    writing = await find_writing(turn.session, turn.person.id)
    if writing and (writing.draft.begun or (turn.screen and turn.screen.flow == FLOW)):
        await nominate.set_aside(turn, writing)
    else:
        turn.show(turn.say("nothing_to_cancel"))


async def membership(turn: Turn) -> None:
    """The person blocked the bot or let it in again."""
    if turn.incoming.private and turn.incoming.user_id:
        blocked = turn.incoming.left_chat
        await people.set_blocked(turn.session, turn.incoming.user_id, turn.now if blocked else None)
