"""`guongsang backup` and `restore` as whoever runs the server types them."""

import asyncio
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.__main__ import main
from bot.lock import hold_database
from bot.operations.erase_person import erase_again
from storage import people
from storage.migrating import open_migrated
from tests.office import START


@pytest.fixture
def folder(tmp_path, monkeypatch, sqlite_template):
    """The data folder of an office with people in it, to work in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "guongsang.db").write_bytes(sqlite_template.read_bytes())
    return tmp_path


@pytest.fixture
def command(folder) -> Callable[..., int]:
    """Types a command about the office's data."""

    def type_in(*words: str) -> int:
        return main([*words, "--data", str(folder)])

    return type_in


class Terminal(io.StringIO):
    """A keyboard with somebody at it."""

    def isatty(self) -> bool:
        return True


def change(path: Path, statement: str = "insert into movements (name) values ('mới hơn')") -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def count(path: Path, table: str = "movements") -> int:
    with closing(sqlite3.connect(path)) as connection:
        (n,) = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608
    return int(n)


def test_there_and_back(folder, command, capsys):
    """A backup beside the running bot, and the same data again once it has stopped."""
    with hold_database(f"sqlite:///{folder}/guongsang.db"):
        assert command("backup", "b.db") == 0
    said = capsys.readouterr().out
    assert "Đã sao lưu vào b.db và mở lại kiểm tra" in said
    assert "12 người, 4 đơn vị, 0 đề cử" in said
    before = count(folder / "guongsang.db")
    change(folder / "guongsang.db")
    assert command("restore", "b.db", "--yes") == 0
    said = capsys.readouterr().out
    assert "12 người" in said
    assert "Đã phục hồi từ b.db." in said
    assert "bộ phận thư ký sẽ được hỏi" in said
    assert count(folder / "guongsang.db") == before
    (kept,) = (folder / "guongsang.db.backups").glob("kept-*.db")
    assert str(kept) in said
    assert count(kept) == before + 1


def test_who_was_erased_stays_erased(folder, command, capsys):
    """A backup of before has their name: it is emptied again, and they are named by code."""
    asyncio.run(_erase(folder, "cu"))
    command("backup", "b.db")
    asyncio.run(_erase(folder, "duc"))
    capsys.readouterr()
    assert command("restore", "b.db", "--yes") == 0
    said = capsys.readouterr().out
    assert "Đã xóa lại dữ liệu cá nhân của 1 người được xóa sau ngày sao lưu: duc" in said
    with closing(sqlite3.connect(folder / "guongsang.db")) as connection:
        names = dict(connection.execute("select code, full_name from people").fetchall())
    assert names["duc"] == names["cu"] == ""
    assert names["lan"] == "Nguyễn Thị Lan"
    assert count(folder / "guongsang.db", "notices") == 0


