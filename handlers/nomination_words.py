"""What a nomination says: kind, movement, story, what may be added to it, evidence."""

from bisect import bisect_right
from dataclasses import replace

from bot.domain.errors import Refused
from bot.domain.names import names
from bot.domain.nominations import ADDED_FIELDS, Draft, Kind, NomineeKind
from bot.domain.sentence import read_sentence
from bot.domain.writing import capital, clean, length, problems_of_short
from bot.messages import Call
from bot.operations.send_nomination import problems_of_draft
from bot.operations.write_draft import Step, Writing
from handlers import nomination_card as views
from handlers.nomination_steps import go, go_on, movements, next_step, problem_text, show, too_short
from handlers.turn import Turn

_ADDED_MAX = 500
_ENDS = (".", "!", "?", "…", ":", ";")


# --- kind and movement ---


async def tap_kind(turn: Turn, writing: Writing, call: Call) -> None:
    """A kind's button."""
    if call.arg not in set(Kind):
        raise Refused("stale")
    await _take_kind(turn, writing.draft, Kind(call.arg))


async def receive_kind(turn: Turn, writing: Writing, text: str) -> None:
    """A kind typed out; a long text is the story already."""
    kind = views.kind_named(turn.texts, text)
    if kind:
        await _take_kind(turn, writing.draft, kind)
    else:
        await receive_movement(turn, writing, text)


async def _take_kind(turn: Turn, draft: Draft, kind: Kind) -> None:
    draft = replace(draft, kind=kind)
    if draft.story:
        await go(turn, draft, Step.CARD)
    else:
        await go(turn, draft, Step.MOVEMENT if draft.nominee_kind is NomineeKind.PERSON else Step.STORY)


async def tap_movement(turn: Turn, writing: Writing, call: Call) -> None:
    """A movement's button, or none."""
    offered = {int(movement.id): movement for movement in await movements(turn)}
    movement = offered.get(call.number)
    if movement is None and call.number != 0:
        raise Refused("stale")
    draft = replace(
        writing.draft,
        movement_id=movement.id if movement else None,
        movement_name=movement.name if movement else "",
    )
    await go(turn, draft, Step.CARD if draft.story else Step.STORY)


async def receive_movement(turn: Turn, writing: Writing, text: str) -> None:
    """Where a button is waited for, a text long enough is the story already."""
    if not writing.draft.story and length(text) >= turn.config.nominations.story_min:
        await go_on(turn, replace(writing.draft, story=text))
    else:
        await show(turn, writing, turn.say("nominate.choose_button"))


# --- the story ---


async def receive_story(turn: Turn, writing: Writing, text: str) -> None:
    """What was done. A story that was only too short goes on; any other is replaced."""
    draft = writing.draft
    if draft.story and too_short(problems_of_draft(draft, turn.config)):
        text = _joined(draft.story, text)
    else:
        text = _without_opening(text, draft)
    await _take_story(turn, draft, text)


async def _take_story(turn: Turn, draft: Draft, story: str) -> None:
    draft = replace(draft, story=story)
    # Without a letter it is not even asked for as too long or too short.
    await go(turn, draft, Step.STORY if problems_of_draft(draft, turn.config) else next_step(turn, draft))


def _without_opening(text: str, draft: Draft) -> str:
    """ "Đề cử chị Lan vì đã …" is what people write here too: whom they mean is known."""
    sentence = read_sentence(text, ())
    if (
        sentence
        and sentence.is_nomination
        and sentence.story
        and names(sentence.nominee_text, draft.nominee_name)
    ):
        return capital(sentence.story)
    return text


def _joined(story: str, more: str) -> str:
    if more.startswith(story):
        return more
    return f"{story}{' ' if more[:1].islower() or story.endswith(_ENDS) else '. '}{more}"


async def tap_rewrite(turn: Turn, writing: Writing, _call: Call) -> None:
    """A story that is too short is written again from the beginning."""
    await go(turn, replace(writing.draft, story=""), Step.STORY)


