"""Anything that can be done to nominations and reasons, row by row, in any order."""

from typing import Any

from hypothesis import strategies as st

from storage import entries
from storage.database import Session

MONTHS = ("2026-01", "2026-02", "2026-11")
KINDS = ("good_deed", "good_way", "exemplar")
PLACES = st.integers(0, 4)
UNITS = st.integers(1, 3)
TIMES = st.integers(0, 5)
MOVEMENTS = st.sampled_from(("null", "1", "2"))
SAY = st.tuples(st.just("say"), PLACES, st.integers(1, 5), st.sampled_from(KINDS), MOVEMENTS, TIMES)
STEPS = st.one_of(
    SAY,
    SAY,
    st.tuples(st.just("nominate"), UNITS, st.sampled_from(MONTHS)),
    st.tuples(st.just("withdraw"), PLACES),
    st.tuples(st.just("take back"), PLACES),
    st.tuples(st.just("change"), PLACES, st.sampled_from(KINDS), MOVEMENTS, TIMES),
    st.tuples(st.just("leave"), st.integers(1, 5)),
    st.tuples(st.just("merge"), PLACES, PLACES),
    st.tuples(st.just("split"), PLACES),
    st.tuples(st.just("move"), PLACES, UNITS, st.sampled_from(MONTHS)),
)


async def put(session: Session, table: str, **values: object) -> None:
    """Add a row, unless it is there."""
    cells = [str(one) if one == "null" or isinstance(one, int) else f"'{one}'" for one in values.values()]
    await session.execute(
        f"insert into {table} ({', '.join(values)}) values ({', '.join(cells)})"  # noqa: S608
        " on conflict do nothing"
    )


class History:
    """What is done one after the other; places in lists stand for rows."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def do(self, sort: str, *how: Any) -> None:
        """Do it, unless there is nothing to do it to."""
        await getattr(self, sort.replace(" ", "_"))(*how)

    async def nominate(self, unit_id: int, month: str) -> None:
        """A group is nominated."""
        made = len(await self.session.fetch("select id from nominations"))
        group = {"nominee_kind": "group", "nominee_key": f"n{made}", "nominee_name": "Tổ", "made_at": 0}
        await put(self.session, "nominations", **group, unit_id=unit_id, period=month)

    async def say(self, place: int, person_id: int, kind: str, movement_id: str, at: int) -> None:
        """Somebody gives a reason, unless they have."""
        if (one := await self._pick("nominations", place)) is not None:
            told = {"kind": kind, "movement_id": movement_id, "story": "x", "sent_at": at}
            await put(self.session, "endorsements", nomination_id=one["id"], nominator_id=person_id, **told)

    async def withdraw(self, place: int) -> None:
        """A reason is taken back."""
        await self._change(place, "withdrawn_at = 9")

    async def take_back(self, place: int) -> None:
        """It stands again."""
        await self._change(place, "withdrawn_at = null")

    async def change(self, place: int, kind: str, movement: str, at: int) -> None:
        """It is put otherwise."""
        await self._change(place, f"kind = '{kind}', movement_id = {movement}, sent_at = {at}")

    async def leave(self, person_id: int) -> None:
        """Everything somebody said falls at once."""
        await self.session.execute(
            f"update endorsements set withdrawn_at = 7 where nominator_id = {person_id}"  # noqa: S608
        )

    async def merge(self, place: int, other: int) -> None:
        """Two become one: what has no parts goes to what is no part."""
        one, into = await self._pick("nominations", place), await self._pick("nominations", other)
        if one is None or into is None or one["id"] == into["id"] or into["merged_into"] is not None:
            return
        parts = await self.session.fetch("select distinct merged_into from nominations")
        if one["merged_into"] is None and one["id"] not in {row["merged_into"] for row in parts}:
            await entries.set_merged(self.session, one["id"], into["id"])

    async def split(self, place: int) -> None:
        """A part stands for itself."""
        if (one := await self._pick("nominations", place)) is not None:
            await entries.set_merged(self.session, one["id"], None)

    async def move(self, place: int, unit_id: int, month: str) -> None:
        """It goes to another unit and month."""
        if (one := await self._pick("nominations", place)) is not None:
            await self.session.execute(
                f"update nominations set unit_id = {unit_id}, period = '{month}' where id = {one['id']}"  # noqa: S608
            )

    async def _change(self, place: int, what: str) -> None:
        if (one := await self._pick("endorsements", place)) is not None:
            await self.session.execute(f"update endorsements set {what} where id = {one['id']}")  # noqa: S608

    async def _pick(self, table: str, place: int) -> Any:
        rows = await self.session.fetch(f"select * from {table} order by id")  # noqa: S608
        return rows[place % len(rows)] if rows else None
