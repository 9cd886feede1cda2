"""`guongsang schedule`: everything that will happen, when, to whom, and why on that day."""

import argparse
import asyncio
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bot.cli.common import add_place, config_or_defaults, now_of, put_in_place, reading, tell, texts_of
from bot.config import Config
from bot.documents.schedule_entries import Describer, Entry, post_key
from bot.documents.schedule_files import Frame, as_calendar, as_json, as_text
from bot.domain.errors import Refused
from bot.domain.lunar import FIRST_YEAR, LAST_YEAR
from bot.domain.periods import first_instant
from bot.domain.summary import short_name
from bot.domain.timetable import Occasion
from bot.operations.post_words import STATES, name_of
from bot.texts import Texts
from storage import posts, units
from storage.database import Session
from storage.posts import Post, PostKind

FORMATS = ("text", "json", "ics")
_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})/(?P<m2>\d{1,2})/(?P<y2>\d{4})")
_INSTANT = timedelta(microseconds=1)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("schedule", help="what will happen, when, to whom and why")
    parser.add_argument("--from", dest="first", required=True, metavar="2027-01-01")
    parser.add_argument("--to", dest="last", required=True, metavar="2027-12-31", help="the last day, too")
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--output", metavar="FILE", help="default: print it")
    add_place(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the schedule, or write it to a file."""
    config = config_or_defaults(args)
    texts, zone = texts_of(config), config.office.timezone
    first, last = read_day(args.first), read_day(args.last)
    if first > last:
        raise Refused("schedule.behind", first=texts.day(first), last=texts.day(last))
    entries = asyncio.run(_entries(config, texts, first, last))
    frame = Frame(config.office.name, first, last, zone, now_of(args))
    if args.format == "ics":
        made = as_calendar(entries, frame, texts)
    else:
        made = as_json(entries, frame) if args.format == "json" else as_text(entries, frame, texts)
    if not args.output:
        sys.stdout.write(made)
        return 0
    with put_in_place(Path(args.output)) as unfinished:
        unfinished.write_text(made, "utf-8", newline="")
    tell(texts.plain("cli.written", file=args.output))
    return 0


def read_day(typed: str) -> date:
    """The day that somebody typed. Raises Refused."""
    found = _DAY.fullmatch(typed.strip())
    try:
        year, month, day = (int(part) for part in found.groups() if part) if found else (0, 0, 0)
        if found and found["y2"]:
            day, year = year, day
        if FIRST_YEAR <= year <= LAST_YEAR:
            return date(year, month, day)
    except ValueError:
        pass
    raise Refused("schedule.bad_day", typed=typed, first=FIRST_YEAR, last=LAST_YEAR)


async def _entries(config: Config, texts: Texts, first: date, last: date) -> list[Entry]:
    """Everything from the first day to the last: out of the rules, and out of the data where there is any."""
    zone = config.office.timezone
    after = first_instant(first, zone) - _INSTANT
    until = first_instant(last + timedelta(days=1), zone) - _INSTANT
    occasions = config.timetable.between(after, until)
    path = config.storage.sqlite_path
    if path is not None and not path.exists():
        describer = Describer(config, texts, {})
        return [describer.entry(occasion) for occasion in occasions]
    async with reading(config.storage.url) as database, database.reading() as session:
        describer = Describer(config, texts, await _unit_names(session))
        found = [await _with_post(session, describer, occasion, texts) for occasion in occasions]
        known = {post_key(occasion) for occasion in occasions}
        others = [post for post in await posts.list_open(session, most=1000) if post.key not in known]
    found += [_of_post(describer, post, texts) for post in others if after < post.send_at <= until]
    return sorted(found, key=lambda entry: (entry.at, entry.kind, entry.key))


async def _with_post(session: Session, describer: Describer, occasion: Occasion, texts: Texts) -> Entry:
    """An occasion, with what has been decided about the message it sends."""
    key = post_key(occasion)
    post = await posts.find_by_key(session, key) if key else None
    return describer.entry(occasion, texts.plain(STATES[post.state]) if post else "")


def _of_post(describer: Describer, post: Post, texts: Texts) -> Entry:
    """A message to many; who is honoured stands there as a number: a calendar goes from hand to hand."""
    why = f"{texts.plain('schedule.planned_by_person')}; {texts.plain(STATES[post.state])}"
    whom = describer.audience(post.audience)
    named = replace(post, title="") if post.kind is PostKind.HONOUR else post
    return Entry(post.send_at, "post", post.key, name_of(named, texts), whom, why)


async def _unit_names(session: Session) -> Mapping[str, str]:
    return {unit.code: short_name(unit) for unit in await units.list_units(session)}
