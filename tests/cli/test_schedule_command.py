"""`guongsang schedule`: what will happen, when, to whom and why on that day, in three forms."""

import asyncio
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from bot.__main__ import main
from bot.cli.schedule import read_day
from bot.config import Config
from bot.domain.audience import Audience
from bot.domain.errors import Refused
from bot.domain.roles import Role
from bot.domain.timetable import Occasion, OccasionKind
from bot.operations.plan_posts import plan_post
from storage import posts
from storage.database import Session
from storage.migrating import open_migrated
from storage.posts import NewPost, PostKind, PostState

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
Entries = list[dict[str, Any]]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def listed(folder, capsys) -> Callable[..., Entries]:
    """The entries of a range of days, as JSON has them."""

    def ask(first: str, last: str, *more: str) -> Entries:
        place = more or ("--data", str(folder))
        assert main(["schedule", "--from", first, "--to", last, "--format", "json", *place]) == 0
        found: Entries = json.loads(capsys.readouterr().out)
        return found

    return ask


def of(entries: Entries, kind: str, word: str = "") -> Entries:
    return [entry for entry in entries if entry["kind"] == kind and word in entry["title"]]


def day_of(entry: dict[str, Any]) -> date:
    return datetime.fromisoformat(entry["at"]).astimezone(VIETNAM).date()


# --- what happens, and why ---


def test_2024_holds_the_days_of_the_plan(listed):
    """11 June is 76 years since the appeal, and goes on the day itself, a Tuesday."""
    (appeal,) = of(listed("2024-01-01", "2024-12-31"), "greeting", "thi đua")
    assert appeal["at"].startswith("2024-06-11T07:30:00+07:00")
    assert "76 năm, năm khác" in appeal["why"]
    assert appeal["to"] == "toàn cơ quan"
    assert "chỉ gửi khi được duyệt" in appeal["why"]


@pytest.mark.parametrize(("year", "on"), [(2031, "2031-04-01"), (2026, "2026-04-26"), (2024, "2024-04-18")])
def test_the_ancestors_day_is_right(listed, year, on):
    """10/3 of the lunar year, where programs that know no leap month err."""
    (found,) = of(listed(f"{year}-01-01", f"{year}-12-31"), "greeting", "Giỗ Tổ")
    assert day_of(found).isoformat() == on
    assert "10/3 âm lịch" in found["why"]


def test_nothing_asks_anybody_on_a_day_off_for_twelve_years(listed):
    """From 2024 to 2035 only greetings and closes fall on any day, whatever the law moves."""
    calendar = Config().timetable.calendar
    entries = listed("2024-01-01", "2035-12-31")
    asked = [entry for entry in entries if entry["kind"] not in {"greeting", "close"}]
    assert len(asked) > 12 * 60
    assert [entry for entry in asked if not calendar.is_working_day(day_of(entry))] == []
    years = {day_of(entry).year for entry in of(asked, "reminder")}
    assert years == set(range(2024, 2036))


def test_a_reminder_on_a_sunday_says_why_it_comes_on_friday(listed):
    """20 December 2026."""
    (reminder,) = of(listed("18/12/2026", "18/12/2026"), "reminder")
    assert "ngày 20/12 là chủ nhật nên chuyển về thứ Sáu 18/12" in reminder["why"]
    assert reminder["moved_from"] == "2026-12-20"
    assert reminder["to"] == "trưởng đơn vị, cấp phó phụ trách của các đơn vị chưa trả lời"


def test_a_reminder_keeps_its_distance_and_says_so(listed):
    """January 2031: the 20th and the 25th would both be a working day or less apart, before Tết."""
    found = of(listed("2031-01-01", "2031-01-31"), "reminder", "tháng 1/2031")
    (reminder,) = found
    assert "trước hạn ít nhất 2 ngày làm việc nên chuyển từ ngày 20/01" in reminder["why"]


def test_a_day_off_by_law_is_named(listed):
    """2 September, and a day of the office's own."""
    Path("config.toml").write_text(
        "[invitations]\nday = 2\n[content]\ndays = [10]\n[calendar]\ndays_off = [2026-11-10]\n"
    )
    entries = listed("2026-09-01", "2026-11-30", "--config", "config.toml")
    (invited,) = (entry for entry in of(entries, "invitation") if entry["key"] == "2026-09")
    assert re.search(r"ngày 02/09 là ngày nghỉ \(.*Quốc khánh.*\) nên chuyển sang", invited["why"])
    (content,) = (entry for entry in of(entries, "content") if "2026-11" in entry["key"])
    assert "ngày 10/11 là ngày nghỉ của cơ quan nên chuyển về thứ Hai 09/11" in content["why"]


