"""The empty workbook for many nominations: a row each, lists to choose from, and how to fill it in.

What is filled in is read back by `roster_files` and checked by `check_nominations`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from bot.domain.nomination_table import MOST_ROWS
from bot.texts import KINDS, N_, Texts

COLUMNS: Mapping[str, int] = {
    "nominator": 28,
    "nominator_unit": 26,
    "form": 20,
    "nominee": 30,
    "nominee_unit": 26,
    "kind": 22,
    "movement": 40,
    "story": 70,
    "dated_on": 14,
}
"""The columns in their order, with their widths."""
_HEADINGS = {
    "nominator": N_("paper_file.words.nominator"),
    "nominator_unit": N_("paper_file.words.nominator_unit"),
    "form": N_("paper_file.words.form"),
    "nominee": N_("paper_file.words.nominee"),
    "nominee_unit": N_("paper_file.words.nominee_unit"),
    "kind": N_("paper_file.words.kind"),
    "movement": N_("paper_file.words.movement"),
    "story": N_("paper_file.words.story"),
    "dated_on": N_("paper_file.words.dated_on"),
}
_FORMS = (N_("paper_file.form.person"), N_("paper_file.form.group"), N_("paper_file.form.model"))
_NEEDED = {"nominator", "nominee", "story", "dated_on"}


@dataclass(frozen=True)
class Lists:
    """What is offered: the names of the units and of the movements."""

    units: Sequence[str]
    movements: Sequence[str]


def headings(texts: Texts) -> dict[str, str]:
    """What each column is headed with."""
    return {column: texts.plain(message_id) for column, message_id in _HEADINGS.items()}


def write_nomination_template(path: Path, texts: Texts, lists: Lists, limits: Mapping[str, str]) -> None:
    """The empty workbook; `limits` fills in the instructions' fields `minimum`, `maximum` and `rows`."""
    offered: dict[str, list[str]] = {
        "nominator_unit": list(lists.units),
        "form": [texts.plain(form) for form in _FORMS],
        "nominee_unit": list(lists.units),
        "kind": [texts.plain(kind) for kind in KINDS.values()],
        "movement": list(lists.movements),
    }
    with xlsxwriter.Workbook(path, {"strings_to_urls": False, "strings_to_formulas": False}) as book:
        sheet = _write_rows(book, texts)
        _write_guide(book, texts, limits)
        _write_lists(book, sheet, texts, offered)


def _write_rows(book: Workbook, texts: Texts) -> Worksheet:
    common = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"}
    needed = book.add_format({**common, "bg_color": "#F8E3C0"})
    free = book.add_format({**common, "bg_color": "#DCE6F1"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    sheet = book.add_worksheet(texts.plain("paper_file.words.sheet"))
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 34)
    for place, (column, width) in enumerate(COLUMNS.items()):
        sheet.set_column(place, place, width, day if column == "dated_on" else text)
        heading = needed if column in _NEEDED else free
        sheet.write_string(0, place, texts.plain(_HEADINGS[column]), heading)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    return sheet


def _write_guide(book: Workbook, texts: Texts, limits: Mapping[str, str]) -> None:
    sheet = book.add_worksheet(texts.plain("roster.words.sheet.guide"))
    sheet.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
    for row, line in enumerate(texts.plain("paper_file.words.guide", **limits).splitlines()):
        sheet.write_string(row, 0, line)


def _write_lists(book: Workbook, sheet: Worksheet, texts: Texts, offered: Mapping[str, list[str]]) -> None:
    """The lists on a sheet of their own: Excel takes long ones from cells alone. Other text may be typed."""
    name = texts.plain("paper_file.words.lists")
    lists = book.add_worksheet(name)
    heading = book.add_format({"bold": True})
    for place, (column, choices) in enumerate(offered.items()):
        lists.set_column(place, place, 40)
        lists.write_string(0, place, texts.plain(_HEADINGS[column]), heading)
        for row, choice in enumerate(choices, start=1):
            lists.write_string(row, place, choice)
        if choices:
            letter, quoted = xl_col_to_name(place), name.replace("'", "''")
            source = f"='{quoted}'!${letter}$2:${letter}${len(choices) + 1}"
            at = list(COLUMNS).index(column)
            rule = {"validate": "list", "source": source, "show_error": False}
            sheet.data_validation(1, at, MOST_ROWS, at, rule)
