"""Everything in a database, to see that nothing has changed."""

from storage.database import Database, Session


async def dump(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    async with database.reading() as session:
        return {table: await _rows(session, table) for table in await _tables(session, database.dialect)}


async def _rows(session: Session, table: str) -> list[tuple[object, ...]]:
    rows = await session.fetch(f'select * from "{table}"')  # noqa: S608 - a table of ours
    return sorted((tuple(row[key] for key in row.keys()) for row in rows), key=repr)  # noqa: SIM118


async def _tables(session: Session, dialect: str) -> list[str]:
    source = {
        "sqlite": "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
        "postgresql": "select tablename as name from pg_tables where schemaname = 'public'",
    }
    return [row["name"] for row in await session.fetch(source[dialect])]
