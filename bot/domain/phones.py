"""Phone numbers, written one way: a `+`, the country, the number."""

import re

_FILLING = re.compile(r"[\s.\-()\u2010-\u2015]")
_WITHIN_VIETNAM = re.compile(r"[35789]\d{8}|2\d{9}")
_ABROAD = re.compile(r"\+(?!84)[1-9]\d{7,14}")


def normal_phone(text: str) -> str | None:
    """The number as `+84…`, or None where it is no phone number.

    Vietnamese mobile numbers (nine digits after the 0 or 84) and land lines (ten, beginning with 2) are
    understood with 0, 84, 0084 or +84 before them or, as Excel leaves them, with the 0 lost. A number of
    another country needs its `+`.
    """
    digits = _FILLING.sub("", text)
    if not digits.isascii():
        return None
    if _ABROAD.fullmatch(digits):
        return digits
    within = re.sub(r"^(\+84|0084|84(?=\d{9})|0)0?", "", digits)
    return f"+84{within}" if _WITHIN_VIETNAM.fullmatch(within) else None
