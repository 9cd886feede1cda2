"""The secretariat's tools in chat: the roster from a file, invitations, exports."""

import csv
import io
import json
import re

import openpyxl
import pytest

from bot.domain.people import PersonId
from bot.domain.roster import PersonRow
from bot.tasks import files_folder
from storage import access, jobs, people
from storage.roster import load_roster
from tests.office import Office
from tests.posting import documents

STORY = "đã ba tháng hướng dẫn người dân nộp hồ sơ trực tuyến, giảm một nửa thời gian chờ"
HEADER = "Mã,Họ tên,Chức vụ,Đơn vị,Điện thoại"


@pytest.fixture
def config(config_with_files):
    """A configuration that names the test's own database; files go to the test's own folder."""
    return config_with_files


@pytest.fixture
def hung(office):
    """The secretariat's phone."""
    return office.phone("hung")


def sheet(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows]).encode()


async def roster_of(office: Office) -> dict[str, PersonRow]:
    async with office.database.reading() as session:
        return dict((await load_roster(session)).people)


@pytest.mark.parametrize("command", ["/nhansu", "/roster", "/moi", "/invite", "/xuat", "/export"])
async def test_only_the_secretariat_has_these_tools(office, command):
    """Somebody else is told whose they are, and nothing is begun."""
    lan = office.phone("lan")
    await lan.send(command)
    assert "bộ phận thư ký" in lan.last.text


async def test_a_forged_button_opens_nothing(office):
    """A tap is a claim: the role is looked at again."""
    lan = office.phone("lan")
    await lan.start()
    for data in ("r:1:1:apply:", "v:0:0:make_unit:1", "e:0:0:make:xlsx,all", "r:0:0:give:roster"):
        await lan.tap_data(data)
        assert lan.toast is not None
        assert "bộ phận thư ký" in lan.toast
    async with office.database.transaction() as session:
        assert await jobs.begin_task(session, office.bot.tasks.kinds) is None


async def test_a_good_file_is_applied_only_when_told(office, hung):
    """The plan's counts are shown first; “Áp dụng” changes the roster, once."""
    await hung.send("/nhansu")
    await hung.document(sheet("moi1,Lý Thị Mới,Chuyên viên,NC,0987654321"), "nhansu.csv")
    assert "thêm 1" in hung.last.text
    assert "moi1" not in await roster_of(office)
    await hung.tap("Áp dụng")
    assert "Đã cập nhật nhân sự" in hung.last.text
    assert (await roster_of(office))["moi1"].phone == "+84987654321"
    assert not list(files_folder(office.config.storage).iterdir())
    async with office.database.reading() as session:
        acts = [(row["act"], row["detail"]) for row in await access.list_audit(session)]
    assert acts.count(("import", "units +0 ~0; people +1 ~0; back 0; left 0")) == 1


async def test_applying_twice_or_late_does_nothing(office, hung):
    """The button of a file that has been dealt with says so."""
    await hung.send("/nhansu")
    await hung.document(sheet("moi1,Lý Thị Mới,,NC,"), "nhansu.csv")
    plan = hung.last.message_id
    await hung.tap("Bỏ")
    assert "dữ liệu không thay đổi" in hung.last.text
    await hung.tap("Áp dụng", message_id=plan)
    assert "đã được xử lý" in (hung.toast or "")
    assert "moi1" not in await roster_of(office)
    assert not list(files_folder(office.config.storage).iterdir())


async def test_the_missing_leave_only_when_said(office, hung):
    """A file without somebody lists them; only the button that says so marks them as having left."""
    keep = [
        f"{row.code},{row.full_name},{row.post},{row.unit},"
        for row in (await roster_of(office)).values()
        if row.code not in {"tuan", "cu"}
    ]
    await hung.send("/nhansu")
    await hung.document(sheet(*keep), "nhansu.csv")
    assert "Bùi Anh Tuấn" in hung.last.text
    await hung.tap("Áp dụng, đánh dấu người vắng mặt đã nghỉ")
    async with office.database.reading() as session:
        tuan = await people.find_by_code(session, "tuan")
    assert tuan is not None
    assert tuan.left
    assert tuan.telegram_id is not None


