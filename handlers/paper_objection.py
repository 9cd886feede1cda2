"""[Không phải của tôi]: what was entered from paper in one's name was not one's own."""

from bot.domain.errors import Gone
from bot.messages import Button, Call
from bot.operations.object_to_paper import find_own_paper, object_to_paper
from bot.operations.write_paper import FLOW
from handlers.turn import Turn


async def ask(turn: Turn, call: Call) -> None:
    """Ask once more before it is taken back."""
    paper, sent = await find_own_paper(turn.session, turn.person, call.row)
    if sent.withdrawn_at is not None:
        raise Gone("mine.withdrawn_already")
    sure = Button(turn.plain("button.not_mine_sure"), str(Call(FLOW, paper.id, 0, "notmine_sure")))
    keep = Button(turn.plain("button.keep"), str(Call("m", sent.id, 0, "card")))
    turn.show(turn.say("paper.ask_not_mine", code=sent.code, name=sent.nominee.name), [[sure], [keep]])


async def objected(turn: Turn, call: Call) -> None:
    """Take it back, while it may change; the clerk is told either way."""
    code, withdrawn = await object_to_paper(turn.session, turn.person, call.row, turn.config, turn.now)
    turn.session.after_commit(turn.house.wake)
    turn.show(turn.say("paper.not_mine_withdrawn" if withdrawn else "paper.not_mine_told", code=code))


TAPS = {"notmine": ask, "notmine_sure": objected}
