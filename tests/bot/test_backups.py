"""The nightly backup: at its hour, once, proved, the newest kept; what went wrong is told and tried again."""

import os
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.backups import Nightly, nightly_folder
from bot.config import Backup, Config, Storage
from storage import jobs
from storage.backup_files import UNFINISHED
from storage.backups import BACKUP, BadBackup, check_backup, restore_backup
from storage.database import Database, open_database
from tests.conftest import office_config
from tests.office import Hands

TWO_AT_NIGHT = datetime(2026, 11, 18, 19, tzinfo=UTC)
"""02:00 of the 19th in the office."""


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> Config:
    """A backup a night, three of them kept."""
    backup = Backup(keep=3, folder=str(tmp_path / "nightly"))
    return office_config(backup=backup, storage=Storage(database_url))


@pytest.fixture
def clock() -> Hands:
    """08:00 of the 18th in the office."""
    return Hands()


@pytest.fixture
async def nightly(database: Database, clock: Hands, config: Config) -> Nightly:
    """The worker, which has been asked once and so knows from when on it counts."""
    worker = Nightly(database, clock, config)
    assert not await worker.run_due()
    return worker


def made(config: Config) -> list[str]:
    folder = nightly_folder(config)
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


async def told(database: Database) -> list[str]:
    async with database.reading() as session:
        return [
            row["occurrence"] for row in await session.fetch("select occurrence from notices order by id")
        ]


async def test_the_first_backup_is_made_at_the_next_hour(nightly, clock, config):
    """Not at the first start, not a second early; once, and it holds the office."""
    clock.at = TWO_AT_NIGHT - timedelta(seconds=1)
    assert not await nightly.run_due()
    assert made(config) == []
    clock.at = TWO_AT_NIGHT
    assert await nightly.run_due()
    assert not await nightly.run_due()
    assert made(config) == ["guongsang-2026-11-19.db"]
    facts = await check_backup(nightly_folder(config) / "guongsang-2026-11-19.db")
    assert facts.rows["people"] == 12


async def test_a_bot_that_was_off_at_night_makes_it_in_the_morning(database, nightly, clock, config):
    """One for the last night, not one for each that was missed; a restart does not repeat it."""
    clock.at = TWO_AT_NIGHT + timedelta(days=4, hours=7)
    again = Nightly(database, clock, config)
    assert await again.run_due()
    assert not await Nightly(database, clock, config).run_due()
    assert made(config) == ["guongsang-2026-11-23.db"]


async def test_the_newest_are_kept_and_nothing_else_is_touched(nightly, clock, config):
    """As many as configured; files of other names stay."""
    folder = nightly_folder(config)
    folder.mkdir()
    others = ["before-0004.db", "guongsang-2020-01-01.db.txt", "guongsang.db", "kept-20200101-000000.db"]
    for name in others:
        (folder / name).write_text("của cơ quan")
    for night in range(5):
        clock.at = TWO_AT_NIGHT + timedelta(days=night)
        assert await nightly.run_due()
    assert made(config) == sorted([*others, *(f"guongsang-2026-11-{day}.db" for day in (21, 22, 23))])


async def test_switched_off_it_does_nothing(database, clock, config):
    """Not even count the nights."""
    worker = Nightly(database, clock, replace(config, backup=replace(config.backup, on=False)))
    for _ in range(3):
        clock.turn(days=1)
        assert not await worker.run_due()
    assert made(config) == []
    async with database.reading() as session:
        assert await jobs.watermark(session, BACKUP) is None


async def test_a_failure_is_told_once_a_night_and_tried_again_each_hour(database, nightly, clock, config):
    """The secretariat hears why; the next hour it is tried again, over a restart too."""
    nightly_folder(config).write_text("a file where the folder should be")
    clock.at = TWO_AT_NIGHT
    assert not await nightly.run_due()
    assert await told(database) == ["backup:2026-11-19"]
    clock.turn(minutes=59)
    nightly_folder(config).unlink()
    restarted = Nightly(database, clock, config)
    assert not await restarted.run_due()
    assert made(config) == []
    nightly_folder(config).write_text("again")
    clock.turn(minutes=1)
    assert not await restarted.run_due()
    assert await told(database) == ["backup:2026-11-19"]
    nightly_folder(config).unlink()
    clock.turn(hours=1)
    assert await restarted.run_due()
    assert made(config) == ["guongsang-2026-11-19.db"]


async def test_the_secretariat_reads_why(office, nightly, clock, config):
    """In a sentence, with what the system said."""
    hung = office.phone("hung")
    await hung.send("/start")
    nightly_folder(config).write_text("a file where the folder should be")
    clock.at = TWO_AT_NIGHT
    await nightly.run_due()
    office.clock.at = TWO_AT_NIGHT + timedelta(hours=6)
    await office.settle()
    (said,) = (one.text for one in hung.messages() if "không sao lưu được" in one.text)
    assert "19/11/2026" in said
    assert "File exists" in said


async def test_a_backup_that_proves_wrong_is_told_in_words(database, nightly, clock, config, monkeypatch):
    """What is wrong with it is a message of ours, put into the reader's language later."""

    async def made_wrong(_database: Database, _path: Path) -> None:
        raise BadBackup("backup.unproved")

    monkeypatch.setattr("bot.backups.make_backup", made_wrong)
    clock.at = TWO_AT_NIGHT
    assert not await nightly.run_due()
    assert made(config) == []
    async with database.reading() as session:
        (row,) = await session.fetch("select body from notices")
    assert '"why": {"id": "backup.unproved", "values": {}}' in row["body"]


async def test_what_a_killed_bot_left_half_made_is_cleared_away(nightly, clock, config):
    """Once it is old: somebody else may be writing a backup into the same folder."""
    folder = nightly_folder(config)
    for name, age_s in (("old", 90_000), ("young", 60)):
        left = folder / f"{UNFINISHED}{name}"
        left.mkdir(parents=True)
        (left / "x.db").write_text("nửa chừng")
        os.utime(left, (time.time() - age_s, time.time() - age_s))
    clock.at = TWO_AT_NIGHT
    assert await nightly.run_due()
    assert made(config) == [f"{UNFINISHED}young", "guongsang-2026-11-19.db"]


async def test_a_restore_does_not_write_over_last_nights(database, nightly, clock, config, database_url):
    """The next one is made the next night: the nights before it are of the data that was lost."""
    clock.at = TWO_AT_NIGHT
    await nightly.run_due()
    backup = nightly_folder(config) / "guongsang-2026-11-19.db"
    before = backup.read_bytes()
    await database.close()
    clock.turn(hours=9)
    await restore_backup(backup, database_url, clock.at)
    opened = await open_database(database_url)
    worker = Nightly(opened, clock, config)
    assert not await worker.run_due()
    assert backup.read_bytes() == before
    clock.turn(days=1)
    assert await worker.run_due()
    await opened.close()


def test_backups_lie_beside_the_data_unless_told_otherwise(tmp_path):
    """In a folder of their own beside an SQLite file; in the working folder for a server."""
    beside = office_config(storage=Storage("sqlite:////srv/x.db"))
    assert nightly_folder(beside) == Path("/srv/x.db.backups/nightly")
    server = office_config(storage=Storage("postgresql://h/x"))
    assert nightly_folder(server) == Path.cwd() / "guongsang.backups"
    assert nightly_folder(replace(server, backup=Backup(folder=str(tmp_path)))) == tmp_path
