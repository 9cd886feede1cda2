"""What the appendix table of a period says: units by months, and what was nominated by kind and movement."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bot.config import Config
from bot.documents.document_frame import frame_of, tense_of
from bot.documents.drafting_unit import drafted_by
from bot.documents.report_contents import taken_at
from bot.domain.documents import DocumentAsk, DocumentKind, pad_month
from bot.domain.nominations import Kind
from bot.domain.periods import read_period
from bot.domain.summary import Summary, UnitLine
from bot.operations.exemplar_words import published_in
from bot.operations.summarise import summarise
from bot.texts import KINDS
from storage.database import Session

_MEASURES: dict[str, Callable[[UnitLine], int]] = {
    "nominees": lambda line: line.nominees,
    "chosen": lambda line: line.chosen,
    "honoured": lambda line: line.honoured,
    "copied": lambda line: line.copied,
}


async def contents(session: Session, ask: DocumentAsk, config: Config, now: datetime) -> dict[str, object]:
    """Everything the template of tong-hop knows (template_tong_hop.SAMPLE), for `ask.period`."""
    assert ask.period is not None  # noqa: S101 - document_files has looked
    zone, texts = config.office.timezone, published_in(config)
    today = config.office.day_of(now)
    whole = await summarise(session, ask.period, now, zone)
    months = [
        await summarise(session, month, now, zone)
        for month in map(read_period, ask.period.month_names)
        if month is not None and month.first_on <= today
    ]
    day = ask.day(today)
    frame = frame_of(DocumentKind.REPORT, day, config.records, period=ask.period, today=today)
    kinds = [(kind, texts.plain(KINDS[kind])) for kind, _ in whole.by_kind]
    return {
        **frame,
        **await drafted_by(session, day, config.records, frame, "BC"),
        "taken_at": taken_at(now, config),
        **tense_of(ask.period, config, now),
        "months": [pad_month(month.period.first_on.month) for month in months],
        **{name: _of_units(whole, months, measure) for name, measure in _MEASURES.items()},
        "kinds": _table(
            [(name, [_of_kind(one, kind) for one in months], _of_kind(whole, kind)) for kind, name in kinds],
            [one.total for one in months],
            whole.total,
        ),
        "movements": _of_movements(whole, months),
    }


def _of_units(whole: Summary, months: Sequence[Summary], measure: Callable[[UnitLine], int]) -> object:
    by_month = [{line.unit.id: measure(line) for line in one.lines} for one in months]
    rows = [
        (line.unit.name, [found.get(line.unit.id, 0) for found in by_month], measure(line))
        for line in whole.lines
    ]
    return _table(
        rows, [sum(found.values()) for found in by_month], sum(measure(line) for line in whole.lines)
    )


def _of_movements(whole: Summary, months: Sequence[Summary]) -> object:
    by_month = [dict(one.movements) for one in months]
    rows = [(f"“{name}”", [found.get(name, 0) for found in by_month], n) for name, n in whole.movements]
    return _table(rows, [sum(found.values()) for found in by_month], sum(n for _, n in whole.movements))


def _of_kind(summary: Summary, kind: Kind) -> int:
    return dict(summary.by_kind).get(kind, 0)


def _table(rows: Iterable[tuple[str, list[int], int]], totals: list[int], whole: int) -> dict[str, object]:
    return {
        "rows": [{"name": name, "months": months, "whole": n} for name, months, n in rows],
        "totals": totals,
        "whole": whole,
    }
