"""Databases that nobody has written to, on both dialects."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from storage.database import Database, open_database
from tests.conftest import DATABASES


@pytest.fixture(params=DATABASES)
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'fresh.db'}"
        return
    server: str = request.getfixturevalue("postgres")
    name = f"fresh_{uuid.uuid4().hex}"
    asyncio.run(_create(server, name))
    yield server.format(name=name)


@pytest.fixture
async def fresh(fresh_url: str) -> AsyncIterator[Database]:
    """It, opened."""
    opened = await open_database(fresh_url, synchronous="OFF")
    yield opened
    await opened.close()


async def _create(server: str, name: str) -> None:
    connection = await asyncpg.connect(server.format(name="postgres"))
    await connection.execute(f"create database {name}")
    await connection.close()
