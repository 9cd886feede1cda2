"""/dulieucuatoi: what is kept about me; having it corrected, withdrawing consent, having it erased."""

from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Consent as Asked
from bot.domain.people import Post
from bot.domain.roles import Role
from bot.domain.writing import clean, length
from bot.messages import Button, Call
from bot.operations import digest
from bot.operations.answer_consent import take_back_all
from bot.operations.come_in import consent
from bot.operations.erase_person import ask_correction, erase_person, settle_request
from bot.operations.invite_no_more import set_invitations
from bot.texts import N_, Html, join_html
from handlers.digest import when
from handlers.incoming import Sort
from handlers.turn import Turn
from storage import emptying, exemplars, figures, nominations, people, units
from storage.people import Consent

FLOW = "d"
_CORRECTION_MAX = 1000
_SURE_S = 600
_CONSENTS_SHOWN = 5

_ROLES = {
    Role.EMPLOYEE: N_("role.employee"),
    Role.UNIT_HEAD: N_("role.unit_head"),
    Role.DEPUTY: N_("role.deputy"),
    Role.SECRETARIAT: N_("role.secretariat"),
    Role.LEADER: N_("role.leader"),
}
_LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}


# --- what is kept ---


async def start(turn: Turn) -> None:
    """/dulieucuatoi: everything."""
    await _show(turn)


async def _show(turn: Turn) -> None:
    me = turn.person
    sent = await nominations.count_by_nominator(turn.session, me.id)
    about = await figures.count_about(turn.session, me.id)
    life = await emptying.count_life(turn.session, me.id)
    invited = await people.wants_invitations(turn.session, me.id)
    nothing = turn.plain("data.nothing")
    lines = [
        turn.say("data.title"),
        turn.say("data.name", value=me.full_name),
        turn.say("data.post", value=me.post or nothing),
        turn.say("data.unit", value=me.unit_name),
        turn.say("data.code", value=me.code),
        turn.say("data.roles", value=await _roles(turn)),
        turn.say("data.phone", value=me.phone or nothing),
        turn.say("data.telegram", value=me.telegram_id),
        turn.say("data.language", value=_LANGUAGES.get(me.language or "", nothing)),
        turn.say("data.invitations_on" if invited else "data.invitations_off"),
        *await _digest(turn),
        turn.say("data.nominations", sent=turn.texts.number(sent), about=turn.texts.number(about)),
        turn.say("data.life", **{key: turn.texts.number(n) for key, n in life.items()}),
        turn.say("data.consents"),
        *await _consents(turn),
    ]
    rows = [
        [_button(turn.plain("button.correct"), "correct")],
        [
            _button(turn.plain("button.no_invitations"), "invite_off")
            if invited
            else _button(turn.plain("button.invitations"), "invite_on")
        ],
        [
            _button(turn.plain("button.withdraw_consent"), "withdraw"),
            _button(turn.plain("button.erase"), "erase"),
        ],
    ]
    if any(one.consent is not Asked.NONE for one in await exemplars.list_about(turn.session, me.id)):
        rows.insert(1, [Button(turn.plain("button.about_me"), str(Call("co", 0, 0, "about")))])
    turn.show(join_html(lines), rows)


async def _digest(turn: Turn) -> list[Html]:
    wanted = await digest.digest_of(turn.session, turn.person.id)
    return [turn.say("data.digest", when=when(turn.texts, wanted.wish))] if wanted.is_on else []


async def _roles(turn: Turn) -> str:
    names = {unit.id: unit.name for unit in await units.list_units(turn.session)}

    def role(post: Post) -> str:
        label = turn.plain(_ROLES[post.role])
        if post.role in {Role.UNIT_HEAD, Role.DEPUTY} and post.unit_id != turn.person.unit_id:
            label = f"{label} ({names[post.unit_id]})"
        return label

    held = sorted(turn.person.posts, key=lambda post: list(Role).index(post.role))
    labels = [role(post) for post in held if post.held_on(turn.today)]
    return "; ".join(labels) or turn.plain("role.employee")


async def _consents(turn: Turn) -> list[Html]:
    given = await people.list_consents(turn.session, turn.person.id)
    return [_consent(turn, one) for one in given[-_CONSENTS_SHOWN:]]


def _consent(turn: Turn, one: Consent) -> Html:
    values = {"version": one.version, "at": turn.texts.moment(one.at)}
    return turn.say("data.consent_given", **values) if one.given else turn.say("data.consent_not", **values)


# --- buttons ---


