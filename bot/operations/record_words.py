"""What to look to in the records that documents carry: nothing is wrong, and a draft will show a gap."""

from datetime import date

from bot.domain.records import Records
from bot.texts import Html, Texts


def record_hints(records: Records, today: date, texts: Texts) -> list[Html]:
    """One line for each gap in what documents of today carry: the plan of the year, the name of who signs."""
    hints = []
    plan = records.plan_on(today)
    if plan is None:
        hints.append(texts.say("records.no_plan", day=f"{today:%d/%m/%Y}"))
    elif plan.until is None and plan.dated_on.year < today.year:
        hints.append(texts.say("records.old_plan", number=plan.number, year=plan.dated_on.year))
    if not records.signature_on(today).name:
        hints.append(texts.say("records.vacant", post=records.head_on(today).post))
    return hints
