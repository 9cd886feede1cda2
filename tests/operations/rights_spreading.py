"""What may be tried after that: fostering, copying, learning, events, movements, wishes, office lists."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.errors import Refused
from bot.domain.events import Event, Reply
from bot.domain.fostering import Fostering
from bot.domain.lessons import LessonKind, NewLesson
from bot.domain.nominations import Movement
from bot.domain.people import Person
from bot.operations import adopt, foster, keep_movements, office_list
from bot.operations.lessons import add_lesson, withdraw_lesson
from bot.operations.link_chat import leave_unused, link_chat
from bot.operations.make_event import cancel_event, change_event, hold_event, make_event
from bot.operations.reply_to_event import answer_to_speak, reply_to_event
from bot.operations.suggest import answer_suggestion, file_suggestion, suggest
from storage import chats, events, fosterings, movements
from storage.database import Session
from tests.operations.rights_choosing import ACTS, act
from tests.operations.rights_office import CONFIG, QUARTER, Case, wanted_event

__all__ = ["ACTS"]


# --- fostering, copying, learning ---


async def _fostering(session: Session, case: Case) -> Fostering:
    found = await fosterings.find_fostering(session, case.ids.get("fostering", 0))
    if found is None:
        raise Refused("nothing there")
    return found


@act
async def foster_(session: Session, me: Person, case: Case) -> None:
    """A mentor is named for the group."""
    group, mentor = await case.exemplar(session, "group"), case.people["employee"]
    await foster.begin(session, me, group, mentor.id, "Giúp đỡ trong ba tháng", CONFIG, case.now)


@act
async def change_the_mentor(session: Session, me: Person, case: Case) -> None:
    """Another mentor."""
    mentor = case.people["deputy"].id
    await foster.change_mentor(session, me, await _fostering(session, case), mentor, CONFIG, case.now)


@act
async def add_a_step(session: Session, me: Person, case: Case) -> None:
    """One more step."""
    day = case.today + timedelta(days=12)
    await foster.add_step(
        session, me, case.ids.get("fostering", 0), "Tập huấn cả phòng", day, CONFIG, case.now
    )


@act
async def finish_a_step(session: Session, me: Person, case: Case) -> None:
    """A step is done."""
    await foster.finish_step(session, me, case.ids.get("step", 0), CONFIG, case.now)


@act
async def note_a_result(session: Session, me: Person, case: Case) -> None:
    """What a step has brought."""
    await foster.note_result(session, me, case.ids.get("done_step", 0), "Có tài liệu rồi", CONFIG, case.now)


@act
async def end_fostering(session: Session, me: Person, case: Case) -> None:
    """It ends."""
    await foster.end(session, me, await _fostering(session, case), "Đã tự làm được", CONFIG, case.now)


@act
async def copy(session: Session, me: Person, case: Case) -> None:
    """The unit NC copies the group's way."""
    group = await case.exemplar(session, "group")
    await adopt.pledge(session, me, group, case.units["NC"], "Làm thử một tháng", CONFIG, case.now)


@act
async def copy_ones_own(session: Session, me: Person, case: Case) -> None:
    """The unit TH copies its own exemplar."""
    group = await case.exemplar(session, "group")
    await adopt.pledge(session, me, group, case.units["TH"], "", CONFIG, case.now)


@act
async def enter_a_body(session: Session, me: Person, case: Case) -> None:
    """A body outside copies."""
    group = await case.exemplar(session, "group")
    await adopt.enter_body(session, me, group, "Sở Nội vụ", CONFIG, case.now)


@act
async def give_the_result(session: Session, me: Person, case: Case) -> None:
    """What copying has brought."""
    await adopt.give_result(session, me, case.ids.get("adoption", 0), "Giảm nửa thời gian", CONFIG, case.now)


@act
async def give_copying_up(session: Session, me: Person, case: Case) -> None:
    """It is copied no more."""
    await adopt.give_up(session, me, case.ids.get("adoption", 0), CONFIG, case.now)


@act
async def write_a_lesson(session: Session, me: Person, case: Case) -> None:
    """What was learnt."""
    lesson = NewLesson(LessonKind.MOVEMENT, "Làm từng tủ một thì không ai nản lòng.", str(QUARTER))
    await add_lesson(session, me, lesson, CONFIG, case.now)


@act
async def take_a_lesson_back(session: Session, me: Person, case: Case) -> None:
    """A lesson is withdrawn."""
    await withdraw_lesson(session, me, case.ids.get("lesson", 0), case.now)