def test_the_secretariat_sees_three_working_days_ahead(listed):
    """A message is shown and warned about, and only these go to the secretariat alone."""
    entries = listed("2026-11-01", "2026-11-30")
    reviews = of(entries, "review", "Nhà giáo")
    assert all(entry["to"] == "bộ phận thư ký" for entry in reviews)
    assert all("3 ngày làm việc trước ngày gửi" in entry["why"] for entry in reviews)
    assert [entry["to"] for entry in of(entries, "silent")] == ["bộ phận thư ký"]
    Path("config.toml").write_text("[month]\ntell_leader = true\n[big_days]\nunanswered = 'send'\n")
    entries = listed("2026-11-01", "2026-11-30", "--config", "config.toml")
    assert [entry["to"] for entry in of(entries, "silent")] == ["bộ phận thư ký và lãnh đạo"]
    assert all("gửi cả khi chưa ai quyết định" in entry["why"] for entry in of(entries, "greeting"))


def test_both_ends_belong_to_it(listed):
    """The first day from its first instant, the last to its end; days side by side repeat nothing."""
    whole = listed("2026-01-01", "2026-12-31")
    halves = [*listed("2026-01-01", "2026-06-30"), *listed("2026-07-01", "2026-12-31")]
    assert halves == whole
    assert whole == sorted(whole, key=lambda entry: entry["at"])
    assert len({(entry["kind"], entry["key"]) for entry in whole}) == len(whole)


# --- out of the data ---


def lived_in(folder: Path, template: Path, live: Callable[[Session, Config], Any]) -> None:
    (folder / "guongsang.db").write_bytes(template.read_bytes())

    async def put() -> None:
        database = await open_migrated(f"sqlite:///{folder}/guongsang.db", synchronous="OFF")
        async with database.transaction() as session:
            await live(session, Config())
        await database.close()

    asyncio.run(put())


def test_what_the_secretariat_has_written_is_in_it(folder, listed, sqlite_template):
    """An announcement that waits for its hour, to its audience in words; one that was cancelled is not."""
    send_at = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)
    audience = Audience(("NC",), (Role.UNIT_HEAD,))

    async def write(session: Session, _config: Config) -> None:
        for key, state in (("a", PostState.APPROVED), ("b", PostState.CANCELLED)):
            post = NewPost(
                PostKind.ANNOUNCEMENT, key, send_at, None, text="Họp giao ban", audience=audience, state=state
            )
            await posts.add(session, post, send_at)

    lived_in(folder, sqlite_template, write)
    (found,) = of(listed("2026-11-20", "2026-11-20"), "post")
    assert found["at"] == "2026-11-20T09:15:00+07:00"
    assert "Họp giao ban" in found["title"]
    assert found["to"].startswith("trưởng đơn vị của")
    assert "Nội chính" in found["to"] or "NC" in found["to"]
    assert of(listed("2026-11-21", "2026-12-31"), "post") == []


def test_who_is_honoured_is_not_named_in_it(folder, listed, sqlite_template):
    """A post that waits for the morning stands there by the exemplar's number: a calendar is passed on."""
    send_at = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)

    async def write(session: Session, _config: Config) -> None:
        words = {"id": "honour.post", "values": {"number": 9}}
        title, state = "Bùi Anh Tuấn", PostState.APPROVED
        await posts.add(
            session,
            NewPost(PostKind.HONOUR, "honour:9", send_at, None, title=title, words=words, state=state),
            send_at,
        )

    lived_in(folder, sqlite_template, write)
    (found,) = of(listed("2026-11-20", "2026-11-20"), "post")
    assert found["title"] == "Biểu dương: gương số 9"
    assert "Tuấn" not in str(found)


def test_what_was_decided_about_a_big_day_stands_with_it(folder, listed, sqlite_template):
    """A day that was passed over is there once, and says that it was."""
    at = datetime(2026, 6, 8, 1, tzinfo=UTC)

    async def decide(session: Session, config: Config) -> None:
        until = at + timedelta(days=4)
        occasion: Occasion = next(
            one for one in config.timetable.between(at, until) if one.kind is OccasionKind.GREETING
        )
        post = await plan_post(session, occasion, at, config)
        assert post
        await session.execute(f"update posts set state = 'skipped' where id = {post.id}")  # noqa: S608

    lived_in(folder, sqlite_template, decide)
    (found,) = of(listed("2026-06-11", "2026-06-11"), "greeting")
    assert found["why"].endswith("năm khác; không gửi")


# --- three forms ---


