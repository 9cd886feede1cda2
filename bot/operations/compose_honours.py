"""The posts by which an exemplar is honoured, and what the secretariat reads about groups and channels."""

from bot.domain.chats import Chat, ChatState, link_to
from bot.domain.exemplars import Exemplar
from bot.domain.people import Unit
from bot.domain.roles import Role
from bot.domain.summary import short_name
from bot.messages import Body, Button, Call, Rows, body, in_rows
from bot.operations.congratulate import PRAISE
from bot.operations.exemplar_words import CHATS, HONOUR, caption, link, published_in, who
from bot.operations.link_chat import LEFT, NEW
from bot.operations.notice_case import Case, Make
from bot.operations.take_down import BY_HAND, HONOUR_COUNT, HONOUR_DELETE, a_clerk
from bot.operations.take_down import HONOUR as HONOUR_POST
from bot.texts import Texts
from storage import chats, exemplars, honours, notices, posts, units
from storage.honours import Honour

FAILED = "honour_failed"
"""By which the clerk hears that a group or channel could not be written to."""
_UNITS_SHOWN = 8


async def honour_post(case: Case, exemplar_id: int) -> Body | None:
    """The honour as it is read, with its two buttons; None where it may not be published (any more)."""
    exemplar = await exemplars.find_exemplar(case.session, exemplar_id)
    if exemplar is None or not exemplar.is_public or not exemplar.has_card:
        return None
    text = caption(exemplar, published_in(case.config))
    return {**body(text, await _buttons(case, exemplar)), "photo": exemplar.card}


async def _buttons(case: Case, exemplar: Exemplar) -> Rows:
    texts = published_in(case.config)
    n = await honours.count_congratulations(case.session, exemplar.id)
    label = (
        texts.plain("button.congratulated", n=texts.number(n)) if n else texts.plain("button.congratulate")
    )
    see = Button(texts.plain("button.see_exemplar"), url=link(case.context.bot_name(), exemplar))
    return [[Button(label, str(Call(HONOUR, exemplar.id, 0, "hail"))), see]]


async def _post(case: Case) -> Body | None:
    honour = await honours.find(case.session, case.values["honour_id"])
    if honour is None or honour.occurrence != case.notice.occurrence:
        return None  # taken down and honoured anew meanwhile
    return await honour_post(case, honour.exemplar_id)


async def _count(case: Case) -> Body | None:
    honour = await honours.find(case.session, case.values["honour_id"])
    exemplar = await exemplars.find_exemplar(case.session, case.values["exemplar_id"])
    delivered = await honours.find_delivery(case.session, honour) if honour else None
    if exemplar is None or not exemplar.is_public or delivered is None or delivered.message_id is None:
        return None
    made = body(caption(exemplar, published_in(case.config)), await _buttons(case, exemplar))
    return {"buttons_of": delivered.message_id, "reply_markup": made["reply_markup"]}


async def _delete(case: Case) -> Body | None:
    if "post_id" in case.values:
        post = await posts.find(case.session, case.values["post_id"])
        found = await honours.find_copy(case.session, post.occurrence, case.person.id) if post else None
        return {"delete": found} if found else None
    honour = await honours.find(case.session, case.values["honour_id"])
    delivered = await honours.find_delivery(case.session, honour) if honour else None
    if honour is None or delivered is None:
        return None
    if delivered.message_id is None:
        await ask_by_hand(case, honour)
        return None
    return {"delete": delivered.message_id}


async def ask_by_hand(case: Case, honour: Honour) -> None:
    """Nobody knows under which number the post stands: somebody has to look."""
    clerk = await a_clerk(case.session)
    if clerk is not None:
        body = {"honour_id": honour.id, "chat_id": case.notice.chat_id}
        await notices.plan(case.session, BY_HAND, case.notice.occurrence, clerk, body, case.now, urgency=1)


async def _by_hand(case: Case) -> Body | None:
    honour = await honours.find(case.session, case.values["honour_id"])
    chat = await chats.find(case.session, case.values["chat_id"])
    if honour is None or chat is None or not case.person.has(Role.SECRETARIAT, case.today):
        return None
    delivered = await honours.find_delivery(case.session, honour)
    address = link_to(chat.chat_id, delivered.message_id) if delivered and delivered.message_id else ""
    rows = [[Button(case.texts.plain("button.open_post"), url=address)]] if address else []
    return body(case.texts.say("honour.by_hand", chat=chat.title, number=honour.exemplar_id), rows)


async def _failed(case: Case) -> Body | None:
    exemplar = await exemplars.find_exemplar(case.session, case.values["exemplar_id"])
    chat = await chats.find(case.session, case.values["chat_id"])
    if exemplar is None or exemplar.erased or chat is None:
        return None
    if not case.person.has(Role.SECRETARIAT, case.today):
        return None
    again = Call(HONOUR, exemplar.id, exemplar.text_version, "open")
    rows = [[Button(case.texts.plain("button.honour_more"), str(again))]] if exemplar.may_be_published else []
    return body(case.texts.say("honour.failed", chat=chat.title, who=who(exemplar)), rows)


# --- groups and channels ---


async def _new(case: Case) -> Body | None:
    chat = await chats.find(case.session, case.values["chat_id"])
    if chat is None or chat.state is not ChatState.NEW or not case.person.has(Role.SECRETARIAT, case.today):
        return None
    text = case.texts.say("chats.is_new", title=chat.title)
    return body(text, whose_rows(chat, await units.list_units(case.session, case.today), 0, case.texts))


def whose_rows(chat: Chat, known: list[Unit], page: int, texts: Texts) -> Rows:
    """Whose it may be: the office's, a unit's (on pages), nobody's."""

    def button(label: str, act: str, arg: object = "") -> Button:
        return Button(label, str(Call(CHATS, chat.number, 0, act, str(arg))))

    shown = known[page * _UNITS_SHOWN : (page + 1) * _UNITS_SHOWN]
    turning = [button(texts.plain("button.before"), "whose", page - 1)] if page else []
    if (page + 1) * _UNITS_SHOWN < len(known):
        turning.append(button(texts.plain("button.after"), "whose", page + 1))
    return [
        [button(texts.plain("button.chat_office"), "office")],
        *in_rows([button(short_name(unit), "unit", unit.id) for unit in shown], 2),
        turning,
        [button(texts.plain("button.chat_unused"), "unused")],
    ]


async def _left(case: Case) -> Body | None:
    chat = await chats.find(case.session, case.values["chat_id"])
    if chat is None or chat.state is not ChatState.LEFT or not case.person.has(Role.SECRETARIAT, case.today):
        return None
    return body(case.texts.say("chats.left", title=chat.title))


async def _praise(case: Case) -> Body | None:
    exemplar = await exemplars.find_exemplar(case.session, case.values["exemplar_id"])
    if exemplar is None or not exemplar.is_public or exemplar.representative_id != case.person.id:
        return None
    n = await honours.count_congratulations(case.session, exemplar.id)
    rows = [[Button(case.texts.plain("button.see_exemplar"), url=link(case.context.bot_name(), exemplar))]]
    return body(case.texts.count("honour.praise", n, who=who(exemplar)), rows)


KINDS: dict[str, Make] = {
    PRAISE: _praise,
    HONOUR_POST: _post,
    HONOUR_COUNT: _count,
    HONOUR_DELETE: _delete,
    BY_HAND: _by_hand,
    FAILED: _failed,
    NEW: _new,
    LEFT: _left,
}
"""What makes each kind of notice."""
