"""/noidung: the library of law, thought and policy. Everybody reads what is approved.

The secretariat sees drafts too and when each item goes out, and writes, approves and takes away.
"""

from bot.clock import to_us
from bot.domain.errors import Gone, Refused
from bot.domain.roles import Role
from bot.domain.writing import abridge, plain_html
from bot.messages import Button, Call, Rows, in_rows
from bot.operations import write_content
from bot.operations.write_content import TAGS, list_sendings
from bot.texts import Html, join_html
from handlers.incoming import Sort
from handlers.pages import known_page, page_buttons, pages_of, ticked
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import contents, conversations
from storage.contents import Content, ContentState

FLOW = "lb"
_ALL = "all"
_ITEMS_A_PAGE = 6
_NEW, _EDIT = "new", "edit"


# --- reading ---


async def start(turn: Turn) -> None:
    """/noidung: what there is to read."""
    await _list(turn, _ALL, 0)


async def _list(turn: Turn, tag: str, wanted: int) -> None:
    known = [item for item in await contents.list_contents(turn.session) if _may_see(turn, item)]
    shown = [item for item in known if tag in {_ALL, *item.tags}]
    pages = pages_of(len(shown), _ITEMS_A_PAGE)
    page = known_page(wanted, pages)
    index = _index(tag)
    rows: list[list[Button]] = [
        *([_item_button(turn, item)] for item in shown[page * _ITEMS_A_PAGE : (page + 1) * _ITEMS_A_PAGE]),
        page_buttons(turn.texts, page, pages, lambda to: str(Call(FLOW, 0, 0, "list", f"{index},{to}"))),
        *in_rows([_tag_button(turn, one, chosen=one == tag) for one in (_ALL, *TAGS)], 3),
    ]
    if _is_clerk(turn):
        rows.append([Button(turn.plain("button.new_item"), str(Call(FLOW, 0, 0, "new")))])
    if not known:
        turn.show(turn.say("library.empty"), rows[-1:] if _is_clerk(turn) else ())
        return
    turn.show(turn.texts.count("library.list", len(shown)), rows)


def _item_button(turn: Turn, item: Content) -> Button:
    label = abridge(item.title, 50)
    if item.state is ContentState.DRAFT:
        label = turn.plain("library.is_draft", title=label)
    return Button(label, str(Call(FLOW, item.id, 0, "show")))


def _tag_button(turn: Turn, tag: str, *, chosen: bool) -> Button:
    label = turn.plain("button.all_items") if tag == _ALL else turn.plain(TAGS[tag])
    return Button(ticked(label, chosen=chosen), str(Call(FLOW, 0, 0, "list", f"{_index(tag)},0")))


async def _show(turn: Turn, item: Content) -> None:
    parts = [turn.say("post.titled", title=item.title, text=item.body)]
    if item.source:
        parts.append(turn.say("library.source", source=item.source))
    tags = ", ".join(turn.plain(TAGS[tag]) for tag in item.tags if tag in TAGS)
    if tags:
        parts.append(turn.say("library.about", tags=tags))
    rows: list[list[Button]] = []
    if _is_clerk(turn):
        parts.append(await _state(turn, item))
        rows = _ways(turn, item)
    back = Button(turn.plain("button.to_list"), str(Call(FLOW, 0, 0, "list", f"{_index(_ALL)},0")))
    turn.show(join_html(parts, "\n\n"), [*rows, [back]])


async def _state(turn: Turn, item: Content) -> Html:
    if item.state is ContentState.REMOVED:
        return turn.say("library.state_removed")
    sending = (await list_sendings(turn.session, turn.config.timetable, turn.now)).get(item.id)
    approved = item.state is ContentState.APPROVED
    state = turn.plain("library.state_approved" if approved else "library.state_draft")
    if sending is None:
        return turn.say("library.not_planned", state=state)
    at = turn.texts.moment(sending.at)
    return turn.say("library.sent_at" if sending.sent else "library.goes_at", state=state, at=at)


def _ways(turn: Turn, item: Content) -> list[list[Button]]:
    if item.state is ContentState.REMOVED:
        return [[_button(item, turn.plain("button.restore_item"), "restore")]]
    approve = [_button(item, turn.plain("button.approve"), "approve")]
    return [
        [
            *(approve if item.state is ContentState.DRAFT else []),
            _button(item, turn.plain("button.edit"), "edit"),
        ],
        [
            _button(item, turn.plain("button.tags"), "tags"),
            _button(item, turn.plain("button.remove_item"), "remove"),
        ],
    ]


# --- writing ---


