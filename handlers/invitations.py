"""The monthly invitation to nominate: not wanted any more, and wanted again."""

from bot.domain.errors import Refused
from bot.messages import Button, Call
from bot.operations.invite_no_more import set_invitations
from handlers.turn import Turn

FLOW = "in"


async def tap(turn: Turn, call: Call) -> None:
    """[Không nhận lời mời hằng tháng] and [Nhận lại lời mời]."""
    if call.act not in {"off", "on"}:
        raise Refused("stale")
    wanted = call.act == "on"
    await set_invitations(turn.session, turn.person, turn.now, wanted=wanted)
    if wanted:
        other = Button(turn.plain("button.no_invitations"), str(Call(FLOW, 0, 0, "off")))
        turn.show(turn.say("invitation.on"), [[other]])
    else:
        other = Button(turn.plain("button.invitations"), str(Call(FLOW, 0, 0, "on")))
        turn.show(turn.say("invitation.off"), [[other]])
