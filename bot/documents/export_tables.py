"""Every table of an export, and the data dictionary that says what its columns mean."""

from bot.documents.export_columns import SORTS, Column, Table
from bot.documents.export_overview import FIGURES, OVERVIEW, Line
from bot.documents.export_process import (
    ANSWERS_GIVEN,
    CHOICES,
    CONSENTS_GIVEN,
    EXEMPLARS,
    HONOURS,
    NOMINATIONS,
    NOMINEES,
    OFFICE_LISTS,
)
from bot.documents.export_records import (
    ARTICLE,
    AUDIT,
    COPYING,
    DELIVERIES,
    EVENTS,
    FOSTERING,
    LESSONS,
    MOVEMENTS,
    ON_PAPER,
    SPEAKERS,
    SUGGESTED,
)
from bot.texts import N_, Texts

TABLES = (
    NOMINEES,
    NOMINATIONS,
    ANSWERS_GIVEN,
    CHOICES,
    OFFICE_LISTS,
    EXEMPLARS,
    CONSENTS_GIVEN,
    HONOURS,
    FOSTERING,
    COPYING,
    LESSONS,
    ARTICLE,
    EVENTS,
    SPEAKERS,
    MOVEMENTS,
    SUGGESTED,
    ON_PAPER,
    DELIVERIES,
    AUDIT,
)
"""Those with a query each, in the order of storage.exports.TABLES."""
DICTIONARY = Table(
    "dictionary",
    N_("export.sheet.dictionary"),
    (
        Column("sheet", N_("export.column.sheet"), N_("export.means.sheet"), 28),
        Column("column", N_("export.column.column"), N_("export.means.column"), 30),
        Column("key", N_("export.column.key"), N_("export.means.key"), 20),
        Column("meaning", N_("export.column.meaning"), N_("export.means.meaning"), 70, "long"),
        Column("sort", N_("export.column.sort"), N_("export.means.sort"), 24),
        Column("codes", N_("export.column.codes"), N_("export.means.codes"), 70, "long"),
    ),
)
SHEETS = (OVERVIEW, FIGURES, *TABLES, DICTIONARY)
"""All of them, in the order in which they are told."""


def dictionary_lines(texts: Texts) -> list[Line]:
    """A line for each column of each table."""
    return [
        {
            "sheet": texts.plain(table.sheet),
            "column": texts.plain(column.heading),
            "key": f"{table.key}.{column.key}",
            "meaning": texts.plain(column.means),
            "sort": texts.plain(SORTS[column.sort]),
            "codes": "; ".join(f"{code} = {texts.plain(word)}" for code, word in column.words.items()),
        }
        for table in SHEETS
        for column in table.columns
    ]
