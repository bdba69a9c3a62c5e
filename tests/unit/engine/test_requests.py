"""Requests that come twice, late, or from somebody who has no part in the case."""

from pathlib import Path

import pytest
from sqlalchemy import select

from engine.bpmn.check import Catalogue
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.deploy_release import DeployRelease
from engine.commands.save_draft import SaveDraft
from engine.commands.start_case import NewCase, StartCases
from engine.errors import AlreadyClaimed, AlreadyDone, CaseDamaged, Conflict, Forbidden, Invalid, NotFound
from engine.policy.actor import Actor, system_actor
from engine.queries.case import view_case
from engine.queries.task import view_task
from engine.records.case import case_state, open_task
from engine.records.history import audit
from engine.requests import ContentsKey
from engine.worker import sweep_timers
from tests.unit.engine.diagrams import boundary_timer, diagram, end, path, start, throw, user
from tests.unit.engine.world import CITY, World

ANN, BOB, EVE = 11, 12, 13
KEY = bytes(range(16))
CLERKS = frozenset({"clerks"})


@pytest.fixture
def case(world: World, tmp_path: Path) -> int:
    """Ann writes, Bob checks, then Ann reads."""
    tasks = user("write", "ann"), user("check", "bob"), user("read", "ann")
    world.deploy(diagram(tmp_path, start(), *tasks, end(), path("begin", "write", "check", "read", "done")))
    return world.start("test", ann=ANN, bob=BOB)


def test_who_completed_a_task_is_told_to_people_of_the_case_only(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]
    world.complete(ANN, row)
    world.complete(BOB, world.tasks(BOB)[0])

    for person in (ANN, BOB):
        with pytest.raises(AlreadyDone):
            world.engine.read(view_task, Actor(CITY, person), case, row.token)
    for stranger in (Actor(CITY, EVE), Actor("mataram", ANN), Actor(CITY, EVE, CLERKS)):
        with pytest.raises(NotFound):
            world.engine.read(view_task, stranger, case, row.token)


def test_whoever_a_task_was_taken_away_from_is_told(world: World, tmp_path: Path) -> None:
    parts = start(), user("write", "ann"), boundary_timer("late", "write", "PT1H"), user("help", "bob"), end()
    world.deploy(diagram(tmp_path, *parts, path("begin", "write", "done"), path("late", "help", "done")))
    case = world.start("test", ann=ANN, bob=BOB)
    row = world.tasks(ANN)[0]
    world.clock.forward(hours=2)
    sweep_timers(world.engine)
    world.work()

    with pytest.raises(AlreadyDone) as caught:
        world.complete(ANN, row)

    assert (caught.value.params["person"], caught.value.params["at"]) == (None, world.clock())
    with pytest.raises(NotFound):
        world.engine.read(view_task, Actor(CITY, EVE), case, row.token)


def test_a_key_that_is_used_for_another_task_does_not_swallow_it(world: World, case: int) -> None:
    first = world.tasks(ANN)[0]
    world.engine.run(CompleteTask(case, first.token, {}), Actor(CITY, ANN), KEY)
    world.complete(BOB, world.tasks(BOB)[0])
    second = world.tasks(ANN)[0]

    receipt = world.engine.run(CompleteTask(case, second.token, {}), Actor(CITY, ANN), KEY)

    assert receipt.repeated is False
    assert world.tasks(ANN) == ()


def test_a_key_with_other_contents_is_another_request(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]
    world.engine.run(SaveDraft(case, row.token, {"note": "one"}), Actor(CITY, ANN), KEY)

    other = world.engine.run(SaveDraft(case, row.token, {"note": "two"}), Actor(CITY, ANN), KEY)

    assert other.repeated is False
    draft = world.engine.read(view_task, Actor(CITY, ANN), case, row.token).draft
    assert draft is not None and draft.content == {"note": "two"}
    assert world.engine.run(SaveDraft(case, row.token, {"note": "one"}), Actor(CITY, ANN), KEY).repeated


def test_answers_that_differ_are_never_taken_for_those_that_were_given(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]
    world.engine.run(CompleteTask(case, row.token, {"note": "one"}), Actor(CITY, ANN), KEY)

    with pytest.raises(AlreadyDone):
        world.engine.run(CompleteTask(case, row.token, {"note": "two"}), Actor(CITY, ANN), KEY)


