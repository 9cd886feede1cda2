"""What is shown of a sheet that is being entered: its preview, and the sheets behind what was entered."""

from collections.abc import Sequence

from bot.domain.nominations import Draft
from bot.domain.paper import Subject
from bot.domain.people import Person
from bot.domain.writing import abridge
from bot.messages import Button
from bot.operations.write_paper import Entry, Step
from bot.texts import KINDS, N_, Html, Texts, join_html
from handlers import nomination_card as cards
from handlers.nomination_card import Buttons
from storage.papers import Paper

SUBJECTS = {
    Subject.NOMINATION: N_("paper.nomination"),
    Subject.ANSWER: N_("paper.answer"),
    Subject.CONSENT: N_("paper.consent"),
}
_EDITED = {
    Step.PERSON: N_("paper.edit.person"),
    Step.DATE: N_("paper.edit.date"),
    Step.FILE: N_("paper.edit.file"),
    Step.NOMINEE: N_("edit.nominee"),
    Step.KIND: N_("edit.kind"),
    Step.MOVEMENT: N_("edit.movement"),
    Step.STORY: N_("edit.story"),
    Step.PICK: N_("paper.edit.pick"),
    Step.REASON: N_("paper.edit.reason"),
    Step.NOBODY: N_("paper.edit.reason"),
    Step.CONSENT: N_("paper.edit.consent"),
}
_MAY_EDIT = {
    Subject.NOMINATION: (
        *(Step.PERSON, Step.DATE, Step.FILE, Step.NOMINEE),
        *(Step.KIND, Step.MOVEMENT, Step.STORY),
    ),
    Subject.ANSWER: (Step.DATE, Step.PERSON, Step.FILE, Step.PICK, Step.REASON, Step.NOBODY),
    Subject.CONSENT: (Step.CONSENT, Step.PERSON, Step.DATE, Step.FILE),
}
_REASONS_SHOWN = 2000
_TEXT_SHOWN = 1600


def person_line(person: Person) -> str:
    """Who it is, so that homonyms are told apart."""
    return ", ".join(filter(None, (person.full_name, person.post, person.unit_name)))


def may_edit(entry: Entry) -> list[Step]:
    """What of the preview can be changed."""
    left_out = {Step.REASON if entry.nobody else Step.NOBODY}
    return [step for step in _MAY_EDIT[entry.subject] if step not in left_out]


def edit_label(texts: Texts, step: Step) -> str:
    """What a button calls that part of the sheet."""
    return texts.plain(_EDITED[step])


def preview(texts: Texts, entry: Entry, exemplar_text: str = "") -> Html:
    """Everything that will be entered."""
    lines = [texts.say("paper.preview", what=texts.plain(SUBJECTS[entry.subject])), *_head(texts, entry)]
    if entry.subject is Subject.NOMINATION:
        lines += [Html(""), *_nomination(texts, entry.draft)]
    elif entry.subject is Subject.ANSWER:
        lines += [Html(""), *_answer(texts, entry)]
    else:
        said = N_("paper.agreed") if entry.agreed else N_("paper.declined")
        lines += [Html(""), texts.say(said, name=entry.exemplar_name)]
        if exemplar_text:
            lines.append(texts.say("paper.text", text=abridge(exemplar_text, _TEXT_SHOWN)))
    return join_html(lines)


def _head(texts: Texts, entry: Entry) -> list[Html]:
    day = texts.day(entry.dated_on) if entry.dated_on else ""
    dated = N_("paper.dated_with_file") if entry.file else N_("paper.dated_without_file")
    return [texts.say("paper.in_name_of", name=entry.person_name), texts.say(dated, day=day)]


def _nomination(texts: Texts, draft: Draft) -> list[Html]:
    movement = draft.movement_name or texts.plain("card.no_movement")
    return [
        cards.nominee_line(texts, draft),
        texts.say("card.kind", kind=texts.plain(KINDS[draft.kind])),
        texts.say("card.movement", movement=movement),
        Html(""),
        texts.say("card.story", story=abridge(draft.story, _TEXT_SHOWN)),
    ]


def _answer(texts: Texts, entry: Entry) -> list[Html]:
    values = {"unit": entry.unit_name, "period": texts.period(entry.period)}
    replaced = [texts.say("paper.replaces")] if entry.version else []
    if entry.nobody:
        said = [texts.say("paper.chose_nobody", **values)]
        reason = [texts.say("paper.reason", reason=entry.reason)] if entry.reason else []
        return [*said, *reason, *replaced]
    each = _REASONS_SHOWN // max(len(entry.names), 1)
    chosen = [
        texts.say("paper.chosen_one", name=name, reason=abridge(reason, each))
        for name, reason in zip(entry.names, entry.reasons, strict=True)
    ]
    return [texts.say("paper.chose", **values), *chosen, texts.say("paper.criteria_met"), *replaced]


def edit_rows(texts: Texts, buttons: Buttons, entry: Entry) -> list[list[Button]]:
    """Every part of the sheet that can be changed."""
    return [[buttons.named("edit", edit_label(texts, step), step.value)] for step in may_edit(entry)]


def paper_lines(texts: Texts, papers: Sequence[Paper]) -> list[Html]:
    """The sheets behind something, for its card: of which day, entered by whom."""
    return [
        texts.say(
            "paper.on_card",
            day=texts.day(paper.sheet.dated_on),
            name=paper.person_name or texts.plain("person.erased"),
            clerk=paper.clerk_name or texts.plain("person.erased"),
            at=texts.moment(paper.at),
        )
        for paper in papers
    ]