async def tap(turn: Turn, call: Call) -> None:
    """A button of one's own data, or [Đã xử lý] of the secretariat."""
    act = _TAPS.get(call.act)
    if act is None:
        raise Refused("stale")
    await act(turn, call)


async def _tap_show(turn: Turn, _call: Call) -> None:
    await _show(turn)


async def _tap_invitations(turn: Turn, call: Call) -> None:
    await set_invitations(turn.session, turn.person, turn.now, wanted=call.act == "invite_on")
    await _show(turn)


# --- correcting ---


async def _tap_correct(turn: Turn, _call: Call) -> None:
    _ask_correction(turn, turn.say("data.ask_correction"))


async def receive(turn: Turn) -> None:
    """What is wrong, in the person's own words."""
    typed = clean(turn.incoming.text) if turn.incoming.sort is Sort.TEXT else ""
    if typed.startswith("/"):
        raise Refused("unknown_command")
    if not typed:
        _ask_correction(turn, turn.say("data.correction_empty"))
    elif length(typed) > _CORRECTION_MAX:
        maximum = turn.texts.number(_CORRECTION_MAX)
        _ask_correction(turn, turn.say("data.correction_long", maximum=maximum))
    else:
        await ask_correction(turn.session, turn.person, typed, turn.today, turn.now)
        turn.session.after_commit(turn.house.wake)
        turn.show(turn.say("data.correction_kept"), [[_button(turn.plain("button.my_data"), "show")]])


def _ask_correction(turn: Turn, text: Html) -> None:
    turn.show(text, [[_button(turn.plain("button.back"), "show")]], flow=FLOW)


async def _tap_settle(turn: Turn, call: Call) -> None:
    if not await settle_request(turn.session, turn.person, call.row, turn.today, turn.now):
        raise Gone("data.settled_already")
    turn.session.after_commit(turn.house.wake)
    turn.show(turn.say("data.settled"))


# --- withdrawing consent ---


async def _tap_withdraw(turn: Turn, _call: Call) -> None:
    rows = [
        [_button(turn.plain("button.withdraw_consent_sure"), "withdraw_sure")],
        [_button(turn.plain("button.back"), "show")],
    ]
    turn.show(turn.say("data.ask_withdraw"), rows)


async def _tap_withdraw_sure(turn: Turn, _call: Call) -> None:
    version = turn.config.privacy.notice_version
    await take_back_all(turn.session, turn.person.id, turn.now)
    turn.session.after_commit(turn.house.wake)
    await consent(turn.session, turn.person, version, turn.now, given=False)
    turn.show(turn.say("data.withdrawn", contact=turn.config.privacy.contact))


# --- erasing ---


async def _tap_erase(turn: Turn, _call: Call) -> None:
    go_on = _button(turn.plain("button.erase_go_on"), "erase_ask", version=_second(turn))
    turn.show(turn.say("data.explain_erasing"), [[go_on], [_button(turn.plain("button.not_erase"), "show")]])


async def _tap_erase_ask(turn: Turn, call: Call) -> None:
    _check_fresh(turn, call)
    sure = _button(turn.plain("button.erase_sure"), "erase_sure", version=_second(turn))
    turn.show(turn.say("data.ask_erasing"), [[sure], [_button(turn.plain("button.not_erase"), "show")]])


async def _tap_erase_sure(turn: Turn, call: Call) -> None:
    _check_fresh(turn, call)
    await erase_person(turn.session, turn.person, turn.today, turn.now)
    turn.session.after_commit(turn.house.wake)
    turn.show(turn.say("data.erased", contact=turn.config.privacy.contact))


def _second(turn: Turn) -> int:
    return int(turn.now.timestamp())


def _check_fresh(turn: Turn, call: Call) -> None:
    """A confirmation holds for ten minutes, so that no forgotten button erases anybody."""
    if not 0 <= _second(turn) - call.version <= _SURE_S:
        raise Gone("data.too_late_to_confirm")


def _button(label: str, act: str, *, version: int = 0) -> Button:
    return Button(label, str(Call(FLOW, 0, version, act)))


_TAPS = {
    "show": _tap_show,
    "invite_on": _tap_invitations,
    "invite_off": _tap_invitations,
    "correct": _tap_correct,
    "settle": _tap_settle,
    "withdraw": _tap_withdraw,
    "withdraw_sure": _tap_withdraw_sure,
    "erase": _tap_erase,
    "erase_ask": _tap_erase_ask,
    "erase_sure": _tap_erase_sure,
}
