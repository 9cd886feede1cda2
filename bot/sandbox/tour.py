"""The main job played by itself before the reader's eyes: nominate, be killed, be reminded, sum up, export.

Everything is done over HTTP, as a script of anybody's could do it, on an office of its own in a temporary
folder; each line with a ✓ is looked up on a phone or in a file before it is told.
"""

import asyncio
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from html import unescape
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

from openpyxl import load_workbook

from bot.config import Config
from bot.domain.periods import Period, month_of
from bot.domain.timetable import OccasionKind
from bot.domain.writing import capital
from bot.sandbox.bot_keeper import environment_of_house
from bot.sandbox.demo import Demo
from bot.sandbox.remote import Control, NotSeen, Refusal, RemotePhone, labels
from bot.texts import DEFAULT_LOCALE, N_, Texts, catalog

Say = Callable[[str], None]
_EXPORT_S = 60


def play_tour(texts: Texts, say: Say) -> int:
    """Play it, tell it in the language of `texts`; answers 0, or 1 where something was not as claimed."""
    with tempfile.TemporaryDirectory(prefix="guongsang-", ignore_cleanup_errors=True) as folder:
        return asyncio.run(_play(Path(folder), texts, say))


async def _play(folder: Path, texts: Texts, say: Say) -> int:
    script = tomllib.loads(files("bot.sandbox").joinpath("office", "tour.toml").read_text("utf-8"))
    say(texts.plain("tour.title"))
    async with Demo(folder, 0, begin=script["begin"]) as demo:
        tour = Tour(Control(demo.address), folder, script, texts, say)
        return await asyncio.to_thread(tour.play)


