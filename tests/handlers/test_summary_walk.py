"""Every button of the summary is pressed, by everybody who gets it; nobody reads what is not theirs."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.domain.nominations import Kind
from bot.operations.erase_person import erase_person
from bot.operations.summary_words import LONGEST
from bot.texts import Html, visible_length
from storage import conversations, people, units
from tests.answering import answered, nominated
from tests.exemplars import agreed, honoured, taken_over
from tests.office import Office
from tests.phones import PICTURE, Phone
from tests.posting import everybody

FIRST = "/tonghop"
OWN = "s:"


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts are drawn as one grey point: what they show is read where it is kept."""
    monkeypatch.setattr("bot.sending.draw_chart_apart", lambda _chart: PICTURE)


@dataclass
class Walked:
    """What somebody has read: by button, caption and chart; and the buttons that lead out."""

    screens: dict[str, str] = field(default_factory=dict)
    charts: dict[str, dict[str, Any]] = field(default_factory=dict)
    ways_out: set[str] = field(default_factory=set)

    @property
    def everything(self) -> str:
        """All words of all screens and charts."""
        return "\n".join([*self.screens.values(), *map(str, self.charts.values())])


async def walk(office: Office, phone: Phone) -> Walked:
    """Press every button there is to be found from /tonghop on, each once, the nearest first."""
    walked, waiting = Walked(), deque([FIRST])
    await phone.send(FIRST)
    at, seen = phone.last.message_id, {FIRST}
    while waiting:
        pressed = waiting.popleft()
        if pressed != FIRST:
            await phone.tap_data(pressed)
            assert phone.answered
            assert not phone.toast, (pressed, phone.toast)
        last = phone.last
        assert last.message_id == at, f"{pressed} does not change the picture in place"
        assert last.raw["photo"], pressed
        assert "trục trặc" not in last.text, pressed
        assert 0 < visible_length(Html(last.html)) <= LONGEST, (pressed, last.text)
        walked.screens[pressed] = str(last)
        walked.charts |= await _chart(office, phone, pressed)
        for data in _buttons(last.raw):
            assert len(data.encode()) <= 64, data
            if not data.startswith(OWN):
                walked.ways_out.add(data)
            elif data not in seen:
                seen.add(data)
                waiting.append(data)
    for data in sorted(walked.ways_out):
        await phone.tap_data(data)
        assert not phone.toast, (data, phone.toast)
        assert "trục trặc" not in phone.last.text, data
    return walked


def _buttons(raw: Mapping[str, Any]) -> Iterator[str]:
    for row in raw["buttons"]:
        for button in row:
            assert button["data"], button
            yield button["data"]


async def _chart(office: Office, phone: Phone, pressed: str) -> dict[str, dict[str, Any]]:
    async with office.database.reading() as session:
        screen = await conversations.find_screen(session, phone.user_id)
    assert screen is not None
    return {pressed: screen.body["chart"]} if "chart" in screen.body else {}


async def a_busy_office(office: Office) -> None:
    """Somebody at every point of a life: nominated, chosen, agreed, public, declined, taken down, erased."""
    await nominated(office, "duc", by=("lan", "mai"))
    await nominated(office, "tuan", by=("thao",), period="2026-10", kind=Kind.GOOD_WAY)
    await nominated(office, "tuan", by=("thao",), name="Tổ Một cửa", kind=Kind.NEW_MODEL)
    await honoured(office, "lan2", movement_id=1)
    await agreed(office, "kien", nominator="lan", period="2026-10")
    declined = await taken_over(office, "thao", nominator="kien")
    down = await honoured(office, "mai", nominator="lan", period="2026-10")
    await taken_over(office, "lan", nominator="mai", period="2026-10")
    async with office.database.transaction() as session:
        await session.execute(f"update exemplars set consent = 'declined' where id = {declined.id}")  # noqa: S608
        await session.execute(f"update exemplars set state = 'removed' where id = {down.id}")  # noqa: S608
        lan = await people.find_by_code(session, "lan")
        assert lan is not None
        await erase_person(session, lan, office.clock().date(), office.clock())
    await answered(office, "hoa")
    everybody(office)
    await office.settle()  # the secretariat is told of the erasure


async def test_a_leader_presses_every_button(office: Office):
    """All figures; names of those chosen alone, neither of who declined nor of who was only nominated."""
    await a_busy_office(office)
    read = await walk(office, office.phone("chanh"))
    assert len(read.screens) > 100
    assert "Hoàng Trung Kiên" in read.everything
    assert "Lê Thị Mai" in read.everything
    for name in ("Đỗ Minh Đức", "Bùi Anh Tuấn", "Tổ Một cửa", "Đặng Phương Thảo"):
        assert name not in read.everything, name
    assert "(không đồng ý công bố)" in read.everything
    assert "(đã xóa theo yêu cầu)" in read.everything
    _check_charts(read)


async def test_the_secretariat_presses_every_button(office: Office):
    """Every nominee by name; the erased are nobody."""
    await a_busy_office(office)
    read = await walk(office, office.phone("hung"))
    for name in ("Đỗ Minh Đức", "Bùi Anh Tuấn", "Tổ Một cửa", "Đặng Phương Thảo"):
        assert name in read.everything, name
    assert any(data.startswith("e:") for data in read.ways_out)
    _check_charts(read)


