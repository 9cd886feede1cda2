"""Many nominations from an Excel file: checked, shown, entered when told; sent twice, it doubles nothing."""

from io import BytesIO

import openpyxl
import pytest

from bot.domain.nominations import Endorsement
from bot.domain.paper import Subject
from bot.domain.people import Post
from bot.domain.roles import Role
from bot.tasks import files_folder
from storage import access, jobs, nominations, papers, people
from tests.office import Office
from tests.phones import Phone
from tests.posting import said

STORY = "Ba tháng qua đã hướng dẫn hơn 200 lượt người dân nộp hồ sơ trực tuyến, giảm nửa thời gian chờ."
HEADER = "Người đề cử,Đơn vị người đề cử,Người được đề cử,Loại gương,Việc làm kết quả,Ngày ghi phiếu"


@pytest.fixture
def config(config_with_files):
    """A configuration that names the test's own database; files go to the test's own folder."""
    return config_with_files


@pytest.fixture
def hung(office):
    """The secretariat's phone."""
    return office.phone("hung")


def row(nominator: str, nominee: str, *, unit: str = "", kind: str = "", day: str = "10/11/2026") -> str:
    return f'{nominator},{unit},{nominee},"{kind}","{STORY}",{day}'


async def send(hung: Phone, *rows: str, name: str = "de-cu.csv") -> None:
    """/nhapgiay, the button, the file."""
    await hung.send("/nhapgiay")
    await hung.tap("Nhiều đề cử từ Excel")
    await hung.document("\n".join([HEADER, *rows]).encode(), name)


async def how_many(office: Office) -> int:
    async with office.database.reading() as session:
        return len(await nominations.list_standing(session, "2025-01", "2027-01"))


def told(phone: Phone) -> str:
    """What the bot said last that is no other notice."""
    return next(text for text in reversed(said(phone)) if "Tệp" in text or "tệp" in text)


def bearing(phone: Phone, label: str) -> int:
    """The newest message with that button."""
    return next(seen.message_id for seen in reversed(phone.messages()) if label in seen.labels)


async def test_good_rows_are_entered_only_when_told(office, hung):
    """Counts first; then all in one go, each with its sheet; each nominator hears of it once."""
    tuan, hoa = office.phone("tuan"), office.phone("hoa")
    await send(
        hung,
        row("tuan", "duc", kind="nguoi tot viec tot"),
        row("Bùi Anh Tuấn", "Đặng Phương Thảo"),
        row("Võ Thị Hoa", "Đỗ Minh Đức", kind="Điển hình tiên tiến"),
    )
    assert "3 đề cử nhập được" in told(hung)
    assert await how_many(office) == 0
    await hung.tap("Nhập 3 đề cử")
    assert "Đã nhập 3 đề cử" in told(hung)
    assert await how_many(office) == 3
    assert "đã nhập 2 đề cử trên giấy thay đồng chí" in tuan.last.text
    assert "đã nhập đề cử số 0003 thay đồng chí" in hoa.last.text
    assert not list(files_folder(office.config.storage).iterdir())
    async with office.database.reading() as session:
        sheets = [len(await papers.list_papers(session, Subject.NOMINATION, number)) for number in (1, 2, 3)]
        acts = [(line["act"], line["detail"]) for line in await access.list_audit(session)]
    assert sheets == [1, 1, 1]
    assert ("import", "+3; people 2") in acts


async def test_a_file_sent_twice_doubles_nothing(office, hung):
    """Not at once, not after the unit has answered, and not what the nominator took back."""
    tuan = office.phone("tuan")
    await send(hung, row("tuan", "duc"))
    await hung.tap("Nhập 1 đề cử")
    await send(hung, row("tuan", "duc"))
    assert "không có đề cử mới nào" in told(hung)
    assert "1 đề cử đã có, bỏ qua (dòng 2)" in told(hung)
    await tuan.tap("Không phải của tôi")
    await tuan.tap("Đúng, không phải của tôi")
    assert await how_many(office) == 0
    await send(hung, row("tuan", "duc"))
    assert "không có đề cử mới nào" in told(hung)
    assert await how_many(office) == 0


async def test_bad_rows_are_listed_and_the_good_ones_entered(office, hung):
    """Mended and sent again, the file brings what is missing and no more."""
    good = [row("tuan", "duc"), row("hoa", "thao")]
    await send(
        hung, good[0], row("Không Ai Cả", "duc"), row("tuan", "tuan"), good[1], row("mai", "Nguyễn Thị Lan")
    )
    text = told(hung)
    assert "2 đề cử nhập được" in text
    assert "dòng 3, cột “Người đề cử”: Không có “Không Ai Cả”" in text
    assert "dòng 4, cột “Người được đề cử”: Người đề cử và người được đề cử là một" in text
    assert "dòng 6, cột “Người được đề cử”: Nhiều người tên “Nguyễn Thị Lan”; xin ghi mã: lan" in text
    await hung.tap("Nhập 2 đề cử")
    await send(hung, good[0], row("lan", "duc"), good[1], row("mai", "lan2"))
    assert "2 đề cử nhập được" in told(hung)
    assert "2 đề cử đã có, bỏ qua (dòng 2, 4)" in told(hung)
    await hung.tap("Nhập 2 đề cử")
    assert await how_many(office) == 4


