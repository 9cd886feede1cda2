"""An exemplar on its way to the public, for tests: its card drawn, its consent asked, its chats linked."""

from typing import Any

from bot.domain.exemplars import Exemplar
from bot.messages import Call
from bot.operations.exemplar_words import CARD
from tests.exemplars import taken_over, the_exemplar
from tests.office import Office
from tests.phones import Phone, Seen
from tests.posting import everybody


async def at_desk(office: Office, hung: Phone, code: str = "lan2", **how: Any) -> Exemplar:
    """Taken over, and its card before the clerk, as the desk's button brings it."""
    exemplar = await taken_over(office, code, **how)
    await open_card(hung, exemplar)
    return await the_exemplar(office, exemplar.id)


async def open_card(hung: Phone, exemplar: Exemplar) -> None:
    """The clerk opens the card as from the desk."""
    if not any(message.from_bot for message in hung.messages()):
        await hung.send("/trogiup")
    await hung.tap_data(str(Call(CARD, exemplar.id, 0, "open")))


def pictured(phone: Phone, *, chat_id: int | None = None) -> Seen:
    """The newest message with a picture that the bot (or a channel) has posted."""
    found = [message for message in phone.messages(chat_id=chat_id) if message.raw["photo"]]
    assert found, "no picture"
    return found[-1]


async def a_group(office: Office, title: str, *codes: str) -> int:
    """A group of some people, the first of whom has put the bot in it."""
    members = [everybody(office)[code].user_id for code in codes]
    chat_id = office.telegram.people.add_group(title, members)
    await office.settle()
    return chat_id
