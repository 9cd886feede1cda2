"""Leaving: a conversation by /huy, or the bot altogether by blocking it."""

from bot.operations import compose_articles, post_words, write_paper
from bot.operations.write_draft import FLOW, find_writing
from handlers import (
    adopt,
    announce,
    announcement,
    answer_card,
    answer_changes,
    articles_pick,
    articles_publish,
    chats,
    choose,
    consent,
    events_make,
    events_outcome,
    events_plan,
    exemplar_card,
    foster,
    lessons,
    library,
    movements_edit,
    nominate,
    office_list,
    office_list_views,
    paper,
    paper_import,
    posts,
    suggest,
)
from handlers.turn import Step, Turn
from storage import people


async def cancel(turn: Turn) -> None:
    """/huy: leave what one is in; what was written can be taken up again."""
    flow = turn.screen.flow if turn.screen else ""
    writing = await find_writing(turn.session, turn.person.id)
    if flow in _LEFT:
        await _LEFT[flow](turn)
    elif writing and (writing.draft.begun or flow == FLOW):
        await nominate.set_aside(turn, writing)
    else:
        turn.show(turn.say("nothing_to_cancel"))


_LEFT: dict[str, Step] = {
    exemplar_card.FLOW: exemplar_card.leave,
    consent.FLOW: consent.leave,
    announcement.FLOW: announce.leave,
    compose_articles.FLOW: articles_pick.leave,
    compose_articles.PUBLISHING: articles_publish.leave,
    answer_card.FLOW: answer_changes.leave,
    office_list_views.FLOW: office_list.leave,
    choose.FLOW: choose.leave,
    write_paper.FLOW: paper.leave,
    paper_import.FLOW: paper_import.leave,
    post_words.FLOW: posts.leave,
    library.FLOW: library.leave,
    foster.FLOW: foster.leave,
    lessons.FLOW: lessons.leave,
    adopt.FLOW: adopt.leave,
    events_plan.MAKING: events_make.leave,
    events_plan.CHANGING: events_make.leave,
    events_outcome.FLOW: events_outcome.leave,
    movements_edit.ADDING: movements_edit.leave,
    movements_edit.TYPING: movements_edit.leave_typing,
    suggest.FLOW: suggest.leave,
    suggest.ANSWERING: suggest.leave_answer,
}


async def membership(turn: Turn) -> None:
    """The person blocked the bot or let it in again; or it was put into a group or channel, or out of it."""
    if not turn.incoming.private:
        await chats.membership(turn)
    elif turn.incoming.user_id:
        blocked = turn.incoming.left_chat
        await people.set_blocked(turn.session, turn.incoming.user_id, turn.now if blocked else None)
