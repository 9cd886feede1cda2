"""Coming in: who are you, may we keep your data, and then the first screen.

A stranger hears one polite sentence and nothing of the office. An invitation's link or one's own phone number
lets a person in; before anything else the privacy notice is shown and consent asked.
"""

from dataclasses import replace

from bot.domain.roles import Role
from bot.messages import Button, Call, closing_body, contact_body
from bot.operations.come_in import INVITATION, consent, share_phone, use_invitation
from bot.operations.exemplar_words import DEEP_LINK
from bot.operations.plan_reminders import plan_for_newcomer
from bot.texts import Html, join_html
from handlers import exemplars, nominate
from handlers.incoming import Sort
from handlers.turn import Turn
from storage import people

FLOW = "c"


async def start(turn: Turn) -> None:
    """/start, perhaps out of a link."""
    _command, _, payload = turn.incoming.text.partition(" ")
    payload = payload.strip()
    if payload.startswith(INVITATION) and len(payload) > 1:
        turn.me = await use_invitation(turn.session, payload[1:], turn.incoming.user_id, turn.me, turn.now)
        turn.texts = turn.house.texts_for(turn.me.language or turn.incoming.language)
    if turn.me is None:
        await stranger(turn)
    elif not consented(turn):
        await ask_consent(turn)
    elif payload == "decu":
        await nominate.begin(turn, "")
    elif payload.startswith(DEEP_LINK):
        await exemplars.open_link(turn, payload)
    else:
        await help_(turn)


async def stranger(turn: Turn) -> None:
    """Somebody who is not known: how to come in, or one's own number out of Telegram's button."""
    if turn.incoming.sort is Sort.CONTACT:
        await _receive_contact(turn)
    elif turn.incoming.sort is Sort.TAP:
        turn.toast = turn.plain("stranger.toast")
    else:
        _ask_phone(turn, turn.say("stranger", agency=turn.config.office.name))


def _ask_phone(turn: Turn, text: Html) -> None:
    turn.show_body(contact_body(text, turn.plain("button.share_phone")))


async def _receive_contact(turn: Turn) -> None:
    incoming = turn.incoming
    if not incoming.own_contact:
        _ask_phone(turn, turn.say("come_in.not_own_contact"))
        return
    turn.me = await share_phone(turn.session, incoming.phone, incoming.user_id, turn.now)
    await ask_consent(turn)


def consented(turn: Turn) -> bool:
    """Whether the person has agreed to the notice as it is now."""
    return turn.person.consent_version >= turn.config.privacy.notice_version


async def ask_consent(turn: Turn) -> None:
    """The privacy notice with its two answers, neither of them preset."""
    privacy, office = turn.config.privacy, turn.config.office
    notice = turn.say(
        "privacy.notice",
        agency=office.name,
        controller=privacy.controller,
        contact=privacy.contact,
        retention=privacy.retention,
    )
    hello = turn.say("come_in.hello", name=turn.person.full_name, agency=office.name)
    version = privacy.notice_version
    rows = [
        [
            Button(turn.plain("button.agree"), str(Call(FLOW, 0, version, "agree"))),
            Button(turn.plain("button.disagree"), str(Call(FLOW, 0, version, "disagree"))),
        ]
    ]
    turn.show(join_html([hello, notice], "\n\n"), rows, flow=FLOW)


async def tap(turn: Turn, call: Call) -> None:
    """An answer to the notice. It holds for the version of the notice that was shown."""
    version = turn.config.privacy.notice_version
    if call.act == "language":
        await _take_language(turn, call)
    elif call.version != version:
        await ask_consent(turn)
    elif call.act == "agree":
        await consent(turn.session, turn.person, version, turn.now, given=True)
        turn.me = replace(turn.person, consent_version=version)
        if turn.me.heads(turn.today):
            await plan_for_newcomer(turn.session, turn.me, turn.now, turn.config)
        turn.session.after_commit(turn.house.wake)
        await help_(turn)
    else:
        await consent(turn.session, turn.person, version, turn.now, given=False)
        turn.show(turn.say("privacy.refused", contact=turn.config.privacy.contact))


async def help_(turn: Turn) -> None:
    """What one can do here, by role."""
    me, today = turn.person, turn.today
    lines = [
        turn.say("help.hello", name=me.full_name, agency=turn.config.office.name),
        turn.say("help.employee"),
    ]
    if me.heads(today):
        lines.append(turn.say("help.head"))
    if me.has(Role.SECRETARIAT, today):
        lines.append(turn.say("help.secretariat"))
    if me.has(Role.LEADER, today):
        lines.append(turn.say("help.leader"))
    lines.append(turn.say("help.more"))
    rows = [
        [Button(turn.plain("button.nominate"), str(Call("n", 0, 0, "more")))],
        [
            Button(turn.plain("button.mine"), str(Call("m", 0, 0, "list", "0"))),
            Button(turn.plain("button.my_data"), str(Call("d", 0, 0, "show"))),
        ],
    ]
    turn.show(join_html(lines, "\n\n"), rows)


async def language(turn: Turn) -> None:
    """/ngonngu: the language the bot speaks with this person."""
    rows = [
        [
            Button("Tiếng Việt", str(Call(FLOW, 0, 0, "language", "vi"))),
            Button("English", str(Call(FLOW, 0, 0, "language", "en"))),
        ]
    ]
    turn.show(turn.say("language.ask"), rows)


async def _take_language(turn: Turn, call: Call) -> None:
    chosen = "en" if call.arg == "en" else "vi"
    await people.set_language(turn.session, turn.person.id, chosen)
    turn.me = replace(turn.person, language=chosen)
    turn.texts = turn.house.texts_for(chosen)
    turn.session.after_commit(turn.house.wake)
    turn.show(turn.say("language.set"))


async def contact(turn: Turn) -> None:
    """A contact shared by somebody who is known already."""
    turn.show_body(closing_body(Html(turn.say("come_in.known_already"))))