async def tap_shorten(turn: Turn, writing: Writing, _call: Call) -> None:
    """Keep as much of a story as may be sent, as a person counts characters."""
    story, most = writing.draft.story, turn.config.nominations.story_max
    kept = bisect_right(range(1, len(story) + 1), most, key=lambda end: length(story[:end]))
    await go_on(turn, replace(writing.draft, story=story[:kept].rstrip()))


async def receive_aside(turn: Turn, writing: Writing, text: str) -> None:
    """A text at the card: the person says whether it replaces the story or goes on with it."""
    waiting = f"{writing.draft.waiting}\n{text}" if writing.step is Step.ASIDE else text
    await go(turn, replace(writing.draft, waiting=waiting), Step.ASIDE)


async def tap_aside(turn: Turn, writing: Writing, call: Call) -> None:
    """What is to become of it."""
    draft = writing.draft
    if not draft.waiting:
        raise Refused("stale")
    story = f"{draft.story}\n{draft.waiting}" if call.arg == "add" and draft.story else draft.waiting
    await go_on(turn, replace(draft, story=story, waiting=""))


# --- what may be added ---


async def receive_added(turn: Turn, writing: Writing, text: str) -> None:
    """One of the optional texts."""
    problems = problems_of_short(text, _ADDED_MAX)
    if problems:
        await show(turn, writing, problem_text(turn, problems, turn.say("problems.short_example")))
        return
    await go(turn, writing.draft.with_added(writing.step.value, text), Step.CARD)


async def tap_clear(turn: Turn, writing: Writing, _call: Call) -> None:
    """Take an optional text, or all the evidence, away again."""
    if writing.step is Step.EVIDENCE:
        await go(turn, replace(writing.draft, evidence=()), Step.CARD)
    elif writing.step.value in ADDED_FIELDS:
        await go(turn, writing.draft.with_added(writing.step.value, ""), Step.CARD)
    else:
        raise Refused("stale")


async def tap_hide(turn: Turn, writing: Writing, _call: Call) -> None:
    """Whether the head sees who nominated."""
    if not turn.config.nominations.may_hide_name:
        raise Refused("stale")
    await go(turn, replace(writing.draft, hide_name=not writing.draft.hide_name), Step.CARD)


# --- evidence ---


async def receive_file(turn: Turn, writing: Writing) -> Writing | None:
    """A photo or file is evidence at any step. Its caption, if any, remains to be dealt with: then the
    writing as it is now; else None, and the step is shown again."""
    incoming, draft = turn.incoming, writing.draft
    waits = writing.step is Step.OFFER and bool(draft.waiting or draft.waiting_evidence)
    held = draft.waiting_evidence if waits else draft.evidence
    most = turn.config.nominations.evidence_max
    caption = clean(incoming.text)
    said = None
    if incoming.file and incoming.file.file_unique_id not in {known.file_unique_id for known in held}:
        if len(held) >= most:
            said = turn.say("nominate.evidence_full", most=most)
        else:
            held = (*held, incoming.file)
    same_album = bool(incoming.album) and incoming.album == draft.album
    draft = replace(draft, album=incoming.album)
    draft = replace(draft, waiting_evidence=held) if waits else replace(draft, evidence=held)
    if caption:
        return replace(writing, draft=draft)
    step = Step.CARD if writing.step is Step.EVIDENCE and draft.story and draft.has_nominee else writing.step
    await go(turn, draft, step, said or turn.texts.count("nominate.evidence_kept", len(held)))
    if same_album:
        _in_place(turn)
    return None


def _in_place(turn: Turn) -> None:
    """An album's pictures come one by one: the answer to the last takes the place of the one before."""
    screen = turn.screen
    if turn.answer and screen and screen.message_id and screen.shown_version == screen.version:
        turn.answer["edit"] = screen.message_id
