"""The history checker: it finds nothing in a sound database, and names whatever is damaged in one."""

from collections.abc import Callable, Iterator
from datetime import tzinfo
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, delete, insert, select, update

from engine.bpmn.state import decode_state, encode_state
from engine.commands.complete_task import CompleteTask
from engine.policy.actor import Actor
from engine.queries.verification import Extensions, Finding, Tally, Weight, verify
from engine.queries.verification.wording import WORDING
from engine.records.case import CaseStatus, case, case_state, incident, open_task, subscription, timer
from engine.records.history import audit, journal
from engine.records.outbox import delivery, notice, outbox
from engine.records.packing import pack
from engine.records.release import release
from engine.records.wordbook import unpack_stored, wordbook
from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult
from engine.worker import sweep_timers
from tests.unit.engine.diagrams import boundary_timer, catch, diagram, end, path, script, service, start, throw, user
from tests.unit.engine.world import CITY, MONDAY, World, open_world

ANN, BOB = 11, 12
KEY = bytes(range(16))


def rate(call: ServiceContext) -> ServiceResult:
    return ServiceResult({"value": 7}, notices=(Notice(ANN, "x"),))


def refuse(call: ServiceContext) -> ServiceResult:
    raise ServiceFailed("not today")


@pytest.fixture
def world(kind: str, tmp_path: Path) -> Iterator[World]:
    """A world in which one case has gone through everything, and another waits at everything."""
    with open_world(tmp_path, {"rate": rate, "refuse": refuse}) as opened:
        parts = start(), user("write", "ann"), boundary_timer("late", "write", "P1D", interrupting=False)
        more = script("count", "counted", "1 + 1"), service("score", "rate", "scored"), catch("hear", "about", "heard")
        ways = path("begin", "write", "count", "score", "hear", "check", "fail", "done") + path(
            "late", "remind", "done"
        )
        tail = user("check", "bob"), user("remind", "bob"), service("fail", "refuse"), end()
        opened.deploy(diagram(tmp_path, *parts, *more, *tail, ways))
        said = start(), throw("say", '"k"', "{n: 1}"), end(), path("begin", "say", "done")
        opened.deploy(diagram(tmp_path, *said, process="speaker"))
        yield opened


def live(world: World) -> int:
    """Return a case with a task, a timer and a past; others have an incident, wait for a message, or have ended."""
    for key, message in (("1", "k"), ("2", "k"), ("3", "never")):
        world.start("test", key, ann=ANN, bob=BOB, about=message)
    for row in world.tasks(ANN):
        world.engine.run(CompleteTask(row.case_id, row.token, {"note": "x"}), Actor(CITY, ANN), KEY)
    world.start("speaker")
    world.work()
    world.complete(BOB, world.tasks(BOB)[0])
    world.start("test", "4", ann=ANN, bob=BOB, about="k")
    world.clock.forward(days=2)
    sweep_timers(world.engine)
    world.work()
    world.complete(BOB, next(row for row in world.tasks(BOB) if row.element == "remind"))
    return world.start("test", "5", ann=ANN, bob=BOB, about="k")


def found(world: World, case_id: int | None = None) -> tuple[list[Finding], Tally]:
    with world.engine.database.reading() as read:
        run = verify(read, world.directory, case_id=case_id)
        return list(run.findings()), run.tally


def codes(world: World) -> list[str]:
    return [finding.code for finding in found(world)[0]]


def test_nothing_is_found_where_people_worked_and_things_failed(world: World) -> None:
    live(world)

    findings, tally = found(world)

    assert findings == []
    assert (tally.cases, tally.completions, tally.replayed, tally.not_replayed) == (6, 5, 6, 0)


def test_one_case_alone_can_be_asked_for(world: World) -> None:
    third = live(world)

    findings, tally = found(world, third)

    assert (findings, tally.cases, tally.contents) == ([], 1, 0)


Damage = Callable[[Connection, int], object]


def change(table: Table, case_id: int, **values: Any) -> Any:
    return update(table).where(table.c.case_id == case_id).values(**values)


