"""A suggestion as the secretariat reads it, and what its author hears."""

from bot.domain.roles import Role
from bot.domain.writing import plain_html
from bot.messages import Body, Button, Call, Rows, body
from bot.operations.notice_case import Case, Make
from bot.operations.suggest import ANSWER, SUGGESTION
from bot.texts import N_, Html, Texts, join_html
from storage import suggestions
from storage.suggestions import Suggestion, SuggestionState

FLOW = "su"
STATES = {
    SuggestionState.OPEN: N_("suggest.is_open"),
    SuggestionState.ANSWERED: N_("suggest.is_answered"),
    SuggestionState.FILED: N_("suggest.is_filed"),
}
"""What has become of a suggestion, in words."""


def suggestion_text(one: Suggestion, texts: Texts) -> Html:
    """The suggestion with its author, its day, and what was answered."""
    name = one.full_name or texts.plain("suggest.nobody")
    facts = {"name": name, "unit": one.unit_name, "at": texts.moment(one.at)}
    parts = [
        texts.say("suggest.card", state=texts.plain(STATES[one.state]), **facts),
        Html(plain_html(one.text)),
    ]
    if one.answer:
        parts.append(texts.say("suggest.answered", answer=one.answer))
    return join_html(parts, "\n\n")


def ways_to_settle(one: Suggestion, texts: Texts) -> Rows:
    """[Trả lời] and [Lưu], while it waits."""
    if one.state is not SuggestionState.OPEN:
        return []
    return [
        [
            Button(texts.plain("button.answer"), str(Call(FLOW, one.id, 0, "answer"))),
            Button(texts.plain("button.file_suggestion"), str(Call(FLOW, one.id, 0, "file"))),
        ]
    ]


async def _suggestion(case: Case) -> Body | None:
    one = await suggestions.find_suggestion(case.session, case.values["suggestion_id"])
    clerk = case.person.has(Role.SECRETARIAT, case.today)
    if one is None or one.state is not SuggestionState.OPEN or not one.text or not clerk:
        return None
    return body(suggestion_text(one, case.texts), ways_to_settle(one, case.texts))


async def _answer(case: Case) -> Body | None:
    one = await suggestions.find_suggestion(case.session, case.values["suggestion_id"])
    if one is None or one.person_id != case.person.id or not one.text:
        return None
    said, text = case.texts.moment(one.at), Html(plain_html(one.text))
    if one.state is SuggestionState.ANSWERED:
        return body(case.texts.say("suggest.your_answer", at=said, text=text, answer=one.answer))
    return body(case.texts.say("suggest.your_filed", at=said, text=text))


KINDS: dict[str, Make] = {SUGGESTION: _suggestion, ANSWER: _answer}
"""What makes each kind of notice."""
