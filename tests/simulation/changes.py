"""Changes of the core made on purpose: each breaks one promise, and the simulation has to notice it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """In `file`, `old` becomes `new`; `more` are further replacements of the same change."""

    name: str
    file: str
    old: str
    new: str
    more: tuple[tuple[str, str, str], ...] = ()

    @property
    def replacements(self) -> tuple[tuple[str, str, str], ...]:
        """(file, old, new) of all."""
        return ((self.file, self.old, self.new), *self.more)


_NOTICES, _SENDER, _TICK = "storage/notices.sql", "bot/notices.py", "bot/scheduler.py"

UNCHANGED = Change("the core as it is", _NOTICES, "", "")
"""What must not be caught."""

CHANGES = (
    Change(
        "no unique keys on what fell due and on notices",
        "storage/migrations/0001_beginning.sql",
        ",\n  unique (kind, occurrence, person_id)",
        "",
        (
            (_NOTICES, "on conflict (kind, occurrence, person_id) do nothing\n", ""),
            ("storage/migrations/0004_the_year.sql", ",\n  primary key (kind, key)\n", "\n"),
            ("storage/occurrences.sql", "on conflict (kind, key) do nothing\n", ""),
        ),
    ),
    Change(
        "the watermark first, in a commit of its own",
        _TICK,
        "    async with database.transaction() as session:\n"
        "        done_until = await jobs.watermark(session, JOB) or now\n",
        "    async with database.transaction() as session:\n"
        "        before = await jobs.watermark(session, JOB) or now\n"
        "        await jobs.set_watermark(session, JOB, now)\n"
        "    async with database.transaction() as session:\n        done_until = before\n",
    ),
    Change(
        "the watermark passes what fell due earlier",
        _TICK,
        "for occasion in config.timetable.between(done_until, now)\n",
        "for occasion in config.timetable.between(done_until, now)[-1:]\n",
    ),
    Change(
        "a key of its own for each tick",
        _TICK,
        "    missed = occasion.expires_at <= now",
        '    occasion = __import__("dataclasses").replace(occasion, key=f"{occasion.key}@{now:%d%H%M%S}")\n'
        "    missed = occasion.expires_at <= now",
    ),
    Change(
        "sent before the intent is kept",
        _NOTICES,
        "update notices set state = 'sending', token",
        "update notices set state = 'pending', token",
        ((_NOTICES, "and (state in ('sending', 'unknown') or", "and (state in ('pending', 'unknown') or"),),
    ),
    Change(
        "what was on its way at a crash is sent again",
        _NOTICES,
        "update notices set state = 'unknown', error = 'stopped",
        "update notices set state = 'pending', error = 'stopped",
    ),
    Change(
        "what was on its way at a crash stays there",
        _NOTICES,
        "where state = 'sending' and changed_at <= :before",
        "where state = 'nowhere' and changed_at <= :before",
    ),
    Change(
        "no answer in time is taken for not sent",
        _SENDER,
        "await self._settle(notice, State.UNKNOWN, error=type(doubt).__name__)",
        "await self._settle(notice, State.PENDING, due_in_s=30.0, error=type(doubt).__name__)",
    ),
    Change(
        "no answer in time is taken for sent",
        _SENDER,
        "await self._settle(notice, State.UNKNOWN, error=type(doubt).__name__)",
        "await self._settle(notice, State.SENT)",
    ),
    Change(
        "every kind in doubt is sent once more",
        _TICK,
        "notices.send_again(session, (*DEADLINES, HONOUR_DELETE),",
        'notices.send_again(session, (*DEADLINES, "post", "invitation", "silent", "post_review"),',
    ),
    Change(
        "a deadline in doubt is sent again and again",
        _NOTICES,
        "where state = 'unknown' and copy = 1 and kind in",
        "where state = 'unknown' and kind in",
    ),
    Change(
        "a deadline in doubt is not sent once more",
        _TICK,
        "notices.send_again(session, (*DEADLINES, HONOUR_DELETE),",
        "notices.send_again(session, (),",
    ),
    Change(
        "the second copy bears no label",
        "bot/operations/compose_notice.py",
        'if made and notice.copy > 1 and "text" in made:',
        "if made and notice.copy > 9:",
    ),
    Change(
        "two may claim one row",
        _NOTICES,
        "where id = :id and state = 'pending' and due_at <= :now and hours",
        "where id = :id and due_at <= :now and hours",
    ),
    Change(
        "hours are not looked at",
        _NOTICES,
        "where n.state = 'pending' and n.due_at <= :now and n.hours in each_text(:hours)",
        "where n.state = 'pending' and n.due_at <= :now and (1 or n.hours in each_text(:hours))",
        (
            (
                _NOTICES,
                "and state = 'pending' and due_at <= :now and hours in each_text(:hours)",
                "and state = 'pending' and due_at <= :now and (1 or hours in each_text(:hours))",
            ),
        ),
    ),
    Change(
        "the instant it is due is not looked at",
        _NOTICES,
        "where n.state = 'pending' and n.due_at <= :now and n.hours",
        "where n.state = 'pending' and n.due_at <= :now + 99999999999999 and n.hours",
        (
            (
                _NOTICES,
                "and state = 'pending' and due_at <= :now and hours",
                "and state = 'pending' and due_at <= :now + 99999999999999 and hours",
            ),
        ),
    ),
    Change(
        "nothing expires",
        _NOTICES,
        "where state in ('pending', 'held') and expires_at <= :now",
        "where state in ('nowhere') and expires_at <= :now",
        ((_SENDER, "if notice.expires_at is not None and notice.expires_at <= now:", "if False:"),),
    ),
    Change(
        "403 is taken for sent",
        _SENDER,
        'await self._settle(notice, refused, error="blocked", blocked=blocked, is_refused=True)',
        "await self._settle(notice, State.SENT)",
    ),
    Change(
        "429 is taken for a refusal",
        _SENDER,
        "await self._settle(notice, State.PENDING, due_in_s=seconds)",
        'await self._settle(notice, State.FAILED, error="429")',
    ),
    Change(
        "those who answered are reminded all the same",
        "bot/operations/compose_reminders.py",
        "if answered or not answers_for(",
        "if not answers_for(",
    ),
    Change(
        "only one of head and deputy is reminded",
        "bot/operations/plan_reminders.py",
        "for role in sorted(roles):",
        "for role in sorted(roles)[:1]:",
    ),
    Change(
        "an update is confirmed before it is handled",
        "bot/ingress.py",
        "        handled = await asyncio.gather(",
        '        self._offset = max([self._offset, *(raw["update_id"] + 1 for raw in updates)])\n'
        "        await self._ask(0)\n"
        "        handled = await asyncio.gather(",
    ),
    Change(
        "a message to many goes without the secretariat's word",
        "bot/operations/dispatch_posts.py",
        'unasked = post.state is PostState.WAITING and config.big_days.unanswered == "skip"',
        "unasked = False",
    ),
    Change(
        "who wants no invitations is invited",
        "storage/people.sql",
        "and p.no_invitations = 0 and",
        "and p.no_invitations >= 0 and",
    ),
)
