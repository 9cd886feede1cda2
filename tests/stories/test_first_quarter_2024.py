"""The plan's first quarter of 2024, played by everybody month by month, and what the export holds of it."""

from typing import Any

import pytest

from bot.config import Config
from tests.office import Office
from tests.posting import said
from tests.stories import first_quarter as told

WITHHELD = "(không đồng ý công bố)"
HCTC, NC, TH, PVHCC = "HCTC", "NC", "TH", "PVHCC"
TUAN, LAN2, TEAM, MODEL = "Bùi Anh Tuấn", WITHHELD, "tập thể Tổ tiếp dân", "Một cửa 15 phút"
HUNG, MINH, HOA, THAO, KIEN = (
    "Trần Văn Hùng",
    "Phạm Quang Minh",
    "Võ Thị Hoa",
    "Đặng Phương Thảo",
    "Hoàng Trung Kiên",
)


@pytest.fixture
def config(config_with_files: Config) -> Config:
    """One that names the test's own database: exports are made in a process of their own."""
    return config_with_files


async def test_the_first_quarter_of_2024(office: Office):
    """Everybody does their part by tapping and typing; every row of the export is something that was done."""
    quarter = await told.begin(office)
    await told.january(quarter)
    assert_nobody_hears_of_who_declined(quarter)
    await told.february(quarter)
    await told.march(quarter)
    await told.april(quarter)
    found = await told.the_export(quarter)
    assert_nominations(found)
    assert_answers(found)
    assert_choices(found)
    assert_exemplars(found)
    assert_honours(found)
    assert_what_came_after(found)
    await assert_the_leader_reads_it(quarter)


def assert_nobody_hears_of_who_declined(quarter: told.Quarter) -> None:
    """Only head, clerk, nominee and who nominated have read her name in January."""
    for code, phone in quarter.phones.items():
        if code not in {"minh", "hung", "lan2", "duc"}:
            assert not any("Nguyễn Thị Lan" in text for text in said(phone)), code
    for group in (quarter.unit_group, quarter.office_group):
        member = quarter.hoa if group == quarter.unit_group else quarter.lan
        assert not any("Nguyễn Thị Lan" in one.text for one in member.messages(chat_id=group))


async def assert_the_leader_reads_it(quarter: told.Quarter) -> None:
    """The leader looks: the month's figures, and the quarter's list that the secretariat closed."""
    assert any("quý 1/2024" in text for text in said(quarter.chanh))
    await quarter.chanh.send("/guong")
    assert "3 gương đã biểu dương" in quarter.chanh.screen