def repeat_step(write: Connection, case_id: int) -> None:
    """Add the completion of another case's task to the journal once more."""
    steps = write.execute(select(journal).order_by(journal.c.case_id, journal.c.version)).all()
    entries: list[Any] = [unpack_stored(write, step.entry) for step in steps]
    done = next(number for number, entry in enumerate(entries) if entry["kind"] == "complete")
    last = max(step.version for step in steps if step.case_id == steps[done].case_id)
    write.execute(insert(journal), {**steps[done]._asdict(), "version": last + 1})


def hear_again(write: Connection, case_id: int) -> None:
    """Let a message that was heard be heard and waited for once more."""
    steps = write.execute(select(journal).order_by(journal.c.case_id, journal.c.version)).all()
    entries: list[Any] = [unpack_stored(write, step.entry) for step in steps]
    heard = next(number for number, entry in enumerate(entries) if "heard" in entry)
    row = {"id": entries[heard]["heard"][0], "tenant": CITY, "kind": "other", "payload": pack({}), "created_at": MONDAY}
    write.execute(insert(outbox), row)
    pair = {"outbox_id": row["id"], "listener": entries[heard]["heard"][1]}
    write.execute(insert(delivery), {**pair, "case_id": steps[heard].case_id})


def hand_over_of_old(write: Connection, case_id: int) -> None:
    """Add what an earlier release noted of a task that was opened anew for somebody: not with which variables."""
    entry = pack({"kind": "delegate", "data": {}, "opened": [[2, "write", BOB, None]], "closed": [2]})
    at = MONDAY.replace(year=2027)
    row = {"case_id": case_id, "version": 2, "at": at, "actor": ANN, "entry": entry}
    write.execute(insert(journal), row)
    write.execute(change(case_state, case_id, version=2))
    write.execute(change(open_task, case_id, assignee=BOB))
    said = {"id": 1, "tenant": CITY, "at": at, "actor": ANN, "command": "DelegateTask", "subject": case_id}
    write.execute(insert(audit), said)


def forget_completion(write: Connection, case_id: int) -> None:
    write.execute(delete(audit).where(audit.c.command == "CompleteTask", audit.c.key.is_(None)))


def claim_completion(write: Connection, case_id: int) -> None:
    row = {"id": 1, "tenant": CITY, "at": MONDAY, "actor": BOB, "command": "CompleteTask", "subject": case_id}
    write.execute(insert(audit), row)


def stray(write: Connection, case_id: int) -> None:
    write.execute(insert(outbox), {"id": 1, "tenant": CITY, "kind": "other", "payload": pack({}), "created_at": MONDAY})
    write.execute(insert(delivery), {"outbox_id": 1, "case_id": 1, "listener": 1})


def forge_state(write: Connection, case_id: int) -> None:
    """Change a variable in the state, and nothing else."""
    content = write.execute(select(case_state.c.content).where(case_state.c.case_id == case_id)).scalar_one()
    state = decode_state(content)
    assert state.scopes[0].variables is not None
    state.scopes[0].variables["ann"] = 99
    write.execute(change(case_state, case_id, content=encode_state(state)))


def forge_state_of_old(write: Connection, case_id: int) -> None:
    forge_state(write, case_id)
    write.execute(change(case_state, case_id, digest=None))


def forge_wordbook(write: Connection, case_id: int) -> None:
    write.execute(update(wordbook).values(words=pack(b"other words")))


