"""Whom a message to many is for."""

from dataclasses import dataclass

from bot.domain.roles import Role


@dataclass(frozen=True)
class Audience:
    """People of some units (their codes) who hold one of some roles; empty is everybody."""

    units: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
