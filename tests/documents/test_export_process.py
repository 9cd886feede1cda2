"""What the export tells of the process, row by row against what was done."""

import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.audience import Audience
from bot.domain.events import EventKind, Reply
from bot.domain.exemplars import Choice, Consent, Criterion
from bot.domain.lessons import LessonKind, NewLesson
from bot.domain.paper import Sheet, Subject
from bot.domain.people import Person
from bot.operations import adopt, foster
from bot.operations.answer_consent import answer_consent
from bot.operations.answer_for_unit import answer_nobody
from bot.operations.check_answer import return_answer
from bot.operations.choose_exemplars import choose
from bot.operations.congratulate import congratulate
from bot.operations.lessons import add_lesson
from bot.operations.make_event import Wanted, hold_event, make_event
from bot.operations.merge_nominations import merge
from bot.operations.reply_to_event import reply_to_event
from bot.operations.suggest import answer_suggestion, suggest
from bot.operations.take_down import take_down
from storage import papers, units
from storage.database import Session
from tests.documents.export_office import CONFIG, MONTH, SECRET, Done
from tests.nominating import KEPT
from tests.office import START

SHOWN_AT = datetime(2026, 11, 18, 8)  # noqa: DTZ001 - cells have no zone
WITHHELD = "(không đồng ý công bố)"


@pytest.fixture
def done(database) -> Done:
    """The office before anything is done."""
    return Done(database)


