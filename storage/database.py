"""The database: SQLite by default, PostgreSQL by its address. The only code that knows the difference.

Queries stand in `.sql` files beside the repositories, written once for both, named ``file.query``. A few
words in them are translated here: ``{id}`` in a migration is the identity column; ``each_text(:x)`` and
``each_int(:x)`` are the elements of a JSON array given as text, ``text_rows(:x)`` the same as a table with
the column `value`; ``json_rows(:x, code text, unit_id bigint)`` are the rows of an array of arrays, with the
columns named. A query behind the line ``-- counted`` has one beside it, `…_n`, that counts its rows.
"""

import asyncio
import json
import re
import sqlite3
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol, TypeVar

import aiosql
import aiosqlite
import asyncpg
from aiosql.adapters.aiosqlite import AioSQLiteAdapter

Row = Mapping[str, Any]
T = TypeVar("T")

BUSY_S = 10
"""How long somebody else's writing to an SQLite file is waited for."""
UNAVAILABLE = (
    sqlite3.OperationalError,
    asyncpg.PostgresConnectionError,
    asyncpg.TransactionRollbackError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    OSError,
)
"""What is raised when the database cannot be reached, is full, is locked or gives up: worth another try."""

_WORDS = {
    "sqlite": (
        (r"each_text\(:(\w+)\)", r"(select value from json_each(:\1))"),
        (r"each_int\(:(\w+)\)", r"(select value from json_each(:\1))"),
        (r"text_rows\(:(\w+)\)", r"json_each(:\1)"),
        (r"string_agg\(", r"group_concat("),
        (r"for_update_(skip_locked|waiting)", r""),
    ),
    "postgresql": (
        # An array is known before the query begins, and looked up in an index.
        (
            r"(?<!not )in each_text\(:(\w+)\)",
            r"= any(array(select jsonb_array_elements_text(cast(:\1 as jsonb))))",
        ),
        (
            r"(?<!not )in each_int\(:(\w+)\)",
            r"= any(array(select cast(jsonb_array_elements_text(cast(:\1 as jsonb)) as bigint)))",
        ),
        (r"each_text\(:(\w+)\)", r"(select jsonb_array_elements_text(cast(:\1 as jsonb)))"),
        (r"each_int\(:(\w+)\)", r"(select cast(jsonb_array_elements_text(cast(:\1 as jsonb)) as bigint))"),
        (r"for_update_skip_locked", r"for update skip locked"),
        (r"for_update_waiting", r"for no key update"),
        (r"text_rows\(:(\w+)\)", r"jsonb_array_elements_text(cast(:\1 as jsonb)) as texts (value)"),
    ),
}


def _sqlite_rows(found: re.Match[str]) -> str:
    columns = [column.split()[0] for column in found[2].split(", ")]
    cells = ", ".join(f"json_extract(value, '$[{n}]') as {column}" for n, column in enumerate(columns))
    return f"(select {cells} from json_each(:{found[1]}))"  # noqa: S608 - out of our own .sql files


def _postgresql_rows(found: re.Match[str]) -> str:
    columns = [column.split() for column in found[2].split(", ")]
    cells = ", ".join(
        f"cast(cells ->> {n} as {sort}) as {column}" for n, (column, sort) in enumerate(columns)
    )
    return f"(select {cells} from jsonb_array_elements(cast(:{found[1]} as jsonb)) as given (cells))"  # noqa: S608


_JSON_ROWS = {"sqlite": _sqlite_rows, "postgresql": _postgresql_rows}


_COUNTED = re.compile(r"-- counted\n(-- name: (\w+)(\([^)]*\))\n(.*?);\n)", re.DOTALL)


def _with_count(found: re.Match[str]) -> str:
    counting = f"select count(*) from ({found[4]}) as counted"  # noqa: S608 - out of our own .sql files
    return f"{found[1]}\n-- name: {found[2]}_n{found[3]}$\n{counting};\n"


