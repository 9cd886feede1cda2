"""Phones that many of these tests take up."""

import pytest

from tests.office import Office
from tests.phones import Phone
from tests.posting import everybody


@pytest.fixture
def phones(office: Office) -> dict[str, Phone]:
    """Everybody's phone."""
    return everybody(office)


@pytest.fixture
def hung(phones: dict[str, Phone]) -> Phone:
    """The secretariat's phone."""
    return phones["hung"]
