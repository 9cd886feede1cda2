"""The messages to many, and what the secretariat reads about them, as things stand when they are sent."""

from bot.domain.roles import Role
from bot.messages import Body, body
from bot.operations.compose_honours import honour_post
from bot.operations.dispatch_posts import POST, PROGRESS, REPORT
from bot.operations.find_audience import is_in
from bot.operations.notice_case import Case, Make, nominate_button
from bot.operations.plan_posts import REVIEW, WARNING
from bot.operations.post_words import card, message_of, name_of, ways_to_decide
from bot.operations.report_post import OPEN_STATES, Outcome, report_post
from bot.operations.report_words import report_rows, report_text
from bot.texts import Html, Texts
from storage import notices, posts
from storage.notices import State
from storage.posts import Post, PostKind, PostState

_INVITING = {"big_day.call"}
"""The big days whose words ask for a nomination: its button comes along."""


async def _post(case: Case) -> Body | None:
    post = await posts.find(case.session, case.values["post_id"])
    if post is None or post.state not in {PostState.SENDING, PostState.DONE}:
        return None
    if not await is_in(case.session, post.audience, case.person, case.today):
        return None
    if post.kind is PostKind.HONOUR:
        return await honour_post(case, post.words["values"]["number"])
    rows = [[nominate_button(case.texts)]] if post.words.get("id") in _INVITING else []
    return {**body(Html(""), rows), **message_of(post, case.texts)}


async def _review(case: Case) -> Body | None:
    return await _to_decide(case, case.texts.say("post.review"))


async def _warning(case: Case) -> Body | None:
    sends = case.config.big_days.unanswered == "send"
    return await _to_decide(case, case.texts.say("post.warn_send" if sends else "post.warn_skip"))


async def _to_decide(case: Case, heading: Html) -> Body | None:
    post = await posts.find(case.session, case.values["post_id"])
    clerk = case.person.has(Role.SECRETARIAT, case.today)
    if post is None or post.state is not PostState.WAITING or not clerk:
        return None
    rows = ways_to_decide(post, case.texts)
    return await card(case.session, post, case.texts, case.today, heading=heading, rows=rows)


async def _progress(case: Case) -> Body | None:
    post = await posts.find(case.session, case.values["post_id"])
    if post is None or post.state not in {PostState.SENDING, PostState.DONE}:
        return None
    counts = await notices.count_of(case.session, POST, post.occurrence)
    known = await posts.find_progress(case.session, post)
    return body(progress_text(post, counts, case.texts), edit=known)


def progress_text(post: Post, counts: dict[State, int], texts: Texts) -> Html:
    """How far a message to many is."""
    total = sum(counts.values())
    ended = total - sum(counts.get(state, 0) for state in OPEN_STATES)
    values = {"name": name_of(post, texts), "total": texts.number(total), "done": texts.number(ended)}
    return texts.say("post.sent_all" if post.state is PostState.DONE else "post.progress", **values)


async def _report(case: Case) -> Body | None:
    post = await posts.find(case.session, case.values["post_id"])
    if post is None or not case.person.has(Role.SECRETARIAT, case.today):
        return None
    if post.state is PostState.MISSED:
        return body(case.texts.say("report.missed", name=name_of(post, case.texts)))
    report = await report_post(case.session, post, case.today)
    numbers = {outcome: len(report[outcome]) for outcome in Outcome}
    return body(report_text(post, numbers, case.texts), report_rows(post, numbers, case.texts))


KINDS: dict[str, Make] = {
    POST: _post,
    REVIEW: _review,
    WARNING: _warning,
    PROGRESS: _progress,
    REPORT: _report,
}
"""What makes each kind of notice."""
