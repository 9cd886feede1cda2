"""The numbers of documents to be filed, beside what a ledger comes to."""

import re
from collections import Counter
from collections.abc import Callable

from bot.documents.document_files import make_document
from bot.domain.documents import DocumentAsk, DocumentKind
from bot.domain.periods import read_period
from bot.texts import KINDS, Texts
from storage.database import Database
from tests.conftest import office_config
from tests.documents.any_office import ZONE
from tests.documents.counted import Ledger, Line, Stretch
from tests.documents.read_docx import Read, read_docx

Table = list[list[str]]
MEASURES: tuple[tuple[str, Callable[[Line], int]], ...] = (
    ("Bảng 1.", lambda line: line.kinds.total()),
    ("Bảng 2.", lambda line: line.chosen),
    ("Bảng 3.", lambda line: line.honoured),
    ("Bảng 4.", lambda line: line.copied),
)


async def document(database: Database, kind: DocumentKind, stretch: Stretch, ledger: Ledger) -> Read:
    """The document about a period, as it can be read."""
    ask = DocumentAsk(period=read_period(str(stretch)))
    async with database.reading() as session:
        made = await make_document(session, kind, ask, office_config(), ledger.now)
    return read_docx(made.content)


def begun(stretch: Stretch, ledger: Ledger) -> list[Stretch]:
    """Its months that have begun."""
    today = ledger.now.astimezone(ZONE)
    months = [Stretch(stretch.first + n, 1) for n in range(stretch.length)]
    return [month for month in months if month.first <= today.year * 12 + today.month - 1]


async def check_table(database: Database, stretch: Stretch, ledger: Ledger) -> None:
    """tong-hop: every cell of its six tables."""
    read = await document(database, DocumentKind.TABLE, stretch, ledger)
    months, whole = begun(stretch, ledger), ledger.lines(stretch, None)
    by_month = [{line.code: line for line in ledger.lines(month, None)} for month in months]
    nothing = Line("", "")
    for title, measure in MEASURES:
        rows = {
            line.name: [measure(one.get(line.code, nothing)) for one in by_month] + [measure(line)]
            for line in whole
        }
        totals = [sum(map(measure, one.values())) for one in by_month] + [sum(map(measure, whole))]
        assert _rows_of(read.table(title)) == _with_total(rows, totals), title
    texts = Texts("vi", ZONE)
    names = {kind.value: texts.plain(name) for kind, name in KINDS.items()}
    kinds = [
        Counter(names[ledger.first(one)["kind"]] for one in ledger.nominees(period.months, None))
        for period in (*months, stretch)
    ]
    assert _rows_of(read.table("Bảng 5.")) == _counted(kinds)
    movements = [
        Counter({f"“{name}”": n for name, n in ledger.movements(period, None).items()})
        for period in (*months, stretch)
    ]
    assert _rows_of(read.table("Bảng 6.")) == _counted(movements)


def _counted(columns: "list[Counter[str]]") -> dict[str, list[int]]:
    rows = {name: [column[name] for column in columns] for name in columns[-1]}
    return _with_total(rows, [column.total() for column in columns])


def _with_total(rows: dict[str, list[int]], totals: list[int]) -> dict[str, list[int]]:
    return {**rows, "Tổng cộng": totals} if rows else {}


def _rows_of(table: Table) -> dict[str, list[int]]:
    """Numbers by the name of the row, without heading and number of the row."""
    return {name: [int(cell.replace(".", "")) for cell in cells] for _, name, *cells in table[1:]}


async def check_report(database: Database, stretch: Stretch, ledger: Ledger) -> None:
    """bao-cao: its sentences, its table of units, and as many chosen and copied as it says."""
    read = await document(database, DocumentKind.REPORT, stretch, ledger)
    lines = ledger.lines(stretch, None)
    columns: tuple[Callable[[Line], int], ...] = (
        lambda line: line.people,
        lambda line: line.took_part,
        lambda line: line.kinds.total(),
        lambda line: line.reasons,
        lambda line: line.chosen,
        lambda line: line.honoured,
        lambda line: line.copied,
    )
    rows = {line.name: [column(line) for column in columns] for line in lines}
    totals = [sum(map(column, lines)) for column in columns]
    people, took_part, total, reasons, chosen, honoured, copied = totals
    assert _rows_of(read.table("(Kèm theo")) == {**rows, "Tổng cộng": totals}
    assert len(read.table("(Kèm theo", 1)[1:]) == chosen
    asked = [line for line in lines if line.in_force]
    answered = [line for line in asked if line.answer]
    nobody, silent = (
        [line for line in asked if line.answer == "none"],
        [line for line in asked if not line.answer],
    )
    copies = sum(line.copies for line in lines)
    said = {
        r"có (\d+) đơn vị với": len(asked),
        r"đơn vị với (\d+) ": people,
        r"Đã có (\d+) người tham gia": took_part,
        r"Có (\d+)/\d+ đơn vị đã báo cáo": len(answered),
        r"trong đó (\d+) đơn vị báo cáo không có": len(nobody),
        r"Còn (\d+) đơn vị chưa báo cáo": len(silent) if answered else 0,
        r"Có (\d+) gương được đề cử": total,
        r"với (\d+) lượt giới thiệu": reasons,
        r"đã lựa chọn (\d+) gương": chosen,
        r"(\d+) gương đã được biểu dương": honoured,
        r"(\d+) gương đã được học tập": copied,
        r"với (\d+) lượt áp dụng": copies,
    }
    assert {words: _number(words, read.text) for words in said} == said
    assert _learnt(read) == copies
    before = [len(ledger.nominees(stretch.back(n).months, None)) for n in sorted({stretch.length, 12})]
    compared = re.search(r"Phát hiện, đề cử\n(.*)", read.text)
    assert compared
    assert _compared(compared[1], total) == [n for n in before if total or n]