async def test_many_bad_rows_come_as_a_file(office, hung):
    """Twenty stand in the message, all of them in the file behind it."""
    await send(hung, *(row(f"Người {n}", "duc") for n in range(25)))
    texts = [text for text in said(hung) if "25 chỗ cần sửa" in text]
    assert any(text.count("•") == 20 for text in texts)
    sent = [message for message in hung.messages() if message.from_bot and message.raw["document"]]
    assert sent[-1].raw["document"]["name"] == "can-sua.csv"
    assert await how_many(office) == 0


async def test_the_template_comes_as_a_file_and_goes_back_filled_in(office, hung):
    """Its first sheet is filled in as it is and sent; two people with one name are told apart by the unit."""
    await hung.send("/nhapgiay")
    await hung.tap("Nhiều đề cử từ Excel")
    await hung.tap("Tệp mẫu")
    sent = [message for message in hung.messages() if message.from_bot and message.raw["document"]]
    assert sent[-1].raw["document"]["name"] == "mau-de-cu.xlsx"
    world = office.telegram.world
    held = world.find_file(sent[-1].raw["document"]["file_id"])
    assert held is not None
    book = openpyxl.load_workbook(BytesIO(world.file_bytes(held["path"]) or b""))
    assert book.sheetnames == ["Đề cử", "Hướng dẫn", "Danh mục"]
    cells = ["Nguyễn Thị Lan", "Phòng Nội chính", "Cá nhân", "Bùi Anh Tuấn", "", "Nhân tố mới", "", STORY]
    for column, value in enumerate([*cells, "10/11/2026"], 1):
        book["Đề cử"].cell(2, column, value)
    filled = BytesIO()
    book.save(filled)
    await hung.document(filled.getvalue(), "mau-de-cu.xlsx")
    await hung.tap("Nhập 1 đề cử")
    (sent_now,) = await _by(office, "lan2")
    assert sent_now.reason.kind == "new_factor"


async def _by(office: Office, code: str) -> list[Endorsement]:
    person_id = await office.person_id(code)
    async with office.database.reading() as session:
        return await nominations.list_by_nominator(session, person_id)


async def test_a_checked_file_is_entered_once(office, hung):
    """Its button, pressed again or behind a newer file, says so; refusing changes nothing."""
    await send(hung, row("tuan", "duc"))
    first = bearing(hung, "Nhập 1 đề cử")
    await send(hung, row("hoa", "duc"))
    await hung.tap("Nhập 1 đề cử", message_id=first)
    assert "đã được xử lý" in (hung.toast or "")
    second = bearing(hung, "Nhập 1 đề cử")
    await hung.tap("Bỏ")
    await hung.tap("Nhập 1 đề cử", message_id=second)
    assert await how_many(office) == 0
    assert not list(files_folder(office.config.storage).iterdir())


async def test_two_clerks_with_one_file_enter_it_once(office, hung):
    """What one has entered meanwhile is passed over for the other, and told."""
    mai = office.phone("mai")
    await _make_secretariat(office, "mai")
    await send(hung, row("tuan", "duc"), row("hoa", "duc"))
    await send(mai, row("tuan", "duc"), row("hoa", "duc"))
    await hung.tap("Nhập 2 đề cử")
    await mai.tap("Nhập 2 đề cử")
    assert "Đã nhập 0 đề cử" in told(mai)
    assert await how_many(office) == 2


async def _make_secretariat(office: Office, code: str) -> None:
    person_id = await office.person_id(code)
    async with office.database.transaction() as session:
        person = await people.get_person(session, person_id)
        posts = [Post(role, person.unit_id) for role in (Role.EMPLOYEE, Role.SECRETARIAT)]
        await people.set_posts(session, person_id, posts)


async def test_a_crash_between_check_and_entering_loses_nothing(office, hung):
    """The file, the plan and its button outlive the bot."""
    await send(hung, row("tuan", "duc"))
    await office.crash()
    await hung.tap("Nhập 1 đề cử")
    assert await how_many(office) == 1


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"%PDF-1.4", "a.xlsx", "không phải bảng tính"),
        (b"PK\x03\x04 hong", "a.xlsx", "bị hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "Excel cũ"),
        ("Họ tên,Tuổi\nLan,3\n".encode(), "a.csv", "Thiếu cột “Người đề cử”"),
    ],
)
async def test_what_is_no_such_file_is_explained(office, hung, content, name, why):
    """The sort of the file shows in its bytes; nothing is kept of it."""
    await hung.send("/nhapgiay")
    await hung.document(content, name)
    assert any(why in text for text in said(hung)), said(hung)
    await hung.send("không phải tệp")
    assert not list(files_folder(office.config.storage).iterdir())


async def test_somebody_elses_file_is_not_looked_at(office):
    """Only the secretariat's files are taken."""
    lan = office.phone("lan")
    await lan.send("/nhapgiay")
    await lan.document(HEADER.encode(), "de-cu.csv")
    async with office.database.transaction() as session:
        assert await jobs.begin_task(session, office.bot.tasks.kinds) is None