async def test_a_head_presses_every_button(office: Office):
    """One's own nominees by name, and nothing of any other unit."""
    await a_busy_office(office)
    read = await walk(office, office.phone("minh"))
    assert "Đỗ Minh Đức" in read.everything
    others = ("Tuấn", "Thảo", "Kiên", "Mai", "Một cửa", "Tổng hợp", "Trung tâm", "Hành chính")
    for word in others:
        assert word not in read.everything.replace("Phạm Quang Minh", ""), word
    assert not any(data.startswith("e:") for data in read.ways_out)
    _check_charts(read)


async def test_an_employee_presses_every_button(office: Office):
    """What is public, by name and in numbers, and not a figure more."""
    await a_busy_office(office)
    tuan = office.phone("tuan")
    read = await walk(office, tuan)
    assert "Nguyễn Thị Lan, Văn thư" in read.everything
    for name in ("Đức", "Thảo", "Kiên", "Lê Thị Mai", "Một cửa", "không đồng ý", "đã xóa"):
        assert name not in read.everything, name
    for pressed, chart in read.charts.items():
        assert sum(n for _, n in chart["trend"]) <= 1, pressed
        assert sum(n for _, n in chart["units"]) <= 1, pressed
        assert "được chọn" not in str(chart), pressed


async def test_what_leaders_press_is_nothing_for_others(office: Office):
    """A leader's buttons of a month, a year and a unit show an employee and a head only what is theirs."""
    await a_busy_office(office)
    every = (await walk(office, office.phone("chanh"))).screens
    pressed = [data for data in every if data.endswith(("2026-11", "2026")) or ".2" in data]
    tuan, minh = office.phone("tuan"), office.phone("minh")
    for phone in (tuan, minh):
        await phone.send(FIRST)
    for data in pressed:
        await tuan.tap_data(data)
        for word in ("Đức", "Thảo", "Kiên", "Lê Thị Mai", "BÁO CÁO NHANH", "chưa báo cáo"):
            assert word not in tuan.screen, data
        await minh.tap_data(data)
        for word in ("Thảo", "Kiên", "Mai", "Tổng hợp", "Trung tâm", "không đồng ý"):
            assert word not in minh.screen.replace("Phạm Quang Minh", ""), data


async def test_a_head_of_nothing_and_a_leader_of_an_empty_office_press_every_button(office: Office):
    """Nobody nominated, nobody chosen: every screen says so in words."""
    read = await walk(office, office.phone("chanh"))
    assert "chưa có đề cử nào để chia theo loại" in read.everything
    assert "chưa có gương nào được chọn" in read.everything
    assert "Nobody" not in read.everything


async def test_in_english_every_button_speaks_english(office: Office):
    """Not a word of Vietnamese but names."""
    await a_busy_office(office)
    chanh = office.phone("chanh")
    await chanh.send("/language")
    await chanh.tap("English")
    read = await walk(office, chanh)
    for word in ("đề cử", "gương", "kỳ", "Kỳ", "đồng chí", "báo cáo", "Quay lại", "{", "summary."):
        assert word not in "\n".join(read.screens.values()), word


async def test_sixty_units_with_people_in_them_are_walked_through(office: Office):
    """Lists on pages, each within a caption; the first page of everything is pressed through."""
    async with office.database.transaction() as session:
        for n in range(1, 61):
            values: dict[str, object] = {
                "code": f"U{n}",
                "name": f"Trung tâm Phát triển và Chuyển giao công nghệ số {n} trực thuộc tỉnh Đồng Nai",
                "short_names": units.write_short_names([]),
                "parent_id": None,
                "from_on": None,
                "to_on": None,
            }
            await units.add_unit(session, values)
    for n in range(9):
        await nominated(office, "duc", name=f"Tổ cải cách thủ tục và chuyển đổi số một cửa liên thông {n}")
    chanh = office.phone("chanh")
    await chanh.send(FIRST)
    for start in ("units", "answers"):
        await chanh.tap_data(f"s:0:0:{start}:2026-11")
        told = [chanh.last.text]
        while "Xem thêm ›" in chanh.last.labels:
            await chanh.tap("Xem thêm ›")
            told.append(chanh.last.text)
            assert visible_length(Html(chanh.last.html)) <= LONGEST
        assert len(told) > 5
        for n in range(1, 61):
            assert f"công nghệ số {n}" in "\n".join(told)
    minh = office.phone("minh")
    read = await walk(office, minh)
    assert "9. Tổ cải cách" in read.everything


def _check_charts(read: Walked) -> None:
    """A chart's last period is what its parts come to, but for movements; it names nobody."""
    for pressed, chart in read.charts.items():
        total = chart["trend"][-1][1]
        if ":movements:" not in pressed:
            assert sum(n for _, n in chart["units"]) == total, pressed
        for name in ("Nguyễn", "Hoàng", "Kiên", "Đức", "Tuấn"):
            assert name not in str(chart), pressed
