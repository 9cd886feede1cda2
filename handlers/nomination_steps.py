"""The steps of a nomination as they are shown: what is asked, and which step comes next."""

from dataclasses import replace

from bot.domain.nominations import ADDED_FIELDS, Draft, Movement
from bot.domain.people import Unit
from bot.domain.writing import Problem, length
from bot.messages import Button
from bot.operations.send_nomination import problems_of_draft
from bot.operations.write_draft import FLOW, Step, Writing, write
from bot.texts import N_, Html, join_html
from handlers import nomination_card as views
from handlers.nomination_card import Buttons
from handlers.turn import Turn
from storage import nominations, people, units

Rows = list[list[Button]]


async def go(turn: Turn, draft: Draft, step: Step, said: Html | None = None) -> None:
    """Keep the draft at a step and show that step, with a word on top where there is one."""
    if step is Step.MOVEMENT:
        offered = await movements(turn)
        if not offered:
            step = Step.CARD if draft.story else Step.STORY
        writing = await write(turn.session, turn.person.id, draft, step, turn.now)
        await show(turn, writing, said, offered=offered)
        return
    writing = await write(turn.session, turn.person.id, draft, step, turn.now)
    await show(turn, writing, said)


async def go_on(turn: Turn, draft: Draft, said: Html | None = None) -> None:
    """The first thing that is still missing, else the card."""
    await go(turn, draft, next_step(turn, draft), said)


def next_step(turn: Turn, draft: Draft) -> Step:
    """What is asked next; kind and movement only of those who are guided."""
    if draft.nominee_id is None and draft.nominee_name and draft.unit_id is None:
        return Step.UNIT
    if not draft.has_nominee:
        return Step.NOMINEE
    if not draft.story:
        return Step.STORY if draft.quick else Step.KIND
    return Step.STORY if problems_of_draft(draft, turn.config) else Step.CARD


async def show(
    turn: Turn,
    writing: Writing,
    said: Html | None = None,
    *,
    page: int = 0,
    offered: list[Movement] | None = None,
) -> None:
    """The step as a screen, under a word why it is shown (again)."""
    buttons = Buttons(turn.texts, writing.stored)
    step = writing.step
    if step is Step.MOVEMENT:
        text, rows = _movement(
            turn, writing.draft, buttons, await movements(turn) if offered is None else offered
        )
    elif step is Step.NOMINEE:
        text, rows = await _nominee(turn, writing.draft, buttons, page)
    elif step in {Step.GROUP, Step.UNIT}:
        text, rows = await _unit(turn, writing, buttons, page)
    else:
        text, rows = _asked(turn, writing, buttons)
    turn.show(join_html([said, text], "\n\n") if said else text, rows, flow=FLOW)


def _asked(turn: Turn, writing: Writing, buttons: Buttons) -> tuple[Html, Rows]:
    step, draft = writing.step, writing.draft
    back = buttons.way_back()
    if step is Step.OFFER:
        rows = [[buttons.act("resume", "button.resume"), buttons.act("anew", "button.anew")]]
        return turn.say("nominate.unfinished", nominee=views.nominee_line(turn.texts, draft)), rows
    if step is Step.MODEL:
        return turn.say("ask.name_model"), [back]
    if step is Step.KIND:
        return _for_nominee(turn, draft, turn.say("ask.kind")), [*views.kind_rows(turn.texts, buttons), back]
    if step is Step.STORY:
        return _story(turn, draft, buttons)
    if step is Step.ASIDE:
        return turn.say("nominate.aside"), _aside_rows(buttons)
    if step is Step.EVIDENCE:
        rows = [[buttons.act("clear", "button.clear_evidence")]] if draft.evidence else []
        return turn.say("ask.evidence", most=turn.config.nominations.evidence_max), [*rows, back]
    if step.value in ADDED_FIELDS:
        rows = [[buttons.act("clear", "button.clear")]] if getattr(draft, step.value) else []
        return turn.say(views.ASKED[step.value]), [*rows, back]
    return _card(turn, writing, buttons)


