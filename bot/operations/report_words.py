"""What has become of a message to many, in words: the counts, and everybody by name on pages."""

from collections.abc import Mapping, Sequence

from bot.domain.writing import abridge
from bot.messages import Button, Rows
from bot.operations.post_words import button, name_of
from bot.operations.report_post import Line, Outcome
from bot.texts import N_, Html, Texts, join_html
from storage.posts import Post

LINES_A_PAGE = 20
_LABELS = {
    Outcome.DELIVERED: N_("button.delivered"),
    Outcome.UNREACHED: N_("button.unreached"),
    Outcome.DOUBTFUL: N_("button.doubtful"),
}
_TITLES = {
    Outcome.DELIVERED: N_("report.delivered"),
    Outcome.UNREACHED: N_("report.unreached"),
    Outcome.DOUBTFUL: N_("report.doubtful"),
}


def report_text(post: Post, numbers: Mapping[Outcome, int], texts: Texts) -> Html:
    """The counts."""
    counts = {outcome.value: texts.number(numbers[outcome]) for outcome in Outcome}
    return texts.say("report.counts", name=name_of(post, texts), when=texts.moment(post.send_at), **counts)


def report_rows(post: Post, numbers: Mapping[Outcome, int], texts: Texts) -> Rows:
    """The ways to the names, where there are any."""
    rows = []
    for outcome, label in _LABELS.items():
        if numbers[outcome]:
            named = texts.plain(label, n=texts.number(numbers[outcome]))
            rows.append([button(post, named, "who", f"{outcome.value},0")])
    return rows


def names_text(post: Post, outcome: Outcome, lines: Sequence[Line], page: int, texts: Texts) -> Html:
    """A page of names, with why the message did not reach them."""
    shown = lines[page * LINES_A_PAGE : (page + 1) * LINES_A_PAGE]
    title = texts.say(_TITLES[outcome], name=name_of(post, texts), n=texts.number(len(lines)))
    return join_html([title, *(_line(line, texts) for line in shown)])


def back_to_report(post: Post, texts: Texts) -> Button:
    """The way back to the counts."""
    return button(post, texts.plain("button.back"), "report")


def _line(line: Line, texts: Texts) -> Html:
    person = line.person
    values = {"name": person.full_name or person.code, "unit": abridge(person.unit_name, 60)}
    if not line.why:
        return texts.say("report.line", **values)
    return texts.say("report.line_why", **values, why=texts.plain(line.why))
