"""In a group the bot says one thing: where to talk to it."""

from bot.messages import Button, body
from handlers.turn import Turn


async def answer(turn: Turn) -> None:
    """/decu in a group: one deep link and nothing more."""
    link = f"https://t.me/{turn.house.bot_name()}?start=decu"
    turn.answer = body(turn.say("group.nominate"), [[Button(turn.plain("button.open_chat"), url=link)]])


async def silent(turn: Turn) -> None:
    """Whatever else is said in a group is not for the bot."""