async def _nominee(turn: Turn, draft: Draft, buttons: Buttons, page: int) -> tuple[Html, Rows]:
    me = turn.person
    recent = await people.list_recent_nominees(turn.session, me.id, 3) if page == 0 else []
    others = [person for person in recent if person.id != me.id]
    own = [
        person
        for person in await people.list_in_unit(turn.session, me.unit_id)
        if person.id != me.id and person not in others
    ]
    start_at = page * views.PEOPLE_A_PAGE
    rows = [
        *buttons.people(others, unit_names=True),
        *buttons.people(own[start_at : start_at + views.PEOPLE_A_PAGE], unit_names=False),
        buttons.pages("people", page, len(own), views.PEOPLE_A_PAGE),
        buttons.forms(),
        buttons.way_back(back=bool(draft.story and draft.has_nominee)),
    ]
    return turn.say("ask.nominee_for_story" if draft.story else "ask.nominee"), rows


async def _unit(turn: Turn, writing: Writing, buttons: Buttons, page: int) -> tuple[Html, Rows]:
    mine = turn.person.unit_id
    known = sorted(await units_now(turn), key=lambda unit: unit.id != mine)
    asked = (
        turn.say("ask.name_group")
        if writing.step is Step.GROUP
        else turn.say("ask.unit", name=writing.draft.nominee_name)
    )
    return asked, [*buttons.units(known, page), buttons.way_back()]


def _movement(turn: Turn, draft: Draft, buttons: Buttons, offered: list[Movement]) -> tuple[Html, Rows]:
    rows = [*views.movement_rows(buttons, offered), buttons.way_back()]
    return _for_nominee(turn, draft, turn.say("ask.movement")), rows


def _story(turn: Turn, draft: Draft, buttons: Buttons) -> tuple[Html, Rows]:
    rules = turn.config.nominations
    problems = problems_of_draft(draft, turn.config) if draft.story else []
    if not problems:
        limits = {"minimum": rules.story_min, "maximum": turn.texts.number(rules.story_max)}
        message_id = N_("ask.story_anew") if draft.story else N_("ask.story")
        return _for_nominee(turn, draft, turn.say(message_id, **limits)), [buttons.way_back()]
    if too_short(problems):
        more = turn.say("ask.more_story", story=draft.story, **problems[0].values)
        rewrite = buttons.act("rewrite", "button.rewrite")
        return _for_nominee(turn, draft, more), [[rewrite], [buttons.act("cancel", "button.cancel")]]
    rows = [[buttons.act("cancel", "button.cancel")]]
    if length(draft.story) > rules.story_max:
        shorten = buttons.act("shorten", "button.shorten", most=turn.texts.number(rules.story_max))
        rows.insert(0, [shorten])
    return problem_text(turn, problems, turn.say("problems.example")), rows


def too_short(problems: list[Problem]) -> bool:
    """Whether a text lacks nothing but length, so that more can simply be added."""
    return [problem.id for problem in problems] == ["story.too_short"]


def _for_nominee(turn: Turn, draft: Draft, asked: Html) -> Html:
    return join_html([views.nominee_line(turn.texts, draft), asked], "\n\n") if draft.has_nominee else asked


def _aside_rows(buttons: Buttons) -> Rows:
    add = buttons.act("aside", "button.add_to_story", "add")
    instead = buttons.act("aside", "button.replace_story", "replace")
    return [[add, instead], [buttons.act("card", "button.to_card")]]


def _card(turn: Turn, writing: Writing, buttons: Buttons) -> tuple[Html, Rows]:
    draft = writing.draft
    text = views.card(turn.texts, draft)
    if writing.step is Step.EDIT:
        may_hide = turn.config.nominations.may_hide_name
        return text, views.edit_rows(turn.texts, buttons, draft, may_hide=may_hide)
    evidence = buttons.act("edit", "button.evidence", Step.EVIDENCE.value)
    return text, [
        [buttons.act("send", "button.send")],
        [buttons.act("edit", "button.edit", Step.EDIT.value), evidence],
        [buttons.act("cancel", "button.cancel")],
    ]


def problem_text(turn: Turn, problems: list[Problem], example: Html) -> Html:
    """All that is wrong with a text, and how it could be."""
    return join_html([turn.say("problems.title"), views.problem_lines(turn.texts, problems), example])


async def movements(turn: Turn) -> list[Movement]:
    """The movements in force today."""
    known = await nominations.list_movements(turn.session)
    return [movement for movement in known if movement.offered_on(turn.today)]


async def units_now(turn: Turn) -> list[Unit]:
    """The units that exist today."""
    return await units.list_units(turn.session, turn.today)


def in_unit(draft: Draft, unit: Unit) -> Draft:
    """The draft of a group or model, belonging to a unit."""
    return replace(draft, unit_id=unit.id, unit_name=unit.name)
