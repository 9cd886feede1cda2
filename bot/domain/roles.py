"""What a person may be in the office."""

from enum import StrEnum


class Role(StrEnum):
    """A person may have several; everyone on the roster is an employee too."""

    EMPLOYEE = "employee"
    UNIT_HEAD = "unit_head"
    DEPUTY = "deputy"
    SECRETARIAT = "secretariat"
    LEADER = "leader"