async def test_every_bad_row_is_told(office, hung):
    """Up to twenty in the message, all of them in a file when there are more; nothing is imported."""
    await hung.send("/nhansu")
    await hung.document(sheet(*(f"x{n},Người {n},,NC," for n in range(25))), "nhansu.csv")
    texts = [message.text for message in hung.messages() if message.from_bot]
    told = next(text for text in texts if "25 chỗ cần sửa" in text and "dòng" in text)
    assert told.count("•") == 20
    name, content = documents(office, hung)[-1]
    assert name == "can-sua.csv"
    assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) == 26
    assert "x1" not in await roster_of(office)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"\x00\x01\x02", "a.xlsx", "không phải bảng tính"),
        (b" \n ", "a.csv", "Không có dữ liệu"),
        (b"%PDF-1.7", "a.pdf", "không phải bảng tính"),
    ],
)
async def test_a_file_that_is_no_roster_is_explained(office, hung, content, name, said):
    """What cannot be read is refused with the reason, and the file is not kept."""
    await hung.send("/nhansu")
    await hung.document(content, name)
    assert said in hung.last.text
    assert not list(files_folder(office.config.storage).iterdir())


async def test_what_is_not_a_file_is_asked_for_again(office, hung):
    """A text or photo where the file is waited for keeps the question open."""
    await hung.send("/nhansu")
    await hung.photo()
    assert "dưới dạng tệp" in hung.last.text
    await hung.document(sheet("moi1,Lý Thị Mới,,NC,"), "nhansu.csv")
    assert "thêm 1" in hung.last.text


async def test_template_and_roster_come_as_files(office, hung):
    """The clerk needs no command line: the template, and the roster to be mended, come in chat."""
    await hung.send("/nhansu")
    await hung.tap("Danh sách hiện có")
    name, content = documents(office, hung)[-1]
    assert name == "nhan-su.xlsx"
    codes = [
        row[0].value for row in openpyxl.load_workbook(io.BytesIO(content))["Nhân sự"].iter_rows(min_row=2)
    ]
    assert "lan" in codes
    assert "cu" not in codes


async def outside(office: Office, *codes: str) -> None:
    """Let people be on the roster who have not come in."""
    rows = [f"{code},Lý Văn Ngoài,,NC," for code in codes]
    hung = office.phone("hung")
    await hung.send("/nhansu")
    await hung.document(sheet(*rows), "them.csv")
    await hung.tap("Áp dụng")


async def test_an_invitation_lets_in_once(office, hung):
    """A unit's links come as text and as a sheet; one lets its person in; the old ones end with new ones."""
    await outside(office, "n1", "n2")
    await hung.send("/moi")
    await hung.tap("Phòng Nội chính (2)")
    await hung.tap("Tạo liên kết")
    said = " ".join(message.text for message in hung.messages() if message.from_bot)
    links = re.findall(r"https://t\.me/\w+\?start=(i[\w-]+)", said)
    assert len(set(links)) == 2
    name, page = documents(office, hung)[-1]
    assert name == "thu-moi.html"
    assert all(link in page.decode() for link in links)
    guest = office.stranger(9100, "Ngoài")
    await guest.start(links[0])
    assert "Kính chào" in guest.last.text
    again = office.stranger(9101, "Kẻ gian")
    await again.start(links[0])
    assert "đã được dùng hoặc đã hết hạn" in again.last.text
    await hung.send("/moi")
    await hung.tap("Phòng Nội chính (1)")
    await hung.tap("Tạo liên kết")
    await again.start(links[1])
    assert "đã được dùng hoặc đã hết hạn" in again.last.text


