"""Who may do what the audit log says was done: told anew, by the posts that were given."""

from bot.domain.roles import Role
from tests.operations.life_world import Right, Row, World


def _clerk(world: World, line: Row) -> bool:
    return world.holds(line["actor_id"], Role.SECRETARIAT)


def _answered(world: World, line: Row) -> bool:
    """The head or deputy themselves; or a clerk from paper, in the name of one."""
    if world.heads(line["actor_id"], line["subject_id"]):
        return True
    period = line["detail"].partition(":")[0]
    rows = world.rows(
        "select person_id from unit_answers where unit_id = {subject_id} and period = '{period}'",
        subject_id=line["subject_id"],
        period=period,
    )
    return _clerk(world, line) and all(world.heads(row["person_id"], line["subject_id"]) for row in rows)


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
}
"""Who may have done what the audit log says, by the act."""