def test_three_forms_say_the_same(folder, capsys):
    """As many entries in each; the calendar parses, and means the same instants, people and reasons."""
    days = ["--from", "2026-01-01", "--to", "2026-12-31", "--data", str(folder)]
    said = {}
    for style in ("text", "json", "ics"):
        assert main(["schedule", *days, "--format", style]) == 0
        said[style] = capsys.readouterr().out
    entries: Entries = json.loads(said["json"])
    events = Calendar.from_ical(said["ics"]).walk("VEVENT")
    lines = re.findall(r"(?m)^  \d\d:\d\d  (.+)$", said["text"])
    assert len(entries) == len(events) == len(lines) > 100
    assert f"Tất cả {len(entries)} mục." in said["text"]
    assert lines == [entry["title"] for entry in entries]
    for entry, event in zip(entries, events, strict=True):
        assert event.decoded("dtstart") == datetime.fromisoformat(entry["at"])
        assert event.decoded("dtstart").tzinfo is not None
        assert str(event["summary"]) == entry["title"]
        assert str(event["description"]) == f"Gửi: {entry['to']}\nVì: {entry['why']}"
    uids = [str(event["uid"]) for event in events]
    assert len(set(uids)) == len(uids)
    assert "\r\n" in said["ics"]
    assert max(len(line.encode()) for line in said["ics"].split("\r\n")) <= 75


def test_a_calendar_brings_the_one_before_up_to_date(folder, capsys):
    """The same event has the same name in another run and another range."""

    def uids(first: str, last: str) -> set[str]:
        main(["schedule", "--from", first, "--to", last, "--format", "ics", "--data", str(folder)])
        return {str(event["uid"]) for event in Calendar.from_ical(capsys.readouterr().out).walk("VEVENT")}

    assert uids("2026-06-01", "2026-06-30") < uids("2026-01-01", "2026-12-31")


@pytest.mark.parametrize("style", ["text", "json", "ics"])
def test_it_is_written_to_a_file(folder, capsys, style):
    """The same words as on the screen, and where they are."""
    days = ["--from", "2026-06-01", "--to", "2026-06-30", "--data", str(folder), "--format", style]
    main(["schedule", *days])
    printed = capsys.readouterr().out
    assert main(["schedule", *days, "--output", "s.out"]) == 0
    assert "s.out" in capsys.readouterr().out
    written = (folder / "s.out").read_bytes().decode()
    without_stamp = [re.sub(r"DTSTAMP:\w+", "", text) for text in (written, printed)]
    assert without_stamp[0] == without_stamp[1]


def test_in_english_it_is_english(folder, capsys):
    """An office that speaks English reads no Vietnamese but names."""
    Path("config.toml").write_text('[office]\nlocale = "en"\n')
    days = ["--from", "2026-12-18", "--to", "2026-12-18"]
    assert main(["schedule", *days, "--config", "config.toml"]) == 0
    said = capsys.readouterr().out
    assert "20/12 is Sunday, so it moves back to Friday 18/12" in said
    assert "1 entry in all." in said
    assert "Friday 18/12/2026" in said


# --- what cannot be ---


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("31/01/2026", date(2026, 1, 31)),
        ("1/2/2026", date(2026, 2, 1)),
        (" 2026-2-1 ", date(2026, 2, 1)),
        ("29/02/2028", date(2028, 2, 29)),
    ],
)
def test_days_are_read_in_two_ways(typed, day):
    """As computers write them, and as people here do: the day first."""
    assert read_day(typed) == day


@pytest.mark.parametrize(
    "typed", ["", "hôm nay", "2026-02-30", "31/11/2026", "2026/01/31", "1-2-2026", "9999-12-31", "0001-01-01"]
)
def test_what_is_no_day_is_said(folder, capsys, typed):
    """What was typed, how a day is written, and which years are known."""
    assert main(["schedule", "--from", typed, "--to", "2026-12-31", "--data", str(folder)]) == 1
    said = capsys.readouterr().err
    assert f"“{typed}” không phải là một ngày" in said
    assert "31/01/2027" in said
    with pytest.raises(Refused):
        read_day(typed)


def test_days_the_wrong_way_round_are_said(folder, capsys):
    """Both are named; one day alone is a range."""
    place = ["--data", str(folder)]
    assert main(["schedule", "--from", "2026-12-31", "--to", "2026-01-01", *place]) == 1
    assert "Ngày bắt đầu 31/12/2026 ở sau ngày kết thúc 01/01/2026" in capsys.readouterr().err
    assert main(["schedule", "--from", "2026-12-31", "--to", "2026-12-31", *place]) == 0


def test_without_a_configuration_it_is_the_usual_year(folder, capsys):
    """Whoever only looks needs no data and no file."""
    assert main(["schedule", "--from", "2031-04-01", "--to", "2031-04-01"]) == 0
    assert "Giỗ Tổ Hùng Vương" in capsys.readouterr().out
    assert list(folder.iterdir()) == []