async def receive(turn: Turn) -> None:
    """An item as it is typed: its title, its text, its source."""
    only_secretariat(turn)
    draft = await turn.draft(FLOW)
    if draft is None:
        raise Refused("stale")
    try:
        item = await _written(turn, draft.step, draft.fields)
    except Gone:
        raise
    except Refused as refusal:
        turn.show(turn.say(refusal.message_id, **refusal.values), _cancel(turn, draft.fields), flow=FLOW)
        return
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    await _show_tags(turn, item, turn.say("library.written"))


async def leave(turn: Turn) -> None:
    """/huy: nothing is written."""
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    turn.show(turn.say("library.left"))


async def _written(turn: Turn, step: str, fields: dict[str, int]) -> Content:
    if turn.incoming.sort is not Sort.TEXT:
        raise Refused("library.only_text")
    typed, today, now = turn.incoming.text, turn.today, turn.now
    if step == _NEW:
        return await write_content.add_content(turn.session, turn.person, typed, today, now)
    item = await contents.find(turn.session, fields["id"])
    if item is None or to_us(item.changed_at) != fields["version"]:
        raise Gone("library.changed")
    return await write_content.edit_content(turn.session, turn.person, item, typed, today, now)


async def _ask(turn: Turn, step: str, fields: dict[str, int], text: Html) -> None:
    await conversations.put_draft(turn.session, turn.person.id, FLOW, step, fields, turn.now)
    turn.show(text, _cancel(turn, fields), flow=FLOW)


def _cancel(turn: Turn, fields: dict[str, int]) -> Rows:
    back = Call(FLOW, fields["id"], 0, "show") if fields else Call(FLOW, 0, 0, "list", f"{_index(_ALL)},0")
    return [[Button(turn.plain("button.back"), str(back))]]


async def _show_tags(turn: Turn, item: Content, heading: Html | None = None) -> None:
    top = heading or turn.say("library.ask_tags")
    tags = [
        _button(item, ticked(turn.plain(name), chosen=tag in item.tags), "tag", str(n))
        for n, (tag, name) in enumerate(TAGS.items())
    ]
    done = Button(turn.plain("button.chosen"), str(Call(FLOW, item.id, 0, "show")))
    turn.show(join_html([top, Html(f"<b>{plain_html(item.title)}</b>")], "\n\n"), [*in_rows(tags, 2), [done]])


# --- taps ---


async def tap(turn: Turn, call: Call) -> None:
    """A page, an item, or what is to become of it."""
    if call.act == "list":
        index, _, page = call.arg.partition(",")
        tags = (_ALL, *TAGS)
        if not (index.isdecimal() and page.isdecimal() and len(page) < 6 and int(index) < len(tags)):
            raise Gone("stale")
        await _list(turn, tags[int(index)], int(page))
        return
    if call.act == "new":
        only_secretariat(turn)
        await _ask(turn, _NEW, {}, turn.say("library.ask_item"))
        return
    item = await contents.find(turn.session, call.row)
    if item is None or not _may_see(turn, item):
        raise Gone("library.gone")
    if call.act == "show":
        await _show(turn, item)
    else:
        await _act(turn, item, call)


async def _act(turn: Turn, item: Content, call: Call) -> None:
    only_secretariat(turn)
    if to_us(item.changed_at) != call.version:
        raise Gone("library.changed")
    me, today, now = turn.person, turn.today, turn.now
    if call.act in _STATES:
        state = _STATES[call.act]
        await _show(turn, await write_content.set_state(turn.session, me, item, state, today, now))
    elif call.act == "tags":
        await _show_tags(turn, item)
    elif call.act == "tag" and 0 <= call.number < len(TAGS):
        tag = list(TAGS)[call.number]
        await _show_tags(turn, await write_content.toggle_tag(turn.session, me, item, tag, today, now))
    elif call.act == "edit":
        source = turn.plain("library.source", source=item.source)
        text = "\n".join((item.title, item.body, source))
        fields = {"id": item.id, "version": call.version}
        await _ask(turn, _EDIT, fields, turn.say("library.ask_edit", text=text))
    else:
        raise Gone("stale")


_STATES = {
    "approve": ContentState.APPROVED,
    "remove": ContentState.REMOVED,
    "restore": ContentState.DRAFT,
}


def _button(item: Content, label: str, act: str, arg: str = "") -> Button:
    return Button(label, str(Call(FLOW, item.id, to_us(item.changed_at), act, arg)))


def _index(tag: str) -> int:
    return (_ALL, *TAGS).index(tag)


def _is_clerk(turn: Turn) -> bool:
    return turn.person.has(Role.SECRETARIAT, turn.today)


def _may_see(turn: Turn, item: Content) -> bool:
    if item.state is ContentState.APPROVED:
        return True
    return _is_clerk(turn) and (item.state is ContentState.DRAFT or turn.incoming.sort is Sort.TAP)