async def test_invitations_stand_in_no_row(office, hung, database_url):
    """What lets somebody in is kept as a hash alone, even in the rows of screens and notices."""
    await outside(office, "n1")
    await hung.send("/moi")
    await hung.send("Lý Văn Ngoài")
    await hung.tap(next(label for label in hung.last.labels if "Ngoài" in label))
    await hung.tap("Tạo liên kết")
    said = " ".join(message.text for message in hung.messages() if message.from_bot)
    secret = re.findall(r"start=i([\w-]+)", said)[0]
    async with office.database.reading() as session:
        kept = [
            *(row["body"] for row in await session.fetch("select body from screens")),
            *(row["body"] for row in await session.fetch("select body from notices")),
            *(row["args"] for row in await session.fetch("select args from tasks")),
            *(row["secret_hash"] for row in await session.fetch("select secret_hash from invites")),
        ]
    assert kept
    assert not [text for text in kept if secret in text]


async def test_an_export_says_what_the_screens_say(office, hung):
    """One nominee with two reasons comes out as one nominee with two reasons."""
    for code in ("mai", "minh"):
        phone = office.phone(code)
        await phone.send(f"Đề cử Đỗ Minh Đức vì {STORY} ({code})")
        await phone.tap("Gửi")
    await hung.send("/xuat")
    await hung.tap("Tháng 11/2026")
    await hung.tap("JSON")
    name, content = documents(office, hung)[-1]
    assert name == "so-lieu-2026-11.json"
    made = json.loads(content)
    assert [(row["nominee"], row["reasons"]) for row in made["nominees"]] == [("Đỗ Minh Đức", 2)]
    assert [row["nominator"] for row in made["nominations"]] == ["Lê Thị Mai", "Phạm Quang Minh"]
    assert not list(files_folder(office.config.storage).iterdir())
    async with office.database.reading() as session:
        lines = [(row["act"], row["actor_id"], row["detail"]) for row in await access.list_audit(session)]
    assert ("export", await office.person_id("hung"), "2026-11 json 2") in lines


async def test_a_task_that_a_crash_interrupted_is_done_again(office, hung):
    """The task is a row: another bot on the same database does it, and the file comes once."""
    async with office.database.transaction() as session:
        hung_id: PersonId = await office.person_id("hung")
        await jobs.add_task(session, "export", hung_id, {"style": "csv", "period": "all"}, office.clock())
        assert await jobs.begin_task(session, office.bot.tasks.kinds) is not None
    await office.restart()
    await office.settle()
    assert [name for name, _ in documents(office, hung)] == ["so-lieu-all.csv"]


async def test_a_task_that_never_ends_is_given_up(office, hung):
    """After five tries its person is told, and the queue goes on."""
    async with office.database.transaction() as session:
        args = {"style": "csv", "period": "all"}
        hung_id = await office.person_id("hung")
        await jobs.add_task(session, "export", hung_id, args, office.clock())
        for _ in range(5):
            await jobs.begin_task(session, office.bot.tasks.kinds)
    await office.settle()
    assert "trục trặc" in hung.last.text
    assert documents(office, hung) == []


async def test_a_long_export_says_how_far_it_is(office, hung, monkeypatch):
    """The screen under the tapped button counts rows, and stays the person's once they have gone on."""
    seen = []

    async def slowly(job, _rows, progress, _wanted):
        for done in (1000, 2000):
            office.clock.turn(seconds=5)
            await progress(done, 3000)
            await office.bot.screens.idle()
            seen.append(hung.last.text)
            if done == 1000:
                hung.telegram.people.send(hung.user_id, "/trogiup")
                await office.bot.poller.poll_once()
                await office.bot.screens.idle()
        job.path.write_bytes(b"x")
        return 2000

    monkeypatch.setattr("handlers.export.export_aside", slowly)
    await hung.send("/xuat")
    await hung.tap("Tất cả các kỳ")
    await hung.tap("CSV")
    assert "1.000/3.000 dòng" in seen[0]
    assert "Kính chào" in seen[1]
    assert documents(office, hung) == [("so-lieu-all.zip", b"x")]