def said(rows: list[dict[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    """Some columns of rows."""
    return [tuple(row[column] for column in columns) for row in rows]


async def test_what_units_answered(done, tmp_path):
    """A choice changed and accepted, one that was returned, nobody with a reason: each is one row."""
    first, second = await done.nominate("lan", "lan2"), await done.nominate("lan", "tuan")
    await done.choose("minh", (first, "Giữ kho lưu trữ gọn gàng, tìm hồ sơ trong năm phút."))
    await done.choose("hoa", (second, "Soạn báo cáo một trang thay cho bảy trang."))

    async def change(session: Session, me: Person) -> None:
        picked = [Choice(first, "Số hóa trọn vẹn kho lưu trữ của phòng.", frozenset(Criterion))]
        await choose(session, me, me.unit_id, MONTH, picked, CONFIG, done.now, version=1)

    async def nobody(session: Session, me: Person) -> None:
        await answer_nobody(session, me, me.unit_id, MONTH, "Tháng này bận hội nghị", CONFIG, done.now)

    async def give_back(session: Session, me: Person) -> None:
        unit = next(one for one in await units.list_units(session) if one.code == "TH")
        await return_answer(session, me, unit.id, MONTH, 1, "Xin ghi rõ thời gian", CONFIG, done.now)

    await done.act("minh", change)
    await done.act("kien", nobody)
    await done.act("hung", give_back)
    (exemplar,) = await done.accept("NC", version=2)
    made = await done.tables(tmp_path)
    columns = ("unit_code", "period", "answer", "reason", "choices", "answered_by", "state", "question")
    assert sorted(said(made["answers"], *columns, "checked_by", "revisions")) == [
        ("NC", "2026-11", "chosen", "", 1, "Phạm Quang Minh", "accepted", "", "Trần Văn Hùng", 1),
        ("PVHCC", "2026-11", "none", "Tháng này bận hội nghị", 0, "Hoàng Trung Kiên", "given", "", None, 0),
        (
            "TH",
            "2026-11",
            "chosen",
            "",
            1,
            "Võ Thị Hoa",
            "returned",
            "Xin ghi rõ thời gian",
            "Trần Văn Hùng",
            0,
        ),
    ]
    assert sorted(said(made["choices"], "unit_code", "nominee", "post", "kind", "reason", "exemplar")) == [
        (
            "NC",
            "Nguyễn Thị Lan",
            "Văn thư",
            "good_way",
            "Số hóa trọn vẹn kho lưu trữ của phòng.",
            exemplar.id,
        ),
        ("TH", "Bùi Anh Tuấn", "Chuyên viên", "good_way", "Soạn báo cáo một trang thay cho bảy trang.", None),
    ]
    assert made["choices"][0]["criteria"] == ["positive", "spreading", "typical"]
    assert made["choices"][0]["at"] == "2026-11-18T08:00:00+07:00"


async def test_an_exemplar_from_consent_to_copy(done, tmp_path):
    """Asked and agreed, honoured in two places, congratulated, fostered, copied with a result, a lesson."""
    exemplar = await done.honoured("lan2", "minh", "NC", "Số hóa trọn vẹn kho lưu trữ của phòng.")

    async def praise(session: Session, me: Person) -> None:
        await congratulate(session, me, exemplar, done.now)

    async def guide(session: Session, me: Person) -> None:
        mentor = await done.person(session, "duc")
        begun = await foster.begin(
            session, me, exemplar, mentor.id, "Hướng dẫn các phòng khác", CONFIG, done.now
        )
        for words, day in (("Soạn tài liệu hướng dẫn", 25), ("Tập huấn cho văn thư các phòng", 30)):
            step = await foster.add_step(session, me, begun.id, words, date(2026, 11, day), CONFIG, done.now)
            if day == 25:
                await foster.finish_step(session, me, step.id, CONFIG, done.now)
                await foster.note_result(session, me, step.id, "Đã có tài liệu mười trang", CONFIG, done.now)

    async def copy(session: Session, me: Person) -> None:
        made = await adopt.pledge(session, me, exemplar, me.unit_id, "Làm thử từ tháng 12", CONFIG, done.now)
        await adopt.give_result(
            session, me, made.id, "Đã số hóa 400 hồ sơ", CONFIG, done.now + timedelta(days=20)
        )

    async def learn(session: Session, me: Person) -> None:
        about = NewLesson(LessonKind.EXEMPLAR, "Làm từng tủ một thì không ai nản lòng.", "2026-Q4")
        await add_lesson(session, me, replace(about, exemplar_id=exemplar.id), CONFIG, done.now)

    for code in ("mai", "duc", "mai"):
        await done.act(code, praise)
    await done.act("minh", guide)
    await done.act("hoa", copy)
    await done.act("minh", learn)
    made = await done.tables(tmp_path, "2026-11")
    columns = ("code", "unit_code", "nominee", "text", "consent", "representative", "state", "places")
    assert said(made["exemplars"], *columns, "congratulations", "adoptions") == [
        (
            *(exemplar.id, "NC", "Nguyễn Thị Lan", "Số hóa trọn vẹn kho lưu trữ của phòng.", "agreed"),
            *("Nguyễn Thị Lan", "honoured", ["everyone", "unit"], 2, 1),
        )
    ]
    assert said(made["consents"], "exemplar", "answer", "person", "way", "note") == [
        (exemplar.id, "asked", "Nguyễn Thị Lan", "chat", ""),
        (exemplar.id, "agreed", "Nguyễn Thị Lan", "chat", SECRET),
    ]
    assert sorted(said(made["honours"], "exemplar", "place", "honoured_by", "at", "removed_at")) == [
        (exemplar.id, place, "Trần Văn Hùng", "2026-11-18T08:00:00+07:00", None)
        for place in ("everyone", "unit")
    ]
    assert said(made["fosterings"], "mentor", "aim", "state", "step", "due_on", "result") == [
        (*("Đỗ Minh Đức", "Hướng dẫn các phòng khác", "open", step), day, result)
        for step, day, result in (
            ("Soạn tài liệu hướng dẫn", "2026-11-25", "Đã có tài liệu mười trang"),
            ("Tập huấn cho văn thư các phòng", "2026-11-30", ""),
        )
    ]
    assert said(made["adoptions"], "unit_code", "plan", "state", "result", "person", "ended_at") == [
        (
            *("TH", "Làm thử từ tháng 12", "done", "Đã số hóa 400 hồ sơ", "Võ Thị Hoa"),
            "2026-12-08T08:00:00+07:00",
        )
    ]
    assert said(made["lessons"], "kind", "period", "text", "unit_code", "exemplar", "person") == [
        (
            *("exemplar", "2026-Q4", "Làm từng tủ một thì không ai nản lòng.", "NC"),
            exemplar.id,
            "Phạm Quang Minh",
        )
    ]


async def test_events_movements_and_suggestions(done, tmp_path):
    """An exchange with its speaker, replies and outcome; the movements; a suggestion with its answer."""
    exemplar = await done.honoured("lan2", "minh", "NC", "Số hóa trọn vẹn kho lưu trữ của phòng.")
    begins = START + timedelta(days=2)

    async def plan(session: Session, me: Person) -> Any:
        wanted = Wanted(
            EventKind.EXCHANGE,
            "Giao lưu về số hóa lưu trữ",
            None,
            Audience(),
            begins,
            "Hội trường tầng 2",
            speakers=(exemplar.id,),
        )
        return (await make_event(session, me, wanted, CONFIG, done.now)).event

    event = await done.act("hung", plan)
    for code, answer in (("mai", Reply.YES), ("hoa", Reply.YES), ("duc", Reply.NO)):

        async def reply(session: Session, me: Person, answer: Reply = answer) -> None:
            await reply_to_event(session, me, event, answer, START.date(), done.now)

        await done.act(code, reply)

    async def hold(session: Session, me: Person) -> None:
        words = "Bốn phòng thống nhất làm theo từ tháng sau."
        await hold_event(session, me, event, 17, words, CONFIG, begins + timedelta(hours=5))

    async def wish(session: Session, me: Person) -> None:
        number = await suggest(session, me, "Nên có bảng tin ở sảnh tầng một", START.date(), done.now)
        clerk = await done.person(session, "hung")
        await answer_suggestion(session, clerk, number, "Sẽ làm trong tháng 12", START.date(), done.now)

    await done.act("hung", hold)
    await done.act("mai", wish)
    made = await done.tables(tmp_path, "2026-Q4")
    columns = ("kind", "title", "unit", "place", "starts_at", "state", "yes_n", "no_n", "attended", "outcome")
    assert said(made["events"], *columns) == [
        (
            *(
                "exchange",
                "Giao lưu về số hóa lưu trữ",
                None,
                "Hội trường tầng 2",
                "2026-11-20T08:00:00+07:00",
            ),
            *("held", 2, 1, 17, "Bốn phòng thống nhất làm theo từ tháng sau."),
        )
    ]
    assert said(made["event_speakers"], "exemplar", "nominee", "answer") == [
        (exemplar.id, "Nguyễn Thị Lan", "asked")
    ]
    assert said(made["suggestions"], "unit_code", "person", "text", "state", "answer", "answered_by") == [
        (
            *("HCTC", "Lê Thị Mai", "Nên có bảng tin ở sảnh tầng một", "answered"),
            *("Sẽ làm trong tháng 12", "Trần Văn Hùng"),
        )
    ]
    assert len({row["name"] for row in made["movements"]}) >= 6
    ended = next(row for row in made["movements"] if row["name"].startswith("Toàn tỉnh"))
    assert (ended["kind"], ended["from_on"], ended["to_on"]) == ("movement", "2021-01-01", "2025-12-31")


async def test_a_consent_on_paper_says_so(done, tmp_path):
    """The day on the sheet and who entered it stand beside the answer."""
    number = await done.nominate("mai", "thao")
    await done.choose("kien", (number, "Ngồi cạnh hướng dẫn đến khi bà con tự làm được."))
    (exemplar,) = await done.accept("PVHCC")

    async def enter(session: Session, me: Person) -> None:
        assert exemplar.representative_id is not None
        sheet, on = Sheet(date(2026, 11, 17)), exemplar.representative_id
        paper = await papers.add_paper(session, Subject.CONSENT, exemplar.id, sheet, on, me.id, done.now)
        agreed = Consent.AGREED
        await answer_consent(session, exemplar, agreed, on, done.now, entered_by=me.id, paper_id=paper)

    await done.act("hung", enter)
    made = await done.tables(tmp_path)
    assert said(made["consents"], "answer", "person", "way", "dated_on", "entered_by") == [
        ("agreed", "Đặng Phương Thảo", "paper", "2026-11-17", "Trần Văn Hùng")
    ]


@pytest.mark.parametrize("removed", [False, True])
async def test_who_declines_is_nowhere(done, tmp_path, removed):
    """Declined, or withdrawn after the honour: name, post, reason, story stand in no form; the rest stays."""
    number = await done.nominate("lan", "tuan", f"{KEPT} {SECRET}")
    twin = await done.nominate("lan", "hoa", f"{KEPT} {SECRET}")

    async def together(session: Session, me: Person) -> None:
        await merge(session, me, twin, number, CONFIG, done.now)

    await done.act("hoa", together)
    await done.choose("hoa", (number, SECRET))
    (exemplar,) = await done.accept("TH")
    if removed:
        exemplar = await done.honour(await done.consent(exemplar, Consent.AGREED))

        async def withdraw(session: Session, me: Person) -> None:
            await answer_consent(session, exemplar, Consent.DECLINED, me.id, done.now, note=SECRET)

        await done.act("tuan", withdraw)
    else:
        await done.consent(exemplar, Consent.DECLINED)
    other = await done.nominate("lan", "lan2")
    for style in ("json", "csv", "xlsx", "zip"):
        path = await done.file(tmp_path, style)
        package = zipfile.ZipFile(path) if style in {"xlsx", "zip"} else None
        texts = (
            [package.read(one).decode() for one in package.namelist()]
            if package
            else [path.read_text("utf-8")]
        )
        told = "\n".join(texts)
        assert SECRET not in told
        assert "Bùi Anh Tuấn" not in told
        assert WITHHELD in told
    made = await done.tables(tmp_path)
    assert said(made["choices"], "unit_code", "nominee", "post", "reason") == [("TH", *[WITHHELD] * 3)]
    assert said(made["exemplars"], "code", "nominee", "text", "representative", "consent") == [
        (exemplar.id, *[WITHHELD] * 3, "declined")
    ]
    told_of = {row["code"]: (row["nominee"], row["story"], row["post"]) for row in made["nominations"]}
    assert [told_of[code] for code in sorted(told_of)] == [
        *[(WITHHELD, WITHHELD, WITHHELD)] * 2,
        ("Nguyễn Thị Lan", KEPT, "Văn thư"),
    ]
    assert {row["nominee"] for row in made["nominees"]} == {WITHHELD, "Nguyễn Thị Lan"}
    assert other


async def test_what_the_office_took_down_itself_is_told(done, tmp_path):
    """A slip of the office is no refusal of the nominee's: the export says when it was taken down."""
    exemplar = await done.honoured("lan2", "minh", "NC", "Số hóa trọn vẹn kho lưu trữ của phòng.")

    async def remove(session: Session, me: Person) -> None:
        await take_down(session, exemplar, me.id, done.now)

    await done.act("hung", remove)
    made = await done.tables(tmp_path)
    assert said(made["exemplars"], "nominee", "state", "consent", "places") == [
        ("Nguyễn Thị Lan", "removed", "agreed", None)
    ]
    assert {row["removed_at"] for row in made["honours"]} == {"2026-11-18T08:00:00+07:00"}
