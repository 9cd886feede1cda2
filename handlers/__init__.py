"""The routing table, in order: which update goes to which conversation.

A command works by its English and its unaccented Vietnamese name. What is neither a command nor a button
belongs to the conversation whose screen the chat shows.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
)
from telegram.ext.filters import ALL, ChatType, StatusUpdate, UpdateType

from bot.messages import Call
from bot.operations import compose_articles, compose_notice, post_words, write_draft, write_paper
from handlers import (
    adopt,
    announce,
    announcement,
    answer_card,
    answer_changes,
    articles,
    articles_publish,
    chats,
    check_answers,
    choose,
    coming_in,
    consent,
    desk,
    digest,
    documents,
    events,
    events_make,
    events_outcome,
    events_plan,
    exemplar_card,
    exemplars,
    export,
    foster,
    groups,
    honour,
    invitations,
    invite,
    lessons,
    library,
    movements,
    movements_edit,
    my_data,
    my_nominations,
    name_mentions,
    nominate,
    office_list,
    office_list_views,
    paper,
    paper_import,
    posts,
    reminders,
    roster,
    status,
    suggest,
    summary,
)
from handlers.incoming import Sort
from handlers.leaving import cancel, membership
from handlers.turn import House, Step, Turn, turn

COMMANDS: dict[tuple[str, ...], Step] = {
    ("help", "trogiup"): coming_in.help_,
    ("nominate", "decu"): nominate.start,
    ("mine", "cuatoi"): my_nominations.start,
    ("mydata", "dulieucuatoi"): my_data.start,
    ("choose", "binhchon"): choose.start,
    ("summary", "tonghop"): summary.start,
    ("exemplars", "guong"): exemplars.start,
    ("lessons", "baihoc"): lessons.start,
    ("library", "noidung"): library.start,
    ("events", "sukien"): events.start,
    ("movements", "phongtrao"): movements.start,
    ("suggest", "gopy"): suggest.start,
    ("desk", "banlam"): desk.start,
    ("status", "trangthai"): status.start,
    ("chats", "nhom"): chats.start,
    ("announce", "thongbao"): announce.start,
    ("paper", "nhapgiay"): paper.start,
    ("roster", "nhansu"): roster.start,
    ("invite", "moi"): invite.start,
    ("export", "xuat"): export.start,
    ("documents", "vanban"): documents.start,
    ("articles", "baiviet"): articles.start,
    ("published", "dadang"): articles_publish.start,
    ("language", "ngonngu"): coming_in.language,
    ("cancel", "huy"): cancel,
}
"""Commands for people of the office; /start is for everybody."""

TAPS = {
    coming_in.FLOW: coming_in.tap,
    write_draft.FLOW: nominate.tap,
    my_nominations.FLOW: my_nominations.tap,
    choose.FLOW: choose.tap,
    reminders.FLOW: reminders.tap,
    invitations.FLOW: invitations.tap,
    summary.FLOW: summary.tap,
    digest.FLOW: digest.tap,
    write_paper.FLOW: paper.tap,
    paper_import.FLOW: paper_import.tap,
    roster.FLOW: roster.tap,
    invite.FLOW: invite.tap,
    export.FLOW: export.tap,
    documents.FLOW: documents.tap,
    compose_articles.FLOW: articles.tap,
    compose_articles.PUBLISHING: articles_publish.tap,
    my_data.FLOW: my_data.tap,
    name_mentions.FLOW: name_mentions.tap,
    status.FLOW: status.tap,
    desk.FLOW: desk.tap,
    answer_card.FLOW: check_answers.tap,
    office_list_views.FLOW: office_list.tap,
    post_words.FLOW: posts.tap,
    announcement.FLOW: announce.tap,
    library.FLOW: library.tap,
    exemplars.FLOW: exemplars.tap,
    lessons.FLOW: lessons.tap,
    adopt.FLOW: adopt.tap,
    foster.FLOW: foster.tap,
    events.FLOW: events.tap,
    events_plan.MAKING: events_make.tap,
    events_plan.CHANGING: events_make.tap,
    events_outcome.FLOW: events_outcome.tap,
    movements.FLOW: movements.tap,
    movements_edit.TYPING: movements_edit.tap,
    suggest.FLOW: suggest.tap,
    suggest.ANSWERING: suggest.tap_answer,
    exemplar_card.FLOW: exemplar_card.tap,
    consent.FLOW: consent.tap,
    honour.FLOW: honour.tap,
    chats.FLOW: chats.tap,
}
"""Buttons, by the conversation they name."""

GROUP_TAPS: dict[str, Callable[[Turn, Call], Awaitable[None]]] = {honour.FLOW: honour.hail}
"""Buttons below posts in groups and channels; what is behind them answers with a toast alone."""

RECEIVERS: dict[str, Step] = {
    write_draft.FLOW: nominate.receive,
    choose.FLOW: choose.receive,
    write_paper.FLOW: paper.receive,
    paper_import.FLOW: paper_import.receive,
    roster.FLOW: roster.receive,
    answer_card.FLOW: answer_changes.receive,
    office_list_views.FLOW: office_list.receive,
    invite.FLOW: invite.receive,
    my_data.FLOW: my_data.receive,
    post_words.FLOW: posts.receive,
    announcement.FLOW: announce.receive,
    library.FLOW: library.receive,
    exemplars.FLOW: exemplars.receive,
    lessons.FLOW: lessons.receive,
    adopt.FLOW: adopt.receive,
    foster.FLOW: foster.receive,
    events_plan.MAKING: events_make.receive,
    events_plan.CHANGING: events_make.receive,
    events_outcome.FLOW: events_outcome.receive,
    movements_edit.ADDING: movements_edit.receive,
    movements_edit.TYPING: movements_edit.receive_typed,
    suggest.FLOW: suggest.receive,
    suggest.ANSWERING: suggest.receive_answer,
    exemplar_card.FLOW: exemplar_card.receive,
    compose_articles.PUBLISHING: articles_publish.receive,
    consent.FLOW: consent.receive,
}
"""What is typed or sent, by the conversation whose screen the chat shows."""


def routes(house: House) -> list[BaseHandler[Any, Any, Any]]:
    """Every handler, in the order in which they are asked."""
    private = ChatType.PRIVATE & UpdateType.MESSAGE
    group = ChatType.GROUPS & UpdateType.MESSAGE
    return [
        CommandHandler("start", turn(coming_in.start, house), private),
        *(CommandHandler(names, turn(known(step), house), private) for names, step in COMMANDS.items()),
        MessageHandler(private, turn(message, house)),
        MessageHandler(ChatType.PRIVATE & UpdateType.EDITED_MESSAGE, turn(known(nominate.edited), house)),
        CallbackQueryHandler(turn(tap, house)),
        CommandHandler(["nominate", "decu"], turn(groups.answer, house), group),
        MessageHandler(StatusUpdate.MIGRATE, turn(chats.moved, house)),
        ChatMemberHandler(turn(membership, house), ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(ALL, turn(groups.silent, house)),
        TypeHandler(Update, turn(groups.silent, house)),
    ]


def known(step: Step) -> Step:
    """Only for people of the office who have agreed to the privacy notice."""

    async def guarded(turn: Turn) -> None:
        if turn.me is None:
            await coming_in.stranger(turn)
        elif not coming_in.consented(turn):
            await coming_in.ask_consent(turn)
        else:
            await step(turn)

    guarded.__qualname__ = getattr(step, "__qualname__", "step")
    return guarded


async def message(turn: Turn) -> None:
    """Anything typed or sent that is no command."""
    await known(_contact_or_flow)(turn)


async def _contact_or_flow(turn: Turn) -> None:
    if turn.incoming.sort is Sort.CONTACT:
        await coming_in.contact(turn)
        return
    flow = turn.screen.flow if turn.screen else ""
    receive = RECEIVERS.get(flow)
    if turn.incoming.sort is Sort.TEXT and turn.incoming.text.startswith("/"):
        turn.show(turn.say("unknown_command"), flow=flow)
    elif receive is not None:
        await receive(turn)
    elif not await nominate.try_sentence(turn):
        usable = turn.incoming.sort is not Sort.UNUSABLE
        turn.show(turn.say("not_understood" if usable else "nominate.only_text"))


async def tap(turn: Turn) -> None:
    """A pressed button. A notice stays as it is: what its button does is shown below it."""
    call = turn.call
    if turn.me is None:
        await coming_in.stranger(turn)
    elif not turn.incoming.private:
        await _tapped_in_a_group(turn)
    elif call and call.flow == compose_notice.ENVELOPE:
        await compose_notice.arrived(turn.session, call, turn.me, turn.now)
        await _tapped(turn, compose_notice.open_envelope(call))
        if turn.answer:
            turn.answer.pop("edit", None)
    else:
        await _tapped(turn, call)


async def _tapped_in_a_group(turn: Turn) -> None:
    """Below a post that everybody sees: the person gets a word, the post stays as it is."""
    call = turn.call
    if call and call.flow == compose_notice.ENVELOPE:
        call = compose_notice.open_envelope(call)
    if call is None or call.flow not in GROUP_TAPS:
        turn.toast = turn.plain("stale")
    elif not coming_in.consented(turn):
        turn.toast = turn.plain("stranger.toast")
    else:
        await GROUP_TAPS[call.flow](turn, call)


async def _tapped(turn: Turn, call: Call | None) -> None:
    if call is None or call.flow not in TAPS:
        turn.again(turn.plain("stale"))
    elif call.flow != coming_in.FLOW and not coming_in.consented(turn):
        await coming_in.ask_consent(turn)
    else:
        await TAPS[call.flow](turn, call)
