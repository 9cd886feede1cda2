"""What the head of a unit is called where a document is signed, and when a deputy signs in their place."""

from bot.domain.records import IN_PLACE_OF, Signature

_HEADS = (
    ("phòng", "Trưởng phòng"),
    ("ban", "Trưởng ban"),
    ("trung tâm", "Giám đốc"),
    ("bộ phận", "Trưởng bộ phận"),
    ("tổ", "Tổ trưởng"),
)
"""By the first words of the unit's name."""
_ANY_HEAD = "Thủ trưởng đơn vị"
_DEPUTY = "Phó "


def head_post_of(unit_name: str) -> str:
    """The post of a unit's head, by what kind of unit it is: “Giám đốc” of a Trung tâm."""
    name = unit_name.casefold()
    return next((post for kind, post in _HEADS if name.startswith(f"{kind} ")), _ANY_HEAD)


def is_deputy_post(post: str) -> bool:
    """Whether a post of the roster is a deputy's: “Phó Trưởng phòng”."""
    return post.casefold().startswith(_DEPUTY.casefold())


def sign_for(unit_name: str, name: str, post: str) -> Signature:
    """The signature of who is in charge of a unit, who has a post on the roster ("": not known).

    A deputy in charge signs in the head's place (KT., NĐ 30/2020, Điều 13.1), whatever the head is called.
    """
    head = head_post_of(unit_name)
    if not is_deputy_post(post):
        return Signature((_bare(post or head, head).upper(),), name)
    of_head = _bare(post[len(_DEPUTY) :].strip(), head)
    if head == _ANY_HEAD:
        head = of_head
    return Signature((f"{IN_PLACE_OF} {head.upper()}", f"{_DEPUTY}{of_head}".upper()), name)


def _bare(post: str, head: str) -> str:
    """A post without the unit that the document's head names: “Giám đốc Trung tâm Tin học”."""
    return head if post.casefold().startswith(head.casefold()) else post
