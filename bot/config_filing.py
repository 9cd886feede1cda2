"""The table of config.toml about documents: what they carry, and an office's own templates."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from bot import config_values as read
from bot.domain.records import Agency, Records
from bot.record_files import read_records

if TYPE_CHECKING:
    from bot.config import Config


@dataclass(frozen=True, slots=True)
class Documents:
    """The file of plan, agency, signers and recipients ("" is the one that comes along), the folder of the
    office's own templates ("" is none)."""

    records: Annotated[str, read.text(0, 1000)] = ""
    folder: Annotated[str, read.text(0, 1000)] = ""


def build_records(config: "Config") -> Records:
    """The records that a configuration names. Raises RecordMistakes."""
    office, file = config.office, config.documents.records
    known = Agency(name=office.name, parent_name=office.parent_name, place=office.place)
    return read_records(Path(file) if file else None, known)
