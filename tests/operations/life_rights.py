"""Who may do what the audit log says was done: told anew, by the posts that were given."""

from datetime import date

from bot.domain.roles import Role
from tests.operations.life_world import Right, Row, World


def _clerk(world: World, line: Row) -> bool:
    return world.holds(line["actor_id"], Role.SECRETARIAT)


def _answered(world: World, line: Row) -> bool:
    """The head or deputy themselves; or a clerk, from a sheet that one signed while heading the unit."""
    if world.heads(line["actor_id"], line["subject_id"]):
        return True
    sheets = world.rows(
        "select a.person_id, p.person_id as signer, p.dated_on from unit_answers a"
        " join papers p on p.subject = 'answer' and p.subject_id = a.unit_id and p.period = a.period"
        " where a.unit_id = {unit} and a.period = '{period}' and p.at = a.at order by p.id desc",
        unit=line["subject_id"],
        period=line["detail"].partition(":")[0],
    )
    if not sheets or not _clerk(world, line):
        return False
    signer, day = sheets[0]["signer"], date.fromisoformat(sheets[0]["dated_on"])
    return bool(signer == sheets[0]["person_id"]) and world.heads(signer, line["subject_id"], day)


def _mended(world: World, line: Row) -> bool:
    """Of a nomination that was moved, the unit it came from."""
    if line["act"] == "move":
        return world.heads(line["actor_id"], int(line["detail"].split(" > ")[0]))
    rows = world.rows("select unit_id from nominations where id = {subject_id}", **line)
    return world.heads(line["actor_id"], rows[0]["unit_id"])


def _own(world: World, line: Row) -> bool:
    rows = world.rows("select nominator_id from endorsements where id = {subject_id}", **line)
    return bool(rows[0]["nominator_id"] == line["actor_id"]) or _clerk(world, line)


def _spoke(world: World, line: Row) -> bool:
    """Who is asked about an exemplar; or a clerk, from paper."""
    rows = world.rows("select representative_id from exemplars where id = {subject_id}", **line)
    return bool(rows[0]["representative_id"] == line["actor_id"]) or _clerk(world, line)


def _anybody(_world: World, _line: Row) -> bool:
    return True


RIGHTS: dict[str, Right] = {
    "nominate": _own,
    "change": _own,
    "add": _own,
    "withdraw": _own,
    "open_nominations": lambda world, line: world.heads(line["actor_id"], line["subject_id"]),
    "choose": _answered,
    "answer_none": _answered,
    "merge": _mended,
    "split": _mended,
    "move": _mended,
    "accept_answer": _clerk,
    "return_answer": _clerk,
    "correct_reason": _clerk,
    "prepare_exemplar": _clerk,
    "ask_consent": _clerk,
    "honour": _clerk,
    "answer_consent": _spoke,
    "take_down": _spoke,
    "congratulate": _anybody,
}
"""Who may have done what the audit log says, by the act."""
