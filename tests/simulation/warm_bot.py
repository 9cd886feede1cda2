"""Imported by the process that bots are forked from: what a start would compile is compiled already."""

from importlib.resources import files

import tests.simulation.bot_process  # noqa: F401 - with all it imports
from bot.texts import LOCALES, catalog
from storage.database import _queries

for _locale in LOCALES:
    catalog(_locale)
for _dialect in ("sqlite", "postgresql"):
    for _source in files("storage").iterdir():
        if _source.name.endswith(".sql"):
            _queries(_dialect).read(_source.name.removesuffix(".sql"))