def columns(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    """Some columns of a table, row by row; a moment as its day."""
    return [tuple(_day(name, row[name]) for name in names) for row in rows]


def _day(name: str, value: Any) -> Any:
    moment = name == "at" or name.endswith("_at")
    return value[:10] if moment and value else value


def sentence(story: str) -> str:
    """As it is kept: it begins with a capital."""
    return story[:1].upper() + story[1:]


def assert_nominations(found: Any) -> None:
    """Who nominated whom, in which words; of who declined neither the name nor the story."""
    names = ("period", "unit_code", "nominee", "kind", "story", "nominator", "sent_at")
    assert columns(found["nominations"], *names) == [
        ("2024-01", TH, TUAN, "good_deed", sentence(told.TUAN_STORY), "Nguyễn Thị Lan", "2024-01-08"),
        ("2024-01", TH, TUAN, "good_deed", sentence(told.TUAN_TOO), "Đỗ Minh Đức", "2024-01-08"),
        ("2024-01", NC, LAN2, "good_deed", WITHHELD, "Đỗ Minh Đức", "2024-01-08"),
        ("2024-01", NC, TEAM, "good_deed", sentence(told.TEAM_STORY), "Lê Thị Mai", "2024-01-08"),
        ("2024-02", PVHCC, MODEL, "new_model", sentence(told.MODEL_STORY), "Nguyễn Thị Lan", "2024-02-05"),
        ("2024-03", TH, TUAN, "good_deed", sentence(told.MARCH_STORY), "Nguyễn Thị Lan", "2024-03-04"),
    ]
    assert columns(found["nominees"], "period", "unit_code", "nominee", "reasons") == [
        ("2024-01", TH, TUAN, 2),
        ("2024-01", NC, LAN2, 1),
        ("2024-01", NC, TEAM, 1),
        ("2024-02", PVHCC, MODEL, 1),
        ("2024-03", TH, TUAN, 1),
    ]


def assert_answers(found: Any) -> None:
    """Which unit answered what and when, who and in whose name; PVHCC was silent in January."""
    names = ("period", "unit_code", "answer", "reason", "answered_by", "for_head", "state", "at", "revisions")
    nobody = ("none", told.NOBODY)
    assert sorted(columns(found["answers"], *names), key=str) == sorted(
        [
            ("2024-01", HCTC, *nobody, HUNG, None, "accepted", "2024-01-19", 0),
            ("2024-01", NC, "chosen", "", MINH, None, "accepted", "2024-01-29", 1),
            ("2024-01", TH, "chosen", "", HOA, None, "accepted", "2024-01-19", 0),
            ("2024-02", HCTC, *nobody, HUNG, None, "given", "2024-02-20", 0),
            ("2024-02", NC, *nobody, MINH, None, "given", "2024-02-20", 0),
            ("2024-02", TH, *nobody, HOA, None, "given", "2024-02-20", 0),
            ("2024-02", PVHCC, "chosen", "", THAO, KIEN, "accepted", "2024-02-20", 0),
            ("2024-03", HCTC, *nobody, HUNG, None, "given", "2024-03-20", 0),
            ("2024-03", NC, *nobody, MINH, None, "given", "2024-03-20", 0),
            ("2024-03", TH, "chosen", "", HOA, None, "accepted", "2024-03-20", 0),
            ("2024-03", PVHCC, *nobody, KIEN, None, "given", "2024-03-20", 0),
            ("2024-Q1", TH, "chosen", "", HOA, None, "accepted", "2024-04-10", 0),
        ],
        key=str,
    )


def assert_choices(found: Any) -> None:
    """Whom each unit chose for each period, why, by all three criteria; and the office's list."""
    names = ("period", "unit_code", "nominee", "reason", "exemplar", "chosen_by")
    assert sorted(columns(found["choices"], *names)) == [
        ("2024-01", NC, LAN2, WITHHELD, 2, MINH),
        ("2024-01", TH, TUAN, told.TUAN_WHY, 1, HOA),
        ("2024-02", PVHCC, MODEL, told.MODEL_WHY, 3, THAO),
        ("2024-03", TH, TUAN, told.MARCH_WHY, 4, HOA),
        ("2024-Q1", TH, TUAN, told.QUARTER_WHY, 4, HOA),
    ]
    assert {tuple(row["criteria"]) for row in found["choices"]} == {("positive", "spreading", "typical")}
    listed = ("period", "state", "unit_code", "nominee", "entered_by")
    assert columns(found["office_lists"], *listed) == [("2024-Q1", "closed", TH, TUAN, HUNG)]


def assert_exemplars(found: Any) -> None:
    """What was published of whom, who agreed and who did not, in order of the answers."""
    names = ("code", "unit_code", "nominee", "text", "consent", "representative", "state")
    honoured = ("made_at", "honoured_at", "congratulations", "adoptions")
    january, february, march = "2024-01-29", "2024-02-21", "2024-03-20"
    agreed = ("agreed", TUAN, "honoured")
    assert columns(found["exemplars"], *names, *honoured) == [
        (1, TH, TUAN, told.TUAN_WHY, *agreed, january, january, 0, 0),
        (2, NC, LAN2, WITHHELD, "declined", WITHHELD, "open", january, None, 0, 0),
        (3, PVHCC, MODEL, told.MODEL_WHY, "agreed", KIEN, "honoured", february, february, 2, 1),
        (4, TH, TUAN, told.MARCH_WHY, *agreed, march, march, 0, 0),
    ]
    assert columns(found["consents"], "exemplar", "answer", "person", "way", "at") == [
        (1, "asked", TUAN, "chat", "2024-01-29"),
        (1, "agreed", TUAN, "chat", "2024-01-29"),
        (2, "asked", WITHHELD, "chat", "2024-01-29"),
        (2, "declined", WITHHELD, "chat", "2024-01-29"),
        (3, "asked", KIEN, "chat", "2024-02-21"),
        (3, "agreed", KIEN, "chat", "2024-02-21"),
        (4, "asked", TUAN, "chat", "2024-03-20"),
        (4, "agreed", TUAN, "chat", "2024-03-20"),
    ]


def assert_honours(found: Any) -> None:
    """Where each was honoured: groups by their names, PVHCC has none and was told one by one."""
    assert sorted(columns(found["honours"], "exemplar", "place", "chat", "honoured_by", "at"), key=str) == [
        (1, "office", "Văn phòng", HUNG, "2024-01-29"),
        (1, "unit", "Phòng Tổng hợp", HUNG, "2024-01-29"),
        (3, "office", "Văn phòng", HUNG, "2024-02-21"),
        (3, "unit", None, HUNG, "2024-02-21"),
        (4, "office", "Văn phòng", HUNG, "2024-03-20"),
        (4, "unit", "Phòng Tổng hợp", HUNG, "2024-03-20"),
    ]


def assert_what_came_after(found: Any) -> None:
    """Who copied with what result, the lesson, the exchange and who spoke there; nothing else."""
    names = ("exemplar", "unit_code", "state", "result", "person", "pledged_at", "ended_at")
    assert columns(found["adoptions"], *names) == [
        (3, NC, "done", told.RESULT, MINH, "2024-02-21", "2024-04-22")
    ]
    lesson = ("kind", "period", "text", "unit_code", "exemplar", "person", "at")
    assert columns(found["lessons"], *lesson) == [
        ("exemplar", "2024-Q1", told.LESSON, TH, 3, HOA, "2024-04-10")
    ]
    held = ("state", "yes_n", "no_n", "attended", "outcome", "starts_at")
    assert columns(found["events"], "kind", "title", "unit_code", "place", *held) == [
        ("exchange", told.EVENT, TH, "Hội trường tầng 2", "held", 3, 1, 45, told.OUTCOME, "2024-03-26")
    ]
    assert columns(found["event_speakers"], "event", "exemplar", "nominee", "answer") == [(1, 1, TUAN, "yes")]
    assert found["fosterings"] == []
    assert found["suggestions"] == []
