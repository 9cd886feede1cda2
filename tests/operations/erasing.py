"""A person with a whole life in the office, for tests of what an erasure leaves."""
# ruff: noqa: ISC004, S608 - rows that are made up here, one a line

from bot.clock import to_us
from bot.domain.exemplars import Exemplar
from tests.exemplars import honoured
from tests.nominating import nominate
from tests.office import Office

NAME = "Đỗ Minh Đức"
PHONE = "+84912000006"
MARKS = (
    "CHUYỆN-RIÊNG", "LÝ-DO-CHỌN", "CÂU-HỎI", "LÝ-DO-CŨ", "GHI-CHÚ-DANH-SÁCH", "TỆP-GIẤY", "Ý-KIẾN-ĐỒNG-Ý",
    "MỤC-TIÊU-BỒI-DƯỠNG", "BƯỚC-BỒI-DƯỠNG", "KẾT-QUẢ-BƯỚC", "KẾT-CỤC", "GÓP-Ý-CỦA-ĐỨC", "TRẢ-LỜI-GÓP-Ý",
    "ẢNH-RIÊNG", "BẢN-CŨ",
)  # fmt: skip
"""Words that stand in texts about the person or of theirs."""
OTHERS = {
    ("adoptions", "plan"): f"KẾ-HOẠCH: học cách của {NAME}",
    ("adoptions", "result"): "Làm theo do minh duc, đã xong",
    ("choices", "reason"): f"LÝ-DO-KHÁC: như {NAME}",
    ("contents", "body"): f"NỘI-DUNG nhắc {NAME}",
    ("events", "note"): f"{NAME} kể chuyện",
    ("evidence", "name"): f"{NAME.upper()}.pdf",
    ("exemplars", "text"): f"Cùng {NAME} trực đêm.",
    ("lessons", "text"): f"BÀI-HỌC từ {NAME}",
    ("nominations", "nominee_name"): f"Nhóm {NAME}",
    ("posts", "text"): f"THÔNG-BÁO có {NAME}",
    ("suggestions", "text"): f"GÓP-Ý-KHÁC về {NAME}",
    ("unit_answers", "reason"): f"Chưa ai hơn {NAME}",
}
"""What others wrote that names the person, by table and column; a nomination's story comes on top of it."""