class _OneHopAdapter(AioSQLiteAdapter):
    """aiosqlite hands every call to its thread and waits: one such hop a query instead of three."""

    async def select(self, conn, _query_name, sql, parameters, record_class=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, ARG002
        for row in await conn.execute_fetchall(sql, parameters):
            yield row

    async def select_one(self, conn, _query_name, sql, parameters, record_class=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, ARG002
        rows = await conn.execute_fetchall(sql, parameters)
        return rows[0] if rows else None

    async def insert_update_delete(self, conn, _query_name, sql, parameters):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        await conn.execute_fetchall(sql, parameters)


aiosql.register_adapter("aiosqlite_one_hop", _OneHopAdapter)


class _Queries(dict[str, Any]):
    """Queries by name; those of a file are read when the first of them is asked for."""

    def __init__(self, dialect: str) -> None:
        super().__init__()
        self._dialect = dialect

    def __missing__(self, name: str) -> Any:
        self.read(name.partition(".")[0])
        if name in self:
            return self[name]
        raise KeyError(name)

    def read(self, noun: str) -> None:
        """Have all of a file's queries at hand."""
        queries = _read_queries(noun, self._dialect)
        self.update({f"{noun}.{name}": getattr(queries, name) for name in queries.available_queries})


@cache
def _queries(dialect: str) -> _Queries:
    return _Queries(dialect)


def _read_queries(noun: str, dialect: str) -> Any:
    text = files("storage").joinpath(f"{noun}.sql").read_text(encoding="utf-8")
    for word, meaning in _WORDS[dialect]:
        text = re.sub(word, meaning, text)
    text = re.sub(r"json_rows\(:(\w+), ([\w, ]+)\)", _JSON_ROWS[dialect], text)
    text = _COUNTED.sub(_with_count, text)
    driver = {"sqlite": "aiosqlite_one_hop", "postgresql": "asyncpg"}[dialect]
    return aiosql.from_str(text, driver)


class Session:
    """One transaction: what repositories speak to. Rows answer ``row["column"]``."""

    def __init__(self, connection: Any, queries: Mapping[str, Any]) -> None:
        self._connection = connection
        self._queries = queries
        self._after: list[Callable[[], None]] = []

    async def one(self, name: str, /, **values: object) -> Row | None:
        """The first row of query `name`, or None. The query is declared with ``^``."""
        row: Row | None = await self._queries[name](self._connection, **values)
        return row

    async def all(self, name: str, /, **values: object) -> list[Row]:
        """Every row of query `name`."""
        return [row async for row in self._queries[name](self._connection, **values)]

    async def value(self, name: str, /, **values: object) -> Any:
        """The one value of query `name`, declared with ``$``."""
        return await self._queries[name](self._connection, **values)

    async def pieces(self, name: str, most: int, /, **values: object) -> AsyncGenerator[list[Row], None]:
        """The rows of query `name` as they are found, `most` at a time: for what is too long to be held."""
        async with self._queries[f"{name}_cursor"](self._connection, **values) as cursor:
            if isinstance(self._connection, aiosqlite.Connection):
                fetch = cursor.fetchmany
            else:
                fetch = (await cursor).fetch
            while rows := list(await fetch(most)):
                yield rows

    async def run(self, name: str, /, **values: object) -> None:
        """Carry out query `name`, declared with ``!``."""
        await self._queries[name](self._connection, **values)

    async def execute(self, statement: str) -> None:
        """Carry out one statement of a migration."""
        await self.fetch(statement)

    async def fetch(self, statement: str) -> Sequence[Row]:
        """The rows of a statement that stands in no `.sql` file: the schema's own bookkeeping."""
        if isinstance(self._connection, aiosqlite.Connection):
            rows: Any = await self._connection.execute_fetchall(statement)
        else:
            rows = await self._connection.fetch(statement)
        found: Sequence[Row] = list(rows)
        return found

    def after_commit(self, act: Callable[[], None]) -> None:
        """Call `act` once the transaction is durable, never if it is rolled back."""
        self._after.append(act)

    def committed(self) -> None:
        """Called by the database alone, behind the commit."""
        for act in self._after:
            act()


def each(values: Sequence[object]) -> str:
    """A list as ``each_text`` and ``each_int`` take it."""
    return json.dumps(list(values), ensure_ascii=False)


class Database(Protocol):
    """What the rest of the house knows of a database."""

    dialect: str

    def transaction(self) -> "AsyncContext":
        """A durable change: committed when the block ends, rolled back when it raises."""

    def reading(self) -> "AsyncContext":
        """A steady view that changes nothing and does not stand in writers' way."""

    async def size(self) -> int:
        """Bytes that everything takes."""

    async def close(self) -> None:
        """Let go of every connection."""


AsyncContext = Any  # an async context manager of Session; spelled out it says less


class SqliteDatabase:
    """One serialised writer and one reader on a file; every commit reaches the disk (`synchronous=FULL`)."""

    dialect = "sqlite"

    def __init__(self, path: Path, writer: aiosqlite.Connection | None, reader: aiosqlite.Connection) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._write_turn = asyncio.Lock()
        self._read_turn = asyncio.Lock()
        self._queries = _queries("sqlite")

    @classmethod
    async def open(
        cls, path: Path, *, synchronous: str = "FULL", read_only: bool = False
    ) -> "SqliteDatabase":
        """Open the file, making it where it is missing; `read_only` needs it to be there."""
        if read_only and not path.is_file():  # noqa: ASYNC240 - one look; aiosqlite leaves a thread behind
            raise FileNotFoundError(path)
        writer = None if read_only else await _connect(f"file:{_uri(path)}")
        try:
            if writer:
                for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON"):
                    await writer.execute_fetchall(f"pragma {pragma}")
            reader = await _connect(f"file:{_uri(path)}?mode=ro")
        except BaseException:
            if writer:
                await writer.close()
            raise
        return cls(path, writer, reader)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        if self._writer is None:
            raise PermissionError("opened for reading")
        async with self._write_turn:
            session = Session(self._writer, self._queries)
            try:
                await _finished(self._writer.execute_fetchall("begin immediate"))
                yield session
                await _finished(self._commit(session))
            except BaseException:
                if self._writer.in_transaction:
                    await _finished(self._writer.execute_fetchall("rollback"))
                raise

    async def _commit(self, session: Session) -> None:
        assert self._writer is not None  # noqa: S101 - a transaction has begun
        await self._writer.execute_fetchall("commit")
        session.committed()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Session]:
        async with self._read_turn:
            try:
                await _finished(self._reader.execute_fetchall("begin"))
                yield Session(self._reader, self._queries)
            finally:
                if self._reader.in_transaction:
                    await _finished(self._reader.execute_fetchall("rollback"))

    async def size(self) -> int:
        return await asyncio.to_thread(_size, self.path)

    async def copy_to(self, path: Path) -> None:
        """A consistent copy of the whole file."""
        async with aiosqlite.connect(path) as target:
            await self._reader.backup(target)

    async def close(self) -> None:
        try:
            await _finished(self._reader.close())
        finally:
            if self._writer is not None:
                await _finished(self._writer.close())


class PostgresDatabase:
    """A pool of connections to a server; commits as durable as the server is set to make them."""

    dialect = "postgresql"

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._queries = _queries("postgresql")

    @classmethod
    async def open(cls, url: str, *, connections: int = 8, read_only: bool = False) -> "PostgresDatabase":
        """Connect to `url` (postgresql://user:password@host:port/name)."""
        settings = {"default_transaction_read_only": "on" if read_only else "off"}
        pool = await asyncpg.create_pool(url, min_size=1, max_size=connections, server_settings=settings)
        return cls(pool)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        async with self._pool.acquire() as connection:
            session = Session(connection, self._queries)
            change = connection.transaction()
            await _finished(change.start())
            try:
                yield session
            except BaseException:
                await _finished(change.rollback())
                raise
            await _finished(self._commit(change, session))

    async def _commit(self, change: Any, session: Session) -> None:
        await change.commit()
        session.committed()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Session]:
        async with (
            self._pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            yield Session(connection, self._queries)

    async def size(self) -> int:
        async with self._pool.acquire() as connection:
            return int(await connection.fetchval("select pg_database_size(current_database())"))

    async def close(self) -> None:
        await self._pool.close()


async def open_database(url: str, *, synchronous: str = "FULL", read_only: bool = False) -> Database:
    """The database at `url`: ``sqlite:///path`` or ``postgresql://…``.

    Raises OSError, sqlite3.Error or asyncpg.PostgresError where it cannot be opened.
    """
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        return await SqliteDatabase.open(path, synchronous=synchronous, read_only=read_only)
    return await PostgresDatabase.open(url, read_only=read_only)


async def _connect(uri: str) -> aiosqlite.Connection:
    connection = aiosqlite.connect(uri, uri=True, isolation_level=None, timeout=BUSY_S)
    try:
        await _finished(connection)
    except BaseException:
        await connection.close()  # or its thread would keep the process from ending
        raise
    connection.row_factory = sqlite3.Row
    return connection


def _uri(path: Path) -> str:
    return str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _size(path: Path) -> int:
    """The file with what it keeps beside itself."""
    beside = (path, path.with_name(path.name + "-wal"))
    return sum(file.stat().st_size for file in beside if file.exists())


async def _finished(call: Awaitable[T]) -> T:
    """Await `call` to its end even if the task is cancelled meanwhile, then let the cancellation through."""
    running = asyncio.ensure_future(call)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        while not running.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([running])
        raise