def test_who_was_erased_is_asked_for_where_nobody_can_know(folder, command, capsys):
    """The data of before is gone or damaged."""
    command("backup", "b.db")
    (folder / "guongsang.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    assert command("restore", "b.db", "--yes") == 0
    assert "không biết ai đã xóa dữ liệu cá nhân" in capsys.readouterr().out


def test_a_restore_refuses_while_the_bot_runs(folder, command, capsys):
    """It says to stop it first, and changes nothing."""
    assert command("backup", "b.db") == 0
    change(folder / "guongsang.db")
    changed = count(folder / "guongsang.db")
    with hold_database(f"sqlite:///{folder}/guongsang.db"):
        assert command("restore", "b.db", "--yes") == 1
    assert "Xin dừng trợ lý trước" in capsys.readouterr().err
    assert count(folder / "guongsang.db") == changed


@pytest.mark.parametrize(
    ("typed", "code"), [("có\n", 0), ("CO\u0301\n", 0), ("yes\n", 0), ("co\n", 1), ("\n", 1), ("", 1)]
)
def test_a_person_is_asked_first(folder, command, capsys, monkeypatch, typed, code):
    """Anything but a plain yes leaves the data as it is, and says so."""
    command("backup", "b.db")
    change(folder / "guongsang.db")
    changed = count(folder / "guongsang.db")
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    capsys.readouterr()
    assert command("restore", "b.db") == code
    said = capsys.readouterr().out
    assert "Gõ “có” để tiếp tục" in said
    assert ("Không phục hồi" in said) == bool(code)
    assert count(folder / "guongsang.db") == changed - (not code)


def test_a_script_must_say_yes(folder, command, capsys, monkeypatch):
    """Where nobody can be asked nothing is restored unless told on the command line."""
    command("backup", "b.db")
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    assert command("restore", "b.db") == 1
    assert "--yes" in capsys.readouterr().err
    assert not (folder / "guongsang.db.backups").exists()


def test_the_database_is_not_its_own_backup(folder, command, capsys):
    """Neither written over by a copy of itself nor restored from itself, by whatever name."""
    (folder / "link.db").symlink_to(folder / "guongsang.db")
    (folder / "hard.db").hardlink_to(folder / "guongsang.db")
    before = (folder / "guongsang.db").stat().st_ino
    for name in ("guongsang.db", "./guongsang.db", "link.db", "hard.db", "guongsang.db-wal"):
        assert command("backup", name) == 1
        assert "chính là tệp dữ liệu đang dùng" in capsys.readouterr().err
    assert command("restore", "hard.db", "--yes") == 1
    assert "chính là dữ liệu đang dùng" in capsys.readouterr().err
    assert (folder / "guongsang.db").stat().st_ino == before


def _missing(folder: Path) -> str:
    return "missing.db"


def _text(folder: Path) -> str:
    (folder / "people.csv").write_text("Mã,Họ tên,Đơn vị\n")
    return "people.csv"


def _damaged(folder: Path) -> str:
    main(["backup", "b.db", "--data", str(folder)])
    whole = (folder / "b.db").read_bytes()
    (folder / "b.db").write_bytes(whole[: len(whole) // 2])
    return "b.db"


def _newer(folder: Path) -> str:
    main(["backup", "b.db", "--data", str(folder)])
    change(folder / "b.db", "insert into migrations values (999, 'later')")
    return "b.db"


UNUSABLE: dict[str, tuple[Callable[[Path], str], str]] = {
    "missing": (_missing, "Không có tệp missing.db"),
    "something else": (_text, "people.csv không phải là bản sao lưu"),
    "damaged": (_damaged, "b.db đã hỏng"),
    "newer": (_newer, "phiên bản mới hơn tạo ra (bước 999"),
}


@pytest.mark.parametrize(("make", "why"), UNUSABLE.values(), ids=UNUSABLE)
def test_what_cannot_be_restored_is_explained(folder, command, capsys, make, why):
    """In a sentence, with the data as it was."""
    name = make(folder)
    before = (folder / "guongsang.db").read_bytes()
    assert command("restore", name, "--yes") == 1
    said = capsys.readouterr().err
    assert why in said
    assert "Traceback" not in said
    assert (folder / "guongsang.db").read_bytes() == before
    assert not (folder / "guongsang.db.backups").exists()


def test_a_backup_needs_data_and_a_folder(folder, command, capsys):
    """Without either it says what is missing and writes nothing."""
    assert command("backup", "nowhere/b.db") == 1
    assert "nowhere" in capsys.readouterr().err
    (folder / "guongsang.db").unlink()
    assert command("backup", "b.db") == 1
    assert "Chưa có dữ liệu" in capsys.readouterr().err
    assert not (folder / "b.db").exists()


def test_where_there_is_nothing_yet(folder, command, capsys):
    """A new machine: the backup becomes the data, and nothing had to be kept."""
    command("backup", "b.db")
    (folder / "guongsang.db").unlink()
    capsys.readouterr()
    assert command("restore", "b.db", "--yes") == 0
    said = capsys.readouterr().out
    assert "được giữ ở" not in said
    assert count(folder / "guongsang.db", "people") == 12


def test_from_one_database_to_the_other(folder, command, capsys, postgres):
    """An office moves to PostgreSQL and back by the same two commands."""
    url = postgres.format(name="moving_office")
    asyncio.run(_create(postgres, "moving_office"))
    (folder / "server.toml").write_text(f'[storage]\nurl = "{url}"\n')
    on_server = ("--config", str(folder / "server.toml"))
    assert command("backup", "a.db") == 0
    assert main(["restore", "a.db", "--yes", *on_server]) == 0
    asyncio.run(_add_movement(url))
    assert main(["backup", "b.db", *on_server]) == 0
    assert command("restore", "b.db", "--yes") == 0
    assert "12 người" in capsys.readouterr().out
    assert count(folder / "guongsang.db") == count(folder / "a.db") + 1


async def _erase(folder: Path, code: str) -> None:
    database = await open_migrated(f"sqlite:///{folder}/guongsang.db", synchronous="OFF")
    async with database.transaction() as session:
        person = await people.find_by_code(session, code)
        assert person
        await erase_again(session, [person.id], START)
    await database.close()


async def _create(server: str, name: str) -> None:
    connection = await asyncpg.connect(server.format(name="postgres"))
    await connection.execute(f"create database {name}")
    await connection.close()


async def _add_movement(url: str) -> None:
    database: Any = await open_migrated(url)
    async with database.transaction() as session:
        await session.execute("insert into movements (name) values ('ở máy chủ')")
    await database.close()