# --- events, movements, suggestions, chats ---


async def _event(session: Session, case: Case) -> Event:
    found = await events.find_event(session, case.ids.get("event", 0))
    if found is None:
        raise Refused("nothing there")
    return found


@act
async def make_an_event(session: Session, me: Person, case: Case) -> None:
    """An event is planned."""
    wanted = replace(wanted_event(), starts_at=case.now + timedelta(days=5))
    await make_event(session, me, wanted, CONFIG, case.now)


@act
async def change_an_event(session: Session, me: Person, case: Case) -> None:
    """It gets another place."""
    wanted = replace(wanted_event(), place="Phòng họp A", starts_at=case.now + timedelta(days=5))
    await change_event(session, me, await _event(session, case), wanted, CONFIG, case.now)


@act
async def call_it_off(session: Session, me: Person, case: Case) -> None:
    """It is called off."""
    await cancel_event(session, me, await _event(session, case), "Trùng lịch họp", CONFIG, case.now)


@act
async def come(session: Session, me: Person, case: Case) -> None:
    """Somebody will come."""
    await reply_to_event(session, me, await _event(session, case), Reply.YES, case.today, case.now)


@act
async def speak(session: Session, me: Person, case: Case) -> None:
    """Whoever tries will speak for the person."""
    exemplar, event = await case.exemplar(session, "person"), await _event(session, case)
    await answer_to_speak(session, me, event, exemplar.id, Reply.YES, case.now)


@act
async def say_what_came_of_it(session: Session, me: Person, case: Case) -> None:
    """Its outcome."""
    event = await _event(session, case)
    await hold_event(session, me, event, 20, "Ba phòng xin làm theo.", CONFIG, case.now)


@act
async def add_a_movement(session: Session, me: Person, case: Case) -> None:
    """A movement is put on the list."""
    new = Movement(id=0, name="Phong trào làm sạch kho lưu trữ", level="cơ quan")  # type: ignore[arg-type]
    await keep_movements.add_movement(session, me, new, [date(2027, 6, 1)], CONFIG, case.now)


@act
async def end_a_movement(session: Session, me: Person, case: Case) -> None:
    """A movement ends."""
    known = await movements.list_movements(session)
    running = next(one for one in known if not one.is_over(case.today))
    await keep_movements.end_movement(session, me, running, "Đạt mục tiêu", CONFIG, case.now)


@act
async def suggest_(session: Session, me: Person, case: Case) -> None:
    """Somebody suggests something."""
    await suggest(session, me, "Nên có bảng tin ở sảnh", case.today, case.now)


@act
async def answer_a_suggestion(session: Session, me: Person, case: Case) -> None:
    """A suggestion is answered."""
    await answer_suggestion(session, me, case.ids.get("suggestion", 0), "Sẽ làm", case.today, case.now)


@act
async def file_a_suggestion(session: Session, me: Person, case: Case) -> None:
    """A suggestion is filed."""
    await file_suggestion(session, me, case.ids.get("suggestion", 0), case.today, case.now)


@act
async def link(session: Session, me: Person, case: Case) -> None:
    """A group becomes the unit's."""
    chat = await chats.find(session, -100)
    if chat is None:
        raise Refused("nothing there")
    await link_chat(session, me, chat, case.units["TH"], CONFIG, case.now)


@act
async def unlink(session: Session, me: Person, case: Case) -> None:
    """A group is used no more."""
    chat = await chats.find(session, -100)
    if chat is None:
        raise Refused("nothing there")
    await leave_unused(session, me, chat, CONFIG, case.now)


# --- the office's list ---


@act
async def put_on_the_list(session: Session, me: Person, case: Case) -> None:
    """Somebody is put on the quarter's list."""
    exemplar = await case.exemplar(session, "person")
    await office_list.put_on(session, me, QUARTER, exemplar.id, CONFIG, case.now)


@act
async def propose(session: Session, me: Person, case: Case) -> None:
    """A form of commendation is proposed."""
    exemplar = await case.exemplar(session, "person")
    await office_list.set_form(session, me, QUARTER, exemplar.id, "Đề nghị tặng Giấy khen", CONFIG, case.now)


@act
async def close_the_list(session: Session, me: Person, case: Case) -> None:
    """The list is closed."""
    await office_list.close_list(session, me, QUARTER, CONFIG, case.now)
