"""Whom a message to many is for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.audience import Audience, read_audience
from bot.domain.people import Person, PersonId, Post, UnitId
from bot.domain.roles import Role

CODES = {UnitId(1): "HCTC", UnitId(2): "TH"}
DAY = date(2026, 6, 11)


def person(unit: int, *posts: Post) -> Person:
    """Somebody of a unit."""
    return Person(PersonId(1), "NV1", "Nguyễn Văn An", "", UnitId(unit), "", posts=posts)


CLERK = person(1)
HEAD_OF_1 = person(1, Post(Role.UNIT_HEAD, UnitId(1)))
ACTING_FOR_2 = person(1, Post(Role.DEPUTY, UnitId(2), date(2026, 6, 1), date(2026, 6, 30)))


@pytest.mark.parametrize(
    ("audience", "who", "day", "included"),
    [
        (Audience(), CLERK, DAY, True),
        (Audience(roles=(Role.EMPLOYEE,)), CLERK, DAY, True),
        (Audience(units=("HCTC",)), CLERK, DAY, True),
        (Audience(units=("TH",)), CLERK, DAY, False),
        (Audience(units=("TH", "HCTC"), roles=(Role.EMPLOYEE,)), CLERK, DAY, True),
        (Audience(roles=(Role.UNIT_HEAD,)), CLERK, DAY, False),
        (Audience(roles=(Role.LEADER, Role.UNIT_HEAD)), HEAD_OF_1, DAY, True),
        (Audience(units=("TH",), roles=(Role.UNIT_HEAD,)), HEAD_OF_1, DAY, False),
        (Audience(units=("TH",), roles=(Role.DEPUTY,)), ACTING_FOR_2, DAY, True),
        (Audience(units=("HCTC",), roles=(Role.DEPUTY,)), ACTING_FOR_2, DAY, False),
        (Audience(units=("TH",), roles=(Role.DEPUTY,)), ACTING_FOR_2, date(2026, 7, 1), False),
        (Audience(units=("gone",)), CLERK, DAY, False),
    ],
)
def test_who_is_in_it(audience, who, day, included):
    """By the unit one works in, or the unit for which one holds a role on that day."""
    assert audience.includes(who, CODES, day) is included


@given(st.sets(st.text()), st.sets(st.sampled_from(Role)))
def test_it_is_written_and_read_again(units, roles):
    """Nothing is lost, and the same people are written down the same."""
    audience = Audience(tuple(sorted(units)), tuple(sorted(roles)))
    assert read_audience(audience.as_json()) == audience
    assert Audience(audience.units[::-1], audience.roles[::-1]).as_json() == audience.as_json()


def test_what_is_missing_is_everybody_and_a_role_that_is_none_is_refused():
    """The rows' default is {}."""
    assert read_audience({}) == Audience()
    with pytest.raises(ValueError, match="king"):
        read_audience({"roles": ["king"]})
