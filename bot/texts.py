"""Everything a person reads: catalogs compiled at start, values escaped for Telegram's HTML."""

import gettext
import re
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from functools import cache
from html import escape, unescape
from importlib.resources import files
from io import BytesIO

from babel.dates import format_date, format_datetime, get_day_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot.domain.nominations import Kind
from bot.domain.periods import read_period
from bot.domain.writing import capital

LOCALES = ("vi", "en")
DEFAULT_LOCALE = "vi"
_TAG = re.compile(r"<[^>]*>")


class Html(str):
    """Text that is Telegram HTML already: values of this type are not escaped again."""

    __slots__ = ()


def N_(message_id: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark a message id for extraction where it is used through a variable."""
    return message_id


KINDS = {
    Kind.GOOD_DEED: N_("kind.good_deed"),
    Kind.EXEMPLAR: N_("kind.exemplar"),
    Kind.NEW_FACTOR: N_("kind.new_factor"),
    Kind.NEW_MODEL: N_("kind.new_model"),
    Kind.GOOD_WAY: N_("kind.good_way"),
}
"""What each kind of exemplar is called."""


@cache
def catalog(locale: str) -> gettext.GNUTranslations:
    """The compiled catalog of `locale`; an id without a translation answers itself."""
    source = files("locales").joinpath(locale, "LC_MESSAGES", "messages.po")
    with source.open("rb") as handle:
        messages = read_po(handle, locale=locale)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def known_locale(wanted: str | None) -> str:
    """The locale among ours nearest to a language tag ("vi-VN" → "vi"); the default where there is none."""
    short = (wanted or "").lower().replace("_", "-").split("-")[0]
    return short if short in LOCALES else DEFAULT_LOCALE


class Texts:
    """The office's voice in one language: `address_form` is how it addresses a person in Vietnamese."""

    def __init__(self, locale: str, timezone: tzinfo, address_form: str = "đồng chí") -> None:
        self.locale = locale
        self._timezone = timezone
        self._catalog = catalog(locale)
        self._always = {"you": address_form, "You": capital(address_form)}

    def say(self, message_id: str, **values: object) -> Html:
        """The message with its `{fields}` filled in, every plain value escaped.

        Raises KeyError when a field is missing.
        """
        return self._fill(self._catalog.gettext(message_id), values)

    def count(self, message_id: str, n: int, **values: object) -> Html:
        """The message in its form for `n` things; `{n}` is `n` as people write it."""
        return self._fill(self._catalog.ngettext(message_id, message_id, n), {"n": self.number(n), **values})

    def plain(self, message_id: str, **values: object) -> str:
        """The message where no HTML is understood: labels of buttons, toasts, sheets of a workbook."""
        return self._catalog.gettext(message_id).format_map({**self._always, **values})

    def number(self, value: float) -> str:
        """A number as the language writes it: 1.234,5 in Vietnamese."""
        return format_decimal(value, locale=self.locale)

    def day(self, on: date) -> str:
        """A day as it is written in running text: 05/11/2026."""
        return format_date(on, "dd/MM/yyyy", locale=self.locale)

    def weekday(self, on: date) -> str:
        """A day near at hand: thứ Sáu 20/11."""
        named = format_date(on, "EEEE dd/MM", locale=self.locale)
        return named.replace("Thứ", "thứ").replace("Chủ Nhật", "chủ nhật")

    def day_of_week(self, number: int) -> str:
        """A day of every week: 1 is Thứ Hai."""
        return str(get_day_names("wide", locale=self.locale)[number - 1])

    def moment(self, at: datetime) -> str:
        """An instant in the office's time: 08:05 05/11/2026."""
        return format_datetime(at, "HH:mm dd/MM/yyyy", tzinfo=self._timezone, locale=self.locale)

    def period(self, period: str) -> str:
        """A period as it is read aloud: 2026-11 is tháng 11/2026."""
        known = read_period(period)
        if known is None:
            return period
        year, month = known.first_on.year, known.first_on.month
        if known.months == 12:
            return self.plain("period.year", year=year)
        if known.months == 6:
            return self.plain("period.first_half" if month == 1 else "period.second_half", year=year)
        if known.months == 3:
            return self.plain("period.quarter", quarter=(month + 2) // 3, year=year)
        return self.plain("period.month", month=month, year=year)

    def _fill(self, template: str, values: Mapping[str, object]) -> Html:
        filled = {key: _html(value) for key, value in {**self._always, **values}.items()}
        return Html(template.format_map(filled))


def _html(value: object) -> str:
    return value if isinstance(value, Html) else escape(str(value), quote=False)


def join_html(parts: list[Html], separator: str = "\n") -> Html:
    """Parts that are HTML already, in one text."""
    return Html(separator.join(parts))


def visible_length(text: Html) -> int:
    """How long Telegram finds a text: UTF-16 units without markup."""
    return len(unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2