class Tour:
    """One showing of `script` (office/tour.toml) in the sandbox that `control` reaches."""

    def __init__(
        self, control: Control, folder: Path, script: dict[str, Any], texts: Texts, say: Say
    ) -> None:
        self._control, self._folder, self._script = control, folder, script
        self._texts, self._say = texts, say
        office = Config().office
        self._office = Texts(DEFAULT_LOCALE, office.timezone, office.address_form)
        self._on_summary = ""

    def play(self) -> int:
        """All of it, until something is not as claimed."""
        acts = {
            N_("tour.nominate"): self._nominate,
            N_("tour.kill"): self._kill,
            N_("tour.ping"): self._ping,
            N_("tour.summary"): self._summary,
            N_("tour.export"): self._export,
        }
        for heading, act in acts.items():
            self._say(f"\n{self._texts.plain(heading)}")
            try:
                act()
            except (NotSeen, Refusal, LookupError, subprocess.TimeoutExpired) as why:
                self._say(self._texts.plain("tour.failed", why=why))
                return 1
        self._say(f"\n{self._texts.plain('tour.done')}")
        return 0

    # The acts

    def _nominate(self) -> None:
        first, second = self._script["reasons"]
        code, _ = self._one_message(first)
        nominee, unit = self._script["nominee"], self._script["unit"]
        self._claim(N_("tour.nominated"), by=first["by"], nominee=nominee, unit=unit)
        self._claim(N_("tour.sent"), code=code)
        code, told = self._one_message(second)
        self._check(self._office.plain("receipt.others") in told, told)
        self._claim(N_("tour.joined"), by=second["by"], code=code)

    def _one_message(self, reason: dict[str, str]) -> tuple[str, str]:
        """Nominate by one message and one tap; answers the number and the text of the receipt."""
        phone = self._phone(reason["by"])
        sent = phone.send(reason["message"])
        card = phone.wait_button(self._office.plain("button.send"), after=sent)
        for expected in (self._script["nominee"], self._script["unit"], reason["story"]):
            self._check(expected in card["text"], card["text"])
        phone.tap(card, self._office.plain("button.send"))
        receipt = phone.wait(lambda message: self._is("receipt.sent", message), after=sent)
        return self._values("receipt.sent", receipt["text"])["code"], receipt["text"]

    def _kill(self) -> None:
        guided = self._script["guided"]
        phone, kind = self._phone(guided["by"]), self._office.plain(guided["kind"])
        phone.send("/decu")
        phone.wait_button(self._office.plain("button.group"))
        phone.send(guided["typed"])
        phone.tap(phone.wait_button(kind), kind)
        no_movement = self._office.plain("button.no_movement")
        phone.tap(phone.wait_button(no_movement), no_movement)
        phone.wait(lambda message: self._is("ask.story", message))
        stopped = self._control.post("/bot", do="kill")
        self._check(not stopped["running"], str(stopped))
        sent = phone.send(guided["story"])
        self._claim(N_("tour.killed"), by=guided["by"])
        self._control.post("/bot", do="start")
        send = self._office.plain("button.send")
        card = phone.wait_button(send, after=sent)
        for expected in (guided["nominee"], kind, guided["story"]):
            self._check(expected in card["text"], card["text"])
        self._claim(N_("tour.resumed"), nominee=guided["nominee"])
        phone.tap(card, send)
        phone.wait(lambda message: self._is("receipt.sent", message), after=sent)

    def _ping(self) -> None:
        config = Config()
        now = datetime.fromisoformat(self._control.get("/clock")["now"])
        due_at = next(
            occasion.due_at
            for occasion in config.timetable.between(now, now + timedelta(days=31))
            if occasion.kind is OccasionKind.REMINDER
        )
        self._control.post("/clock", now=due_at.isoformat())
        head = self._phone(self._script["head"])
        ping = head.wait(lambda message: self._is("reminder.month", message))
        said = self._values("reminder.month", ping["text"])
        expected = str(self._script["nominees_of_unit"]), self._script["unit"]
        self._check((said["n"], said["unit"]) == expected, ping["text"])
        look = self._office.plain("button.choose")
        self._check(look in labels(ping), str(labels(ping)))
        at = self._texts.moment(due_at)
        self._claim(N_("tour.pinged"), at=at, by=head.person["name"], n=said["n"], unit=said["unit"])

    def _summary(self) -> None:
        leader = self._phone(self._script["leader"])
        leader.send("/summary")
        said_first = ("summary.first", "summary.reported")
        shown = leader.wait(lambda message: self._is(said_first, message))
        self._check(bool(shown["photo"]), shown["caption"])
        said = self._values(said_first, shown["caption"])
        self._on_summary = said["n"]
        self._claim(
            N_("tour.summed_up"),
            by=self._script["leader"],
            n=said["n"],
            done=said["answered"],
            units=said["units"],
        )

    def _export(self) -> None:
        month = month_of(self._script["begin"], Config().office.timezone)
        output = self._folder / "tour.json"
        where = ["--period", str(month), "--data", str(self._folder)]
        command = [sys.executable, "-m", "bot", "export", *where, "--format", "json", "--output", str(output)]
        made = subprocess.run(  # noqa: S603 - our own program
            command,
            capture_output=True,
            encoding="utf-8",
            env=environment_of_house(),
            timeout=_EXPORT_S,
            check=False,
        )
        self._check(made.returncode == 0, made.stderr)
        rows = json.loads(output.read_text("utf-8"))
        lan = [row for row in rows["nominees"] if self._is_lan(row)]
        reasons = {row["story"] for row in rows["nominations"] if self._is_lan(row)}
        self._check([row["reasons"] for row in lan] == [2], str(lan))
        self._check(reasons == {reason["story"] for reason in self._script["reasons"]}, str(reasons))
        self._claim(N_("tour.exported"), nominee=self._script["nominee"], n=2)
        self._check(str(len(rows["nominees"])) == self._on_summary, self._on_summary)
        self._claim(N_("tour.equal"), n=self._on_summary)
        self._export_in_chat(month)

    def _export_in_chat(self, month: Period) -> None:
        clerk, period = self._phone(self._script["secretariat"]), self._office.period(str(month))
        period, excel = capital(period), self._office.plain("button.excel")
        sent = clerk.send("/xuat")
        clerk.tap(clerk.wait_button(period, after=sent), period)
        clerk.tap(clerk.wait_button(excel, after=sent), excel)
        file = clerk.wait(lambda message: message["document"], after=sent)["document"]
        book = load_workbook(BytesIO(self._control.read(f"/files/{file['file_id']}")), read_only=True)
        headings, *rows = book[self._office.plain("export.sheet.nominees")].iter_rows(values_only=True)
        place = {heading: index for index, heading in enumerate(headings)}
        name, unit, reasons = (
            place[self._office.plain(heading)]
            for heading in ("export.column.nominee", "export.column.unit_code", "export.column.reasons")
        )
        named = self._script["nominee"], self._script["unit_code"]
        lan = [row[reasons] for row in rows if (row[name], row[unit]) == named]
        self._check(lan == [2] and str(len(rows)) == self._on_summary, str(rows))
        self._claim(N_("tour.exported_in_chat"), by=self._script["secretariat"], file=file["name"])

    def _is_lan(self, row: dict[str, Any]) -> bool:
        return (row["nominee"], row["unit_code"]) == (self._script["nominee"], self._script["unit_code"])

    # What is shown and told

    def _phone(self, name: str) -> RemotePhone:
        return self._control.phone(name)

    def _claim(self, message_id: str, **values: object) -> None:
        self._say(f"  ✓ {self._texts.plain(message_id, **values)}")

    def _check(self, holds: object, seen: str) -> None:
        if not holds:
            raise NotSeen(seen)

    def _is(self, said: Sequence[str] | str, message: dict[str, Any]) -> bool:
        text = message["text"] or message["caption"] or ""
        return self._pattern(said).search(text) is not None

    def _values(self, said: Sequence[str] | str, shown: str) -> dict[str, str]:
        """The values with which texts of the catalog were filled in. Raises NotSeen."""
        found = self._pattern(said).search(shown)
        if found is None:
            raise NotSeen(shown)
        return found.groupdict()

    def _pattern(self, said: Sequence[str] | str) -> re.Pattern[str]:
        """A text of the catalog at the end of a line, or several that are one sentence."""
        templates = [self._template(one) for one in ([said] if isinstance(said, str) else said)]
        plain = unescape(re.sub(r"<[^>]*>", "", "; ".join(templates)))
        seen: set[str] = set()
        pattern = ""
        for words, name, _spec, _conversion in Formatter().parse(plain):
            pattern += re.escape(words)
            if name:
                pattern += f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
                seen.add(name)
        return re.compile(f"{pattern}(?=$|\n)", re.DOTALL)

    def _template(self, message_id: str) -> str:
        known = catalog(self._office.locale)
        template = known.ngettext(message_id, message_id, 2)
        return known.gettext(message_id) if template == message_id else template
