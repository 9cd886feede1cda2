"""What may be tried with what is filed (summary, digest, documents, articles) and with people's data."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.digests import Cadence, Wish
from bot.domain.people import Person
from bot.operations import articles
from bot.operations.after_restore import settle_held
from bot.operations.articles import Opened
from bot.operations.digest import subscribe
from bot.operations.erase_person import ask_correction, settle_request
from bot.operations.file_documents import check_dossier, check_filer
from bot.operations.make_invites import make_invites
from bot.operations.see_chosen import Asker, see_nominees
from bot.operations.stop_export import EXPORT, stop_export
from storage import access, jobs
from storage.backups import RESTORED
from storage.database import Session
from tests.operations.rights_choosing import act
from tests.operations.rights_office import CONFIG, MONTH, Case
from tests.operations.rights_spreading import ACTS

__all__ = ["ACTS"]

# --- the summary ---


@act
async def see_who_was_nominated(session: Session, me: Person, case: Case) -> None:
    """The names behind the unit's figures."""
    await see_nominees(session, Asker(me, case.today, MONTH, None), case.units["TH"], most=10)


@act
async def have_the_summary_come(session: Session, me: Person, case: Case) -> None:
    """Every Monday at eight."""
    await subscribe(session, me, Wish(Cadence.WEEKLY, 1, 8), 0, CONFIG, case.now)


# --- documents ---


@act
async def have_a_document(_session: Session, me: Person, case: Case) -> None:
    """A report, a list, a submission, minutes, a table, a meeting pack."""
    check_filer(me, case.today)


@act
async def have_the_dossier(session: Session, me: Person, case: Case) -> None:
    """What is filed about one exemplar."""
    exemplar = await case.exemplar(session, "person")
    await check_dossier(session, me, exemplar.id, case.today)


# --- exports ---


async def _stop(session: Session, me: Person, case: Case, asked_by: Person) -> None:
    args = {"style": "json", "period": "all"}
    task_id = await jobs.add_task(session, EXPORT, asked_by.id, args, case.now)
    await stop_export(session, me, task_id, case.today, case.now)


@act
async def stop_an_export(session: Session, me: Person, case: Case) -> None:
    """The clerk's own, which is being made."""
    await _stop(session, me, case, case.people["clerk"])


@act
async def stop_anothers_export(session: Session, me: Person, case: Case) -> None:
    """It was asked for by somebody else, who was of the secretariat then."""
    await _stop(session, me, case, case.people["past_head"])


# --- who comes in, what people ask about their data, what a restore has held ---


@act
async def make_invitations(session: Session, me: Person, case: Case) -> None:
    """A new link for somebody."""
    await make_invites(session, [case.people["employee"]], CONFIG, me, case.now)


@act
async def settle_a_request(session: Session, me: Person, case: Case) -> None:
    """What somebody asked about their data is dealt with."""
    await ask_correction(session, case.people["employee"], "Xin sửa họ tên", case.today, case.now)
    asked = (await access.list_audit(session, most=1000))[-1]
    await settle_request(session, me, asked["subject_id"], case.today, case.now)


@act
async def send_what_was_held(session: Session, me: Person, case: Case) -> None:
    """The data was restored: what waits goes after all."""
    await jobs.set_watermark(session, RESTORED, case.now)
    await settle_held(session, me, case.today, case.now, send=True)


# --- articles, which the clerk has brought as far as the act needs ---


async def _draft(session: Session, me: Person, case: Case, names: Sequence[str] = ("person",)) -> Opened:
    picked = [(await case.exemplar(session, name)).id for name in names]
    return await articles.make_article(session, me, MONTH, picked, CONFIG, case.now)


async def _approved(session: Session, case: Case) -> Opened:
    clerk = case.people["clerk"]
    drafted = await _draft(session, clerk, case)
    return await articles.approve(session, clerk, drafted.article, CONFIG, case.now)


@act
async def write_an_article(session: Session, me: Person, case: Case) -> None:
    """A draft about both."""
    await _draft(session, me, case, ("person", "group"))


@act
async def tell_of_others(session: Session, me: Person, case: Case) -> None:
    """A draft is about the group instead."""
    drafted = await _draft(session, case.people["clerk"], case)
    group = await case.exemplar(session, "group")
    await articles.set_told(session, me, drafted.article, [group.id], CONFIG, case.now)


@act
async def read_an_article(session: Session, me: Person, case: Case) -> None:
    """A draft is opened, as it is for its package."""
    drafted = await _draft(session, case.people["clerk"], case)
    await articles.open_article(session, me, drafted.article.id, case.today)


@act
async def approve_an_article(session: Session, me: Person, case: Case) -> None:
    """A draft is what the office wants to say."""
    drafted = await _draft(session, case.people["clerk"], case)
    await articles.approve(session, me, drafted.article, CONFIG, case.now)


@act
async def reopen_an_article(session: Session, me: Person, case: Case) -> None:
    """What was approved becomes a draft again."""
    approved = await _approved(session, case)
    await articles.reopen(session, me, approved.article, CONFIG, case.now)


@act
async def say_where_it_stands(session: Session, me: Person, case: Case) -> None:
    """An approved article has appeared."""
    approved = await _approved(session, case)
    url, day = "https://dongnai.gov.vn/guong-tot", case.today - timedelta(days=1)
    await articles.publish(session, me, approved.article, url, day, CONFIG, case.now)


@act
async def publish_a_draft(session: Session, me: Person, case: Case) -> None:
    """Nobody has approved it."""
    drafted = await _draft(session, case.people["clerk"], case)
    url = "https://dongnai.gov.vn/guong-tot"
    await articles.publish(session, me, drafted.article, url, case.today, CONFIG, case.now)


@act
async def withdraw_an_article(session: Session, me: Person, case: Case) -> None:
    """It is thrown away."""
    drafted = await _draft(session, case.people["clerk"], case)
    await articles.withdraw(session, me, drafted.article, CONFIG, case.now)
