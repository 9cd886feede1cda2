"""The words people write in a roster for what somebody is."""

import re

from bot.domain.names import fold
from bot.domain.roles import Role

_WORDS = {
    Role.EMPLOYEE: "employee; staff; nhan vien; chuyen vien; nguoi lao dong; cong chuc; vien chuc; can bo",
    Role.UNIT_HEAD: "unit head; head; truong don vi; truong phong; thu truong; truong ban; giam doc",
    Role.DEPUTY: "deputy; pho; cap pho; pho truong don vi; pho truong phong; pho phong; pho truong ban; "
    "pho giam doc",
    Role.SECRETARIAT: "secretariat; secretary; thu ky; hctc",
    Role.LEADER: "leader; lanh dao; lanh dao van phong; chanh van phong; pho chanh van phong",
}
_ROLE_OF = {word: role for role, words in _WORDS.items() for word in words.split("; ")}
_SEPARATORS = re.compile(r"[,;/\n\r]+")


def parse_roles(text: str) -> tuple[frozenset[Role], tuple[str, ...]]:
    """The roles a cell names, and the words in it that name none.

    Roles are separated by `,` `;` `/` or a new line, in English or Vietnamese, with accents or without.
    `employee` is always among them, so an empty cell is an employee.
    """
    words = [word.strip() for word in _SEPARATORS.split(text) if word.strip()]
    found = {word: _ROLE_OF.get(fold(word)) for word in words}
    roles = {role for role in found.values() if role is not None}
    return frozenset(roles | {Role.EMPLOYEE}), tuple(word for word, role in found.items() if role is None)
