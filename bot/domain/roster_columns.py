"""The tables of files that people send in, and how their sheets and columns may be headed."""

from collections.abc import Sequence
from typing import Literal

from bot.domain.names import fold

Kind = Literal["units", "people", "deputies", "nominations"]

ROSTER: tuple[Kind, ...] = ("units", "people", "deputies")
"""The tables of a roster file."""

_SHEETS: dict[Kind, str] = {
    "units": "units; unit; don vi; cac don vi; phong ban; danh sach don vi",
    "people": "people; person; staff; roster; nhan su; can bo; danh sach; danh sach can bo; "
    "danh sach nhan su",
    "deputies": "deputies; deputy; cap pho; pho; danh sach cap pho",
    "nominations": "nominations; nomination; de cu; cac de cu; danh sach de cu; phieu de cu",
}

COLUMNS: dict[Kind, dict[str, str]] = {
    "units": {
        "code": "code; unit code; ma; ma so; ma don vi",
        "name": "name; unit name; ten; ten don vi; don vi",
        "short_names": "short names; short name; ten tat; viet tat; ten viet tat",
        "parent": "parent; don vi cha; truc thuoc; don vi cap tren",
        "from": "from; from on; tu ngay; tu",
        "to": "to; to on; den ngay; den",
    },
    "people": {
        "code": "code; ma; ma so; ma can bo; ma nhan vien; ma cb; ma nv",
        "full_name": "full name; name; ho ten; ho va ten; ho va ten can bo",
        "post": "post; position; chuc vu; chuc danh",
        "unit": "unit; don vi; phong ban; phong; ma don vi; don vi cong tac",
        "role": "role; roles; vai tro",
        "phone": "phone; mobile; dien thoai; so dien thoai; sdt; di dong",
        "telegram_id": "telegram id; telegram; ma telegram; id telegram",
        "deputy_of": "deputy of; pho cho don vi; pho don vi; cap pho cua; lam pho cho",
        "from": "from; from on; deputy from; tu ngay; tu; pho tu ngay",
        "to": "to; to on; deputy to; den ngay; den; pho den ngay",
    },
    "deputies": {
        "code": "code; person; person code; ma; ma so; ma can bo; ma nhan vien; ma cb; ma nv",
        "deputy_of": "deputy of; unit; pho cho don vi; pho don vi; cap pho cua; lam pho cho; don vi; "
        "ma don vi",
        "from": "from; from on; tu ngay; tu",
        "to": "to; to on; den ngay; den",
        "full_name": "full name; name; ho ten; ho va ten",
    },
    "nominations": {
        "nominator": "nominator; nguoi de cu; ma nguoi de cu; ho ten nguoi de cu; ho va ten nguoi de cu",
        "nominator_unit": "nominator unit; nominator s unit; unit of the nominator; don vi nguoi de cu; "
        "don vi cua nguoi de cu",
        "form": "nominee form; form; who or what; doi tuong; hinh thuc",
        "nominee": "nominee; nguoi duoc de cu; duoc de cu; ca nhan tap the duoc de cu; "
        "nguoi tap the duoc de cu; ma nguoi duoc de cu; ho ten nguoi duoc de cu",
        "nominee_unit": "nominee unit; nominee s unit; unit of the nominee; don vi duoc de cu; "
        "don vi nguoi duoc de cu",
        "kind": "kind; loai; loai guong; loai hinh",
        "movement": "movement; phong trao; phong trao thi dua",
        "story": "story; deed; noi dung; viec lam; thanh tich; viec lam ket qua; noi dung viec lam; ly do",
        "dated_on": "date; date on the sheet; ngay; ngay ghi phieu; ngay tren phieu; ngay phieu",
    },
}
"""Field → the headings that mean it, folded. A deputy's name is only for the reader."""

REQUIRED: dict[Kind, tuple[str, ...]] = {
    "units": ("code", "name"),
    "people": ("code", "full_name", "unit"),
    "deputies": ("code", "deputy_of"),
    "nominations": ("nominator", "nominee", "story", "dated_on"),
}

_FIELD_OF = {
    kind: {heading: field for field, headings in fields.items() for heading in headings.split("; ")}
    for kind, fields in COLUMNS.items()
}
_PASSED_OVER = frozenset(["stt", "tt", "so tt", "so thu tu", "no", "ghi chu", "note", "notes"])


def field_of(kind: Kind, heading: str) -> str | None:
    """The field a heading means: "" for one that is passed over (STT, Ghi chú), None for an unknown one."""
    words = fold(heading)
    return "" if words in _PASSED_OVER else _FIELD_OF[kind].get(words)


def kind_of_table(sheet: str, headings: Sequence[str], kinds: Sequence[Kind] = ROSTER) -> Kind | None:
    """What a row of headings shows a table to hold: one of `kinds`, all of whose required columns it has.

    Where several fit (“Mã, Đơn vị” heads units and deputies), the one the sheet is named for, else the one
    that understands most headings.
    """
    known = {kind: {field_of(kind, heading) for heading in headings} for kind in kinds}
    fits = [kind for kind in kinds if known[kind].issuperset(REQUIRED[kind])]
    named = kind_of_sheet(sheet, kinds)
    if named in fits:
        return named
    return max(fits, key=lambda kind: len(known[kind] - {"", None}), default=None)


def kind_of_sheet(name: str, kinds: Sequence[Kind] = ROSTER) -> Kind | None:
    """What the name of a sheet, or of a file without its ending, says it holds."""
    words = fold(name)
    return next((kind for kind in kinds if words in _SHEETS[kind].split("; ")), None)