def test_whether_a_request_was_carried_out_is_asked_without_doing_it(world: World, case: int) -> None:
    row, key = world.tasks(ANN)[0], ContentsKey(KEY)
    asked = CompleteTask(case, row.token, {})
    before = world.engine.earlier(asked, Actor(CITY, ANN), key)

    done = world.engine.run(CompleteTask(case, row.token, {"note": "x"}), Actor(CITY, ANN), key)

    after = world.engine.earlier(asked, Actor(CITY, ANN), key)
    assert before is None
    assert after is not None
    assert (after.subject, after.at, after.repeated) == (case, done.at, True)
    assert world.engine.earlier(asked, Actor(CITY, BOB), key) is None


def test_a_repeated_claim_is_answered_and_not_refused(world: World, tmp_path: Path) -> None:
    queued = user("sort", "", candidate='"clerks"')
    world.deploy(diagram(tmp_path, start(), queued, end(), path("begin", "sort", "done")))
    case = world.start("test")
    command = ClaimTask(case, world.queue(ANN, "clerks")[0].token)
    first = world.engine.run(command, Actor(CITY, ANN, CLERKS), KEY)

    second = world.engine.run(command, Actor(CITY, ANN, CLERKS), KEY)

    assert (second.repeated, second.subject, second.at) == (True, first.subject, first.at)


def test_a_queued_task_cannot_be_completed_before_it_is_claimed(world: World, tmp_path: Path) -> None:
    queued = user("sort", "", candidate='"clerks"')
    world.deploy(diagram(tmp_path, start(), queued, end(), path("begin", "sort", "done")))
    case = world.start("test")
    token = world.queue(ANN, "clerks")[0].token

    with pytest.raises(Forbidden):
        world.engine.run(CompleteTask(case, token, {}), Actor(CITY, ANN, CLERKS))
    world.engine.run(ClaimTask(case, token), Actor(CITY, ANN, CLERKS))
    with pytest.raises(AlreadyClaimed):
        world.engine.run(ClaimTask(case, token), Actor(CITY, BOB, CLERKS))
    world.engine.run(CompleteTask(case, token, {}), Actor(CITY, ANN, CLERKS))


def test_a_task_handed_over_meanwhile_is_not_completed_by_the_one_who_had_it(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]

    class Slow(CompleteTask):
        """A completion during whose computation the task goes to somebody else."""

        def execute(self, context, subject):  # type: ignore[no-untyped-def]  # as in the base class
            changes = super().execute(context, subject)
            with world.engine.database.writing() as connection:
                connection.execute(open_task.update().values(assignee=EVE))
            return changes

    with pytest.raises((Conflict, NotFound)):
        world.engine.run(Slow(case, row.token, {}), Actor(CITY, ANN))

    assert [task.element for task in world.tasks(EVE)] == ["write"]
    assert world.tasks(BOB) == ()


def test_a_delegation_stays_in_the_history_with_both_names(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]
    world.directory.may_take = frozenset({EVE})

    world.engine.run(DelegateTask(case, row.token, EVE), Actor(CITY, ANN))
    world.complete(EVE, world.tasks(EVE)[0])

    history = world.engine.read(view_case, system_actor(CITY), case).history
    assert [(step.kind, step.actor) for step in history] == [("start", None), ("delegate", ANN), ("complete", EVE)]
    assert (history[1].data["from"], history[1].data["to"]) == (ANN, EVE)
    with pytest.raises(AlreadyDone):
        world.complete(ANN, row)


def test_a_draft_of_a_task_that_has_just_been_done_is_answered_clearly(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]
    world.complete(ANN, row)

    with pytest.raises(AlreadyDone):
        world.engine.run(SaveDraft(case, row.token, {"text": "late"}), Actor(CITY, ANN))


def test_one_key_in_two_drafts_is_one_request(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]
    command = SaveDraft(case, row.token, {"text": "one"})
    world.engine.run(command, Actor(CITY, ANN), KEY)

    assert world.engine.run(command, Actor(CITY, ANN), KEY).repeated is True