DAMAGES: dict[str, tuple[Damage, set[str]]] = {
    "a step is gone": (
        lambda w, c: w.execute(delete(journal).where(journal.c.version == 2)),
        {"journal_gap", "audit_without_step", "state_version"},
    ),
    "a step cannot be read": (lambda w, c: w.execute(change(journal, c, entry=b"\x01")), {"journal_unreadable"}),
    "the whole journal is gone": (
        lambda w, c: w.execute(delete(journal)),
        {"journal_missing", "audit_without_step"},
    ),
    "a step is dated back": (
        lambda w, c: w.execute(update(journal).where(journal.c.version == 3).values(at=MONDAY.replace(year=2020))),
        {"clock_went_back", "step_without_audit", "audit_without_step"},
    ),
    "a task is done twice": (repeat_step, {"completed_twice", "step_without_audit", "state_version"}),
    "a message is heard and waits": (hear_again, {"heard_again"}),
    "an acknowledged step is not in the audit trail": (forget_completion, {"step_without_audit"}),
    "an acknowledged step is not in the journal": (claim_completion, {"audit_without_step"}),
    "a state is gone": (
        lambda w, c: w.execute(delete(case_state).where(case_state.c.case_id == c)),
        {"state_missing"},
    ),
    "a state of an ended case is there": (
        lambda w, c: w.execute(update(case).where(case.c.id == c).values(status=CaseStatus.FINISHED)),
        {"state_left", "case_differs"},
    ),
    "a state is cut": (lambda w, c: w.execute(change(case_state, c, content=b"\x02x")), {"state_unreadable"}),
    "a state is newer": (lambda w, c: w.execute(change(case_state, c, version=7)), {"state_version"}),
    "a state is forged": (forge_state, {"state_forged"}),
    "a state is forged and has no digest": (forge_state_of_old, {"replay_differs"}),
    "a task is not shown": (lambda w, c: w.execute(delete(open_task).where(open_task.c.case_id == c)), {"row_missing"}),
    "a timer is forgotten": (lambda w, c: w.execute(delete(timer)), {"row_missing"}),
    "a subscription is forgotten": (lambda w, c: w.execute(delete(subscription)), {"row_missing"}),
    "an incident is forgotten": (lambda w, c: w.execute(delete(incident)), {"row_missing"}),
    "a task too many is shown": (lambda w, c: w.execute(change(open_task, c, token=77)), {"row_extra", "row_missing"}),
    "a task is shown elsewhere": (lambda w, c: w.execute(change(open_task, c, element="x")), {"row_differs"}),
    "a row belongs to no case": (stray, {"row_astray"}),
    "a notice cannot be read": (lambda w, c: w.execute(update(notice).values(params=b"\x09")), {"content_unreadable"}),
    "the words are forged": (forge_wordbook, {"wordbook_missing"}),
    "an earlier release handed a task over": (hand_over_of_old, {"not_replayed"}),
    "a release has another number": (
        lambda w, c: w.execute(update(release).values(number=release.c.number + 5)),
        {"release_gap"},
    ),
    "a release is something else": (
        lambda w, c: w.execute(update(release).values(content=pack({"x.bpmn": 1}))),
        {"release_changed"},
    ),
    "a release is exchanged": (
        lambda w, c: w.execute(update(release).values(content=pack({"x.bpmn": b"<x/>"}))),
        {"release_changed"},
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_each_damage_is_named(world: World, name: str) -> None:
    damage, expected = DAMAGES[name]
    case_id = live(world)

    with world.engine.database.writing() as connection:
        damage(connection, case_id)

    assert set(codes(world)) == expected


def test_what_only_a_process_can_know_is_asked_of_it(world: World) -> None:
    live(world)

    with world.engine.database.reading() as read:
        run = verify(
            read,
            world.directory,
            more=Extensions((lambda _, case: [Finding("record_unexplained", case.id, {"table": "x"})],)),
        )
        assert len(list(run.findings())) == run.tally.errors == run.tally.cases == 6


def broken(tenant: str) -> tzinfo:
    raise LookupError(tenant)


def test_a_case_whose_city_is_gone_is_checked_and_not_done_again(world: World) -> None:
    live(world)
    world.directory.zone = broken  # type: ignore[method-assign]  # the plugin has broken while cases run

    findings, tally = found(world)

    assert {(finding.code, finding.weight) for finding in findings} == {("not_replayed", Weight.NOTE)}
    assert (tally.errors, tally.not_replayed) == (0, 6)


def test_every_finding_is_said_in_two_languages() -> None:
    for texts in WORDING.values():
        assert set(texts) == {"id", "en"}
        assert texts["id"] != texts["en"]