def _number(words: str, text: str) -> int:
    found = re.search(words, text)
    return int(found[1]) if found else 0


def _learnt(read: Read) -> int:
    """How many are said to have taken a way over, each by name and the others together."""
    others = _number(r"Và (\d+) lượt áp dụng khác", read.text)
    return sum(": học tập " in line for line in read.paragraphs) + others


def _compared(sentence: str, total: int) -> list[int]:
    """What a total is compared with; how much more or less that is has to fit."""
    found = []
    for way, by, n in re.findall(
        r"(?:(tăng|giảm) (\d+) gương so với|bằng) [^(]*\((?:(\d+) gương|không có gương)\)", sentence
    ):
        found.append(int(n or 0))
        assert total == int(n or 0) + {"tăng": 1, "giảm": -1, "": 0}[way] * int(by or 0)
    return found


async def check_meeting(database: Database, stretch: Stretch, ledger: Ledger) -> None:
    """giao-ban: the figures of the period, and as many exemplars as were chosen, named or not.

    A review has a chart, and the card of each who is named.
    """
    read = await document(database, DocumentKind.MEETING, stretch, ledger)
    text = read.text
    lines = ledger.lines(stretch, None)
    total = sum(line.kinds.total() for line in lines)
    asked = [line for line in lines if line.in_force]
    answered = sum(bool(line.answer) for line in asked)
    took_part = sum(line.took_part for line in lines)
    said = {
        r"Đề cử: (\d+) gương": total,
        r"Đề cử: \d+ gương, (\d+) lượt giới thiệu": sum(line.reasons for line in lines),
        r"Tham gia: (\d+)/\d+ người": took_part,
        r"Tham gia: \d+/(\d+) người": sum(line.people for line in lines) if took_part else 0,
        r"lựa chọn (\d+) gương": sum(line.chosen for line in lines),
        r"(\d+) gương đã được biểu dương": sum(line.honoured for line in lines),
        r"(\d+) gương được nhân rộng": sum(line.copied for line in lines),
        r"nhân rộng ở (\d+) nơi": sum(line.copies for line in lines),
        r"\): (\d+)/\d+ đơn vị đã trả lời": answered,
        r"\): \d+/(\d+) đơn vị đã trả lời": len(asked),
        r"trong đó (\d+) đơn vị không có gương": sum(line.answer == "none" for line in asked),
    }
    assert {words: _number(words, text) for words in said} == said
    silent = re.search(r"Chưa trả lời: (.*)\.", text)
    assert (_counted_names(silent[1]) if silent else 0) == len(asked) - answered
    for words in ("Theo loại", "Theo đơn vị"):
        listed = re.search(rf"- {words}: (.*)\.", text)
        told = [int(n) for n in re.findall(r" (\d+)(?:;|$| và)", listed[1])] if listed else []
        assert sum(told) == total or (listed and "đơn vị khác" in listed[1] and sum(told) < total)
    chosen = re.search(r"GƯƠNG ĐƯỢC LỰA CHỌN\n(.*?)\n[IVX]+\. ", text, re.DOTALL)
    told_of = chosen[1] if chosen else ""
    named = len(re.findall(r"^(?:- |\d+\. )Gương số", told_of, re.MULTILINE))
    others = _number(r"… và (\d+) gương khác", told_of) + _number(r"Không nêu tên (\d+) gương", told_of)
    assert named + others == sum(line.chosen for line in lines)
    assert read.pictures == (1 + named if stretch.length >= 6 else 0)


def _counted_names(listed: str) -> int:
    others = re.search(r" và (\d+) đơn vị khác$", listed)
    names = listed[: others.start()] if others else listed
    return len(names.split("; ")) + (int(others[1]) if others else 0)


async def check_papers(database: Database, stretch: Stretch, ledger: Ledger) -> None:
    """to-trinh and bien-ban: how many were nominated and chosen, and who has answered."""
    lines = ledger.lines(stretch, None)
    total, chosen = sum(line.kinds.total() for line in lines), sum(line.chosen for line in lines)
    submission = (await document(database, DocumentKind.SUBMISSION, stretch, ledger)).text
    assert _number(r"Toàn cơ quan có (\d+) gương được đề cử", submission) == total
    assert _number(r"(\d+) gương được các đơn vị lựa chọn", submission) == chosen
    minutes = (await document(database, DocumentKind.MINUTES, stretch, ledger)).text
    assert _number(r"(\d+) gương được đề cử", minutes) == total
    assert _number(r"(\d+) gương được các đơn vị lựa chọn", minutes) == chosen
    asked = [line for line in lines if line.in_force]
    answered = sum(bool(line.answer) for line in asked)
    for text in (submission, minutes):
        assert _number(r"Có (\d+)/\d+ đơn vị", text) == answered
        assert _number(r"Có \d+/(\d+) đơn vị", text) == (len(asked) if answered else 0)
        nobody = _number(r"trong đó (\d+) đơn vị không có gương", text)
        assert nobody == sum(line.answer == "none" for line in asked)
