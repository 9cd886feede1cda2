"""What the pack of a meeting looks ahead to: the days of the next two weeks, and what has to be decided."""

from datetime import date, datetime, timedelta

from bot.config import Config
from bot.domain.cycles import periods_reminded_in
from bot.domain.documents import figure, name_period
from bot.domain.events import EventState
from bot.domain.writing import abridge
from bot.operations.desk import count_lists, pledged_until
from bot.operations.event_words import KINDS
from bot.texts import Texts
from storage import desk, events, movements
from storage.database import Session

AHEAD = timedelta(days=14)
_TITLE_MAX = 90
Row = dict[str, str]


async def list_ahead(session: Session, since: date, config: Config, texts: Texts) -> list[Row]:
    """What falls on the days from `since` on, two weeks of them, in order."""
    until = since + AHEAD
    found = [
        *await _events(session, since, until, config, texts),
        *_deadlines(since, until, config),
        *_big_days(since, until, config),
        *await _reviews(session, since, until),
    ]
    found.sort(key=lambda one: one[0])
    return [{"day": texts.weekday(on), "what": what} for on, what in found]


async def list_to_decide(session: Session, config: Config, now: datetime) -> list[str]:
    """What waits for the office, as things are now; what is most urgent first."""
    today = config.office.day_of(now)
    counts = await desk.count_waiting(session, now, today, pledged_until(config, now))
    lists = await count_lists(session, config, today)
    said = [
        (counts.to_take_off, "bài viết phải gỡ khỏi Cổng Thông tin điện tử"),
        (counts.given, "câu trả lời của đơn vị chờ Văn phòng xem xét, tiếp nhận"),
        *(
            (n, f"gương do đơn vị chọn, chờ Văn phòng lập danh sách {name_period(period)}")
            for period, n in lists.items()
        ),
        (counts.ready, "gương đã đồng ý công bố, chờ biểu dương"),
        (counts.unasked + counts.change, "gương chờ hoàn thiện nội dung, xin ý kiến công bố"),
        (counts.approved, "bài viết đã duyệt, chờ đăng Cổng Thông tin điện tử"),
        (counts.reviews, "phong trào, cuộc vận động đến hạn sơ kết, tổng kết"),
        (counts.posts, "tin nhắn chung chờ duyệt"),
        (counts.adoptions, "nơi làm theo gương chưa báo kết quả"),
        (counts.suggestions, "góp ý chờ trả lời"),
    ]
    return [f"{figure(n)} {what}" for n, what in said if n]


async def _events(
    session: Session, since: date, until: date, config: Config, texts: Texts
) -> list[tuple[date, str]]:
    found = []
    for one in await events.list_events(session):
        at = one.starts_at.astimezone(config.office.timezone)
        if since <= at.date() < until and one.state is not EventState.CANCELLED:
            title = abridge(one.title, _TITLE_MAX)
            place = abridge(one.place, _TITLE_MAX // 2)
            what = f"{at:%H} giờ {at:%M}, {texts.plain(KINDS[one.kind]).lower()} “{title}”, {place}"
            found.append((at.date(), what))
    return found


def _deadlines(since: date, until: date, config: Config) -> list[tuple[date, str]]:
    """Until when units answer, and when no more answers are taken."""
    timetable, found = config.timetable, []
    for kind, rules in timetable.cycles.items():
        near = {one for year in {since.year, until.year} for one in periods_reminded_in(year, kind)}
        for period in near if rules.on else ():
            cycle = timetable.cycle(period)
            name = name_period(period)
            found += [
                (cycle.due.on, f"Hạn các đơn vị trả lời kết quả lựa chọn {name}"),
                (cycle.close.on, f"Ngày cuối nhận trả lời {name}"),
            ]
    return [(on, what) for on, what in found if since <= on < until]


def _big_days(since: date, until: date, config: Config) -> list[tuple[date, str]]:
    found = []
    for day in config.timetable.big_days:
        for year in {since.year, until.year, since.year - 1}:
            on = day.on_in(year) if day.send else None
            if on is not None and since <= on < until:
                found.append((on, day.name))
    return found


async def _reviews(session: Session, since: date, until: date) -> list[tuple[date, str]]:
    known = {one.id: one.name for one in await movements.list_movements(session)}
    return [
        (one.review_on, f"Sơ kết, tổng kết “{abridge(known[one.movement_id], _TITLE_MAX)}”")
        for one in await movements.list_reviews(session)
        if since <= one.review_on < until and one.done_at is None
    ]