async def live(office: Office) -> tuple[Exemplar, Exemplar]:
    """Everything there can be about Đức, and much of others that names him; his exemplar and tuan's."""
    lan, duc = office.phone("lan"), office.phone("duc")
    mine = await honoured(
        office, "duc", nominator="lan", text="CHUYỆN-RIÊNG: ba đêm trực, LÝ-DO-CHỌN là thế."
    )
    other = await honoured(office, "tuan", nominator="duc", text=OTHERS["exemplars", "text"])
    await nominate(
        lan, "chị Võ Thị Hoa", f"đã cùng {NAME} (CHUYỆN-KHÁC) hướng dẫn người dân nộp hồ sơ suốt tháng"
    )
    await duc.send("/cuatoi")
    people = {code: await office.person_id(code) for code in ("duc", "lan", "hung", "tuan", "minh")}
    me, lan_id, hung, at = people["duc"], people["lan"], people["hung"], to_us(office.clock())
    unit, period = mine.nominee.unit_id, mine.period
    rows = [
        f"update unit_answers set question = 'CÂU-HỎI về việc này' where unit_id = {unit}",
        "insert into answer_revisions (unit_id, period, act, before, person_id, at) values"
        f" ({unit}, '{period}', 'changed', '"
        f'{{"choices": [{{"nomination_id": {mine.nomination_id}, "reason": "LÝ-DO-CŨ"}}]}}'
        f"', {people['minh']}, {at})",
        f"insert into office_lists (period, person_id, at) values ('2026-Q4', {hung}, {at})",
        "insert into office_choices (period, nomination_id, note, person_id, at) values"
        f" ('2026-Q4', {mine.nomination_id}, 'GHI-CHÚ-DANH-SÁCH', {hung}, {at})",
        "insert into papers (subject, subject_id, person_id, entered_by, dated_on, file_id, file_name, at)"
        f" values ('consent', {mine.id}, {me}, {hung}, '2026-11-02', 'TỆP-GIẤY', 'TỆP-GIẤY', {at})",
        "insert into publication_consents (exemplar_id, text_version, answer, note, photo, person_id, at)"
        f" values ({mine.id}, 1, 'change', 'Ý-KIẾN-ĐỒNG-Ý', 'ẢNH-RIÊNG', {me}, {at})",
        f"update exemplars set photo = 'ẢNH-RIÊNG' where id = {mine.id}",
        "insert into fosterings (exemplar_id, mentor_id, aim, outcome, made_by, made_at) values"
        f" ({mine.id}, {lan_id}, 'MỤC-TIÊU-BỒI-DƯỠNG', 'KẾT-CỤC', {hung}, {at})",
        "insert into foster_steps (fostering_id, text, due_on, result) values"
        " (1, 'BƯỚC-BỒI-DƯỠNG', '2026-12-01', 'KẾT-QUẢ-BƯỚC')",
        "insert into suggestions (person_id, text, answer, at) values"
        f" ({me}, 'GÓP-Ý-CỦA-ĐỨC', 'TRẢ-LỜI-GÓP-Ý', {at}),"
        f" ({lan_id}, '{OTHERS['suggestions', 'text']}', '', {at})",
        f"insert into congratulations (exemplar_id, person_id, at) values ({other.id}, {me}, {at}),"
        f" ({mine.id}, {lan_id}, {at})",
        "insert into events (kind, title, place, starts_at, note, made_by, made_at, changed_at) values"
        f" ('exchange', 'Giao lưu', 'Hội trường', {at}, '{OTHERS['events', 'note']}', {hung}, {at}, {at})",
        "insert into event_speakers (event_id, exemplar_id, person_id, at) values"
        f" (1, {mine.id}, {me}, {at}), (1, {other.id}, {people['tuan']}, {at})",
        "insert into event_replies (event_id, person_id, answer, version, at) values"
        f" (1, {me}, 'yes', 1, {at})",
        "insert into event_changes (event_id, version, field, before, person_id, at) values"
        f" (1, 2, 'note', 'BẢN-CŨ với {NAME}', {hung}, {at})",
        "insert into adoptions (exemplar_id, unit_id, plan, result, person_id, pledged_at) values"
        f" ({other.id}, {unit}, '{OTHERS['adoptions', 'plan']}', '{OTHERS['adoptions', 'result']}',"
        f" {hung}, {at})",
        "insert into lessons (kind, text, period, person_id, at) values"
        f" ('movement', '{OTHERS['lessons', 'text']}', '2026', {hung}, {at})",
        "insert into nominations (nominee_kind, nominee_key, nominee_name, unit_id, period, made_at) values"
        f" ('group', 'g:{unit}:nhom do minh duc', '{OTHERS['nominations', 'nominee_name']}', {unit},"
        f" '{period}', {at})",
        f"update choices set reason = '{OTHERS['choices', 'reason']}'"
        f" where nomination_id = {other.nomination_id}",
        f"update contents set body = '{OTHERS['contents', 'body']}' where id = 1",
        "insert into posts (kind, key, text, send_at, state, made_at) values"
        f" ('announce', 'a', '{OTHERS['posts', 'text']}', {at}, 'sent', {at})",
        "insert into posts (kind, key, picture, send_at, state, made_at) values"
        f" ('honour', 'honour:{mine.id}:unit:1', 'ẢNH-RIÊNG', {at}, 'sent', {at})",
        "insert into unit_answers (unit_id, period, answer, reason, person_id, at) values"
        f" ({unit}, '2026-10', 'none', '{OTHERS['unit_answers', 'reason']}', {people['minh']}, {at})",
        "insert into evidence (endorsement_id, kind, file_id, file_unique_id, name)"
        f" select id, 'document', 'f', 'u', '{OTHERS['evidence', 'name']}' from endorsements"
        f" where nominator_id = {lan_id} order by id desc limit 1",
        "insert into revisions (endorsement_id, act, before, at) select id, 'changed',"
        f" '{{\"story\": \"BẢN-CŨ cùng {NAME}\"}}', {at} from endorsements where nominator_id = {lan_id}"
        " order by id desc limit 1",
    ]  # fmt: skip
    async with office.database.transaction() as session:
        for row in rows:
            await session.execute(row)
    return mine, other


async def every_cell(office: Office) -> list[tuple[str, str, object]]:
    """Every value of every table: table, column, value."""
    schema = {
        "sqlite": "select name from sqlite_master where type = 'table'",
        "postgresql": "select tablename as name from pg_tables where schemaname = 'public'",
    }[office.database.dialect]
    async with office.database.reading() as session:
        tables = [row["name"] for row in await session.fetch(schema)]
        return [
            (table, column, value)
            for table in tables
            for row in await session.fetch(f"select * from {table}")
            for column, value in dict(row).items()
        ]
