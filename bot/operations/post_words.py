"""How a message to many reads, and how the secretariat sees it: to whom, when, and the exact text."""

from collections.abc import Mapping
from datetime import date

from bot.domain.audience import Audience
from bot.domain.roles import Role
from bot.domain.summary import short_name
from bot.domain.writing import abridge, plain_html
from bot.messages import Body, Button, Call, Rows, body
from bot.operations.find_audience import find_audience
from bot.texts import N_, Html, Texts, join_html
from storage import people, units
from storage.database import Session
from storage.posts import Post, PostKind, PostState

FLOW = "po"
"""The conversation of its buttons."""
_CAPTION_MAX = 1024
_AUDIENCE_SHOWN = 300

_KINDS = {
    PostKind.BIG_DAY: N_("post.kind_big_day"),
    PostKind.CONTENT: N_("post.kind_content"),
    PostKind.ANNOUNCEMENT: N_("post.kind_announcement"),
    PostKind.HONOUR: N_("post.kind_honour"),
}
ROLES = {
    Role.UNIT_HEAD: N_("audience.unit_heads"),
    Role.DEPUTY: N_("audience.deputies"),
    Role.LEADER: N_("audience.leaders"),
    Role.SECRETARIAT: N_("audience.secretariat"),
}
"""What those who hold a role are called together."""
STATES = {
    PostState.WAITING: N_("post.is_waiting"),
    PostState.APPROVED: N_("post.is_approved"),
    PostState.SKIPPED: N_("post.is_skipped"),
    PostState.MISSED: N_("post.is_missed"),
    PostState.SENDING: N_("post.is_sending"),
    PostState.DONE: N_("post.is_done"),
    PostState.CANCELLED: N_("post.is_cancelled"),
}
"""What has become of a message to many, in words."""


def text_of(post: Post, texts: Texts) -> Html:
    """The message exactly as it is read in a language."""
    if not post.text:
        return texts.say(post.words["id"], **_values(post.words, texts))
    if post.kind is PostKind.CONTENT:
        return texts.say("post.titled", title=post.title, text=post.text)
    return Html(plain_html(post.text))


def message_of(post: Post, texts: Texts) -> Body:
    """The message itself, with its picture."""
    made = body(text_of(post, texts))
    return {**made, "photo": post.picture} if post.picture else made


def name_of(post: Post, texts: Texts) -> str:
    """What a message is called in a list: its kind and its title or first words."""
    words = post.title or post.text or texts.plain(post.words["id"], **_values(post.words, texts))
    return f"{texts.plain(_KINDS[post.kind])}: {abridge(words, 60)}"


async def audience_words(session: Session, audience: Audience, texts: Texts) -> str:
    """To whom, in words."""
    roles = ", ".join(texts.plain(name) for role, name in ROLES.items() if role in audience.roles)
    named = await _unit_names(session, audience)
    if roles and named:
        return texts.plain("audience.roles_of_units", roles=roles, units=named)
    return roles or named or texts.plain("audience.everybody")


async def _unit_names(session: Session, audience: Audience) -> str:
    if not audience.units:
        return ""
    known = {unit.code: short_name(unit) for unit in await units.list_units(session)}
    return abridge(", ".join(known.get(code, code) for code in audience.units), _AUDIENCE_SHOWN)


async def card(
    session: Session, post: Post, texts: Texts, today: date, *, heading: Html | None = None, rows: Rows = ()
) -> Body:
    """What somebody decides by: what it is, to whom and how many, when, and the exact text and picture."""
    circle = await find_audience(session, post.audience, today)
    numbers = {"n": texts.number(len(circle.reached)), "others": texts.number(len(circle.others))}
    facts = {
        "kind": texts.plain(_KINDS[post.kind]),
        "state": await state_words(session, post, texts),
        "when": texts.moment(post.send_at),
        "audience": await audience_words(session, post.audience, texts),
    }
    said = text_of(post, texts)
    top = texts.say("post.card", **facts, **numbers)
    top = join_html([*([heading] if heading else []), top], "\n\n")
    short = texts.say("post.card_short", when=facts["when"], n=numbers["n"])
    return framed(top, short, said, post.picture, rows)


def framed(top: Html, short: Html, said: Html, picture: str | None, rows: Rows) -> Body:
    """The exact text under a heading, which is `short` where a picture leaves no room for more."""
    whole = join_html([top, said], "\n\n")
    if not picture:
        return body(whole, rows)
    if _units(whole) > _CAPTION_MAX:
        whole = join_html([short, said], "\n\n")
    return {**body(whole, rows), "photo": picture}


async def state_words(session: Session, post: Post, texts: Texts) -> str:
    """What has become of it, and who decided that."""
    state = texts.plain(STATES[post.state])
    if post.decided_by is None or post.decided_at is None:
        return state
    by = await people.get_person(session, post.decided_by)
    name, at = by.full_name or by.code, texts.moment(post.decided_at)
    return texts.plain("post.decided", state=state, name=name, at=at)


def ways_to_decide(post: Post, texts: Texts, *, editing: bool = False) -> list[list[Button]]:
    """The buttons under it, each for this version alone."""
    if post.state is PostState.APPROVED:
        return [[button(post, texts.plain("button.cancel_sending"), "cancel")]]
    if post.state is not PostState.WAITING:
        return []
    approve = button(post, texts.plain("button.approve"), "approve")
    edit = button(post, texts.plain("button.edit"), "edit")
    skip = button(post, texts.plain("button.skip_post"), "skip")
    if not editing:
        return [[approve, edit, skip]]
    if post.picture:
        picture = button(post, texts.plain("button.drop_picture"), "unpicture")
    else:
        picture = button(post, texts.plain("button.add_picture"), "picture")
    return [[approve, edit], [picture, skip]]


def button(post: Post, label: str, act: str, arg: str = "") -> Button:
    """A button about a message, for its version."""
    return Button(label, str(Call(FLOW, post.id, post.version, act, arg)))


def _values(words: Mapping[str, object], texts: Texts) -> dict[str, object]:
    """The values of a catalog's words; one may differ by language: {"vi": …, "en": …}."""
    given = words.get("values", {})
    values = given if isinstance(given, dict) else {}
    return {
        key: value.get(texts.locale, value.get("vi", "")) if isinstance(value, dict) else value
        for key, value in values.items()
    }


def _units(text: Html) -> int:
    """Not less than Telegram counts: what is markup counts here too."""
    return len(text.encode("utf-16-le")) // 2