def test_a_business_key_named_twice_in_one_command_starts_one_case(world: World, case: int) -> None:
    new = tuple(NewCase("twin", 1, title, {"ann": ANN, "bob": BOB}) for title in ("first", "second"))

    receipt = world.engine.run(StartCases("test", new), system_actor(CITY))

    assert len(receipt.value) == 1
    assert [row.title for row in world.tasks(ANN)] == ["Kasus 1", "first"]


def test_variables_may_have_any_name(world: World, case: int) -> None:
    names = {"release": "r", "surroundings": "s", "state": "t", "self": "u", "variables": "v", "ann": ANN, "bob": BOB}

    world.engine.run(StartCases("test", (NewCase("odd", 1, "odd", names),)), system_actor(CITY))

    row = next(row for row in world.tasks(ANN) if row.title == "odd")
    view = world.engine.read(view_task, Actor(CITY, ANN), row.case_id, row.token)
    assert dict(view.variables) == names


def test_many_cases_may_send_the_same_message_in_one_command(world: World, tmp_path: Path) -> None:
    parts = start(), throw("say", '"k"', "{who: name}"), end()
    world.deploy(diagram(tmp_path, *parts, path("begin", "say", "done")))
    new = tuple(NewCase(name, 1, name, {"name": name}) for name in ("a", "b", "c"))

    world.engine.run(StartCases("test", new), system_actor(CITY))

    with world.engine.database.reading() as read:
        assert read.exec_driver_sql("SELECT count(*) FROM message").scalar() == 1


def test_a_race_for_the_same_row_is_a_conflict_with_a_name(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]
    double = SaveDraft(case, row.token + 50, {})

    class Blind(SaveDraft):
        """A draft of a task that is not there, as after a race."""

        def subject(self, context):  # type: ignore[no-untyped-def]  # as in the base class
            return SaveDraft(case, row.token, {}).subject(context)

    with pytest.raises(Conflict):
        world.engine.run(Blind(case, double.token, {}), Actor(CITY, ANN))


def test_an_older_release_is_not_brought_back_by_its_files_alone(world: World, tmp_path: Path) -> None:
    old = diagram(tmp_path, start(), user("write", "ann"), end(), path("begin", "write", "done")).read_bytes()
    new = old.replace(b'name="write"', b'name="newer"')
    catalogue = Catalogue(forms=frozenset({"any"}))
    for files in (old, new):
        world.engine.run(DeployRelease({"test.bpmn": files}, catalogue), system_actor(CITY))

    with pytest.raises(Invalid, match="release 1"):
        world.engine.run(DeployRelease({"test.bpmn": old}, catalogue), system_actor(CITY))


def test_a_damaged_state_is_named_and_touches_no_other_case(world: World, case: int) -> None:
    other = world.start("test", "2", ann=ANN, bob=BOB)
    rows = {row.case_id: row for row in world.tasks(ANN)}
    with world.engine.database.writing() as connection:
        state = connection.execute(select(case_state.c.content).where(case_state.c.case_id == case)).scalar_one()
        connection.execute(
            case_state.update().where(case_state.c.case_id == case).values(content=state[: len(state) // 2])
        )

    with pytest.raises(CaseDamaged):
        world.complete(ANN, rows[case])
    with pytest.raises(CaseDamaged):
        world.engine.read(view_task, Actor(CITY, ANN), case, rows[case].token)

    assert len(world.tasks(ANN)) == 2
    assert world.engine.read(view_case, Actor(CITY, ANN), case).waiting
    world.complete(ANN, rows[other])


def test_what_people_answer_stays_out_of_the_text_of_a_command(world: World, case: int) -> None:
    assert "secret" not in repr(CompleteTask(case, 2, {"text": "secret"}))
    assert "secret" not in repr(SaveDraft(case, 2, {"text": "secret"}))


def test_the_audit_trail_does_not_keep_the_clients_key(world: World, case: int) -> None:
    world.engine.run(CompleteTask(case, world.tasks(ANN)[0].token, {}), Actor(CITY, ANN), KEY)

    with world.engine.database.reading() as read:
        kept = read.execute(select(audit.c.key).where(audit.c.key.is_not(None))).scalar_one()
    assert kept not in {KEY, int.from_bytes(KEY[:8], signed=True), int.from_bytes(KEY[8:], signed=True)}
