"""Which period, week or document somebody means who types it behind a command."""

from datetime import date

import pytest

from bot.domain.documents import DocumentKind
from bot.domain.typed_periods import TypedDocument, read_typed_document, read_typed_period, read_typed_week

TODAY = date(2026, 11, 18)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tháng 10", "2026-10"),
        ("Tháng 10/2026", "2026-10"),
        ("thang 10 nam 2026", "2026-10"),
        ("10/2026", "2026-10"),
        ("T9", "2026-09"),
        ("kỳ tháng 12", "2025-12"),
        ("quý 3", "2026-Q3"),
        ("Quý III/2025", "2025-Q3"),
        ("quý iv", "2026-Q4"),
        ("q1 2026", "2026-Q1"),
        ("6 tháng đầu năm", "2026-H1"),
        ("6 tháng cuối năm 2025", "2025-H2"),
        ("nửa đầu năm 2026", "2026-H1"),
        ("H2", "2026-H2"),
        ("năm 2025", "2025"),
        ("2025", "2025"),
        ("tháng này", "2026-11"),
        ("tháng trước", "2026-10"),
        ("quý vừa qua", "2026-Q3"),
        ("năm nay", "2026"),
        ("năm ngoái", "2025"),
        ("2026-11", "2026-11"),
        ("2026-q4", "2026-Q4"),
        ("October 2026", "2026-10"),
        ("Dec", "2025-12"),
        ("quarter 2", "2026-Q2"),
        ("first half of 2026", "2026-H1"),
        ("last month", "2026-10"),
        ("this year", "2026"),
    ],
)
def test_a_period_is_read_as_it_is_meant(typed, meant):
    """With and without marks, in both languages; without a year the latest that has begun."""
    assert str(read_typed_period(typed, TODAY)) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "tháng",
        "tháng 13",
        "tháng 0",
        "quý 5",
        "quý v",
        "3 quý",
        "6 tháng",
        "năm",
        "năm 20",
        "mayor",
        "xin chào",
        "0000",
        "tháng 10 năm 1800",
        "tuần này",
        "tháng 10 và 11",
        "13/2026",
        "ngày 5/10/2026",
        "2026-13",
    ],
)
def test_what_is_no_period_is_none(typed):
    """Nothing is guessed."""
    assert read_typed_period(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tuần này", date(2026, 11, 16)),
        ("tuần trước", date(2026, 11, 9)),
        ("this week", date(2026, 11, 16)),
        ("last week", date(2026, 11, 9)),
        ("2026-W48", date(2026, 11, 23)),
        ("tuần", None),
        ("tuần 3", None),
    ],
)
def test_a_week_is_read_by_its_distance(typed, meant):
    """This one and the last, in both languages, or as the command line takes it."""
    assert read_typed_week(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("báo cáo tháng 10", ("bao-cao", "2026-10")),
        ("bao-cao 2026-10", ("bao-cao", "2026-10")),
        ("Báo cáo về quý 3", ("bao-cao", "2026-Q3")),
        ("tổng kết năm 2025", ("bao-cao", "2025")),
        ("báo cáo thành tích", ("thanh-tich", None)),
        ("danh sách đề nghị biểu dương tháng trước", ("danh-sach", "2026-10")),
        ("tờ trình quý III", ("to-trinh", "2026-Q3")),
        ("biên bản họp xét tháng 9", ("bien-ban", "2026-09")),
        ("bảng tổng hợp 6 tháng đầu năm", ("tong-hop", "2026-H1")),
        ("giao ban tháng 10", ("giao-ban", "2026-10")),
        ("report for October", ("bao-cao", "2026-10")),
        ("minutes", ("bien-ban", None)),
        ("tháng 10", (None, "2026-10")),
    ],
)
def test_a_document_is_read_by_its_kind_and_its_period(typed, meant):
    """Either may be left out; the longer name wins."""
    read = read_typed_document(typed, TODAY)
    assert read is not None
    assert (read.kind, read.period and str(read.period)) == meant


def test_a_pack_may_be_of_a_week():
    """The week stands where the period would."""
    read = read_typed_document("giao ban tuần này", TODAY)
    assert read == TypedDocument(DocumentKind.MEETING, week=date(2026, 11, 16))


@pytest.mark.parametrize("typed", ["", "abc", "báo cáo xyz", "tháng 10 báo cáo", "báo cáo thành tích Lan"])
def test_a_document_that_is_not_understood_is_none(typed):
    """Part of a wish is not carried out."""
    assert read_typed_document(typed, TODAY) is None
