"""A move takes nothing from people: claims, hand-overs and drafts stay, and what cannot stay is given back."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine.commands.claim_task import ClaimTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.retry_incident import RetryIncident
from engine.commands.save_draft import SaveDraft
from engine.commands.suspend_case import SuspendCase
from engine.moving.rows import drafts_of_before
from engine.policy.actor import Actor
from engine.queries.task import view_task
from engine.records.case import CaseStatus, case, incident
from engine.records.counting import count_statements
from engine.records.outbox import notice
from engine.records.packing import unpack
from engine.services import ServiceContext, ServiceResult
from processes.people.queries.asked import STAFF
from tests.unit.engine.diagrams import boundary_timer, diagram, end, gateway, path, service, start, user
from tests.unit.engine.moves import ACTOR, Movers, chain, check_whole, codes, remarks, stored, verdicts
from tests.unit.engine.world import CITY, World, open_world

ANN, BOB = 1, 2


def field(name: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "label": {"id": name.title(), "en": name.title()}, **more}


def form(*fields: Mapping[str, Any]) -> str:
    title = {"id": "Isian", "en": "Form"}
    return json.dumps({"version": 1, "title": title, "fields": [dict(item) for item in fields]})


def asks(folder: Path, name: str = "one") -> Path:
    """Write a diagram with a task that shows the form `ask`."""
    target = chain(folder, name)
    target.write_text(target.read_text("utf-8").replace('key="any"', 'key="ask"'), "utf-8")
    return target


def queue(folder: Path, group: str = '"office"', name: str = "one") -> Path:
    """Write a diagram with a task for a group."""
    return chain(folder, name, **{name: {"assignee": "", "candidate": group}})


def drafted(world: World, case_id: int, content: Mapping[str, Any]) -> None:
    token = next(row.token for row in world.tasks(ANN) if row.case_id == case_id)
    world.engine.run(SaveDraft(case_id, token, dict(content)), Actor(CITY, ANN))


def draft_of(world: World, case_id: int) -> Mapping[str, Any] | None:
    token = next(row.token for row in world.tasks(ANN) if row.case_id == case_id)
    found = world.engine.read(view_task, Actor(CITY, ANN), case_id, token).draft
    return found.content if found is not None else None


def told(world: World, person: int) -> list[Any]:
    with world.engine.database.reading() as read:
        rows = read.execute(select(notice).where(notice.c.person == person)).all()
    return [(row.code, unpack(row.params)) for row in rows]


def test_a_draft_stays_with_a_task_whose_form_still_takes_it(world: World, tmp_path: Path) -> None:
    world.deploy(asks(tmp_path), forms={"ask": form(field("note"))})
    case_id = world.start("test")
    drafted(world, case_id, {"note": "Sudah ditulis"})
    world.deploy(asks(tmp_path), forms={"ask": form(field("note"), field("more"))})

    judged = Movers(world).move()

    assert remarks(judged) == [("migration.at.form", "one", "")]
    assert draft_of(world, case_id) == {"note": "Sudah ditulis"}


def test_what_a_new_form_does_not_take_is_given_back_to_its_writer(world: World, tmp_path: Path) -> None:
    world.deploy(asks(tmp_path), forms={"ask": form(field("note"), field("amount", "number"))})
    case_id = world.start("test")
    drafted(world, case_id, {"note": "Tetap", "amount": "12"})
    world.deploy(asks(tmp_path), forms={"ask": form(field("note"), field("amount", "date"))})
    before, movers = stored(world), Movers(world)

    judged = movers.move()

    assert ("migration.draft_returned", "one", "") in remarks(judged)
    assert draft_of(world, case_id) == {"note": "Tetap"}
    assert [(code, params["text"]) for code, params in told(world, ANN)] == [("task.draft_returned", "Amount: 12")]
    with world.engine.database.reading() as read:
        assert [unpack(content) for content in drafts_of_before(read)] == [{"note": "Tetap", "amount": "12"}]
    assert [item.reason for item in movers.undo()] == [None]
    assert stored(world) == before


def test_a_claimed_task_stays_with_whoever_took_it(world: World, tmp_path: Path) -> None:
    world.deploy(queue(tmp_path))
    case_id = world.start("test")
    token = world.queue(ANN, "office")[0].token
    world.engine.run(ClaimTask(case_id, token), Actor(CITY, ANN, frozenset({"office"})))
    world.deploy(queue(tmp_path, name="other"))

    Movers(world).move("one=other")

    assert [(row.element, row.token) for row in world.tasks(ANN)] == [("other", token)]


def test_a_task_for_another_group_goes_back_into_a_queue(world: World, tmp_path: Path) -> None:
    world.deploy(queue(tmp_path))
    case_id = world.start("test")
    world.engine.run(ClaimTask(case_id, world.queue(ANN, "office")[0].token), Actor(CITY, ANN, frozenset({"office"})))
    world.deploy(queue(tmp_path, '"hall"'))

    judged = Movers(world).move()

    assert ("migration.at.people", "one", "") in remarks(judged)
    assert (world.tasks(ANN), len(world.queue(BOB, "hall"))) == ((), 1)


def test_a_task_that_was_handed_over_stays_with_the_other(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    case_id = world.start("test")
    world.directory.may_take = frozenset({BOB})
    world.engine.run(DelegateTask(case_id, world.tasks(ANN)[0].token, BOB), Actor(CITY, ANN))
    world.deploy(chain(tmp_path, "one", one={"due": 'date("2026-12-01")'}))

    Movers(world).move()

    assert [row.due for row in world.tasks(BOB)] == [date(2026, 12, 1)]


def test_a_task_that_the_new_release_gives_to_somebody_else_is_his_and_he_is_told(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    world.start("test")
    world.deploy(chain(tmp_path, "one", one={"assignee": "2"}))

    Movers(world).move()

    assert [row.element for row in world.tasks(BOB)] == ["one"]
    assert [code for code, _ in told(world, BOB)] == ["task.delegated"]


def test_a_task_that_nobody_can_be_found_for_leaves_its_case_where_it_is(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    world.start("test")
    world.deploy(chain(tmp_path, "one", one={"assignee": "chief"}))

    assert codes(Movers(world).move()) == ["migration.cannot_begin"]


def test_the_day_of_a_task_follows_a_limit_that_is_new(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    world.start("test")
    limited = (start(), user("one", "1"), boundary_timer("late", "one", "P3D"), end())
    world.deploy(diagram(tmp_path, *limited, path("begin", "one", "done"), path("late", "done")))
    before, movers = stored(world), Movers(world)

    movers.move()

    assert [row.due for row in world.tasks(ANN)] == [date(2026, 10, 8)]
    movers.undo()
    assert stored(world) == before


def test_a_suspended_case_moves_and_stays_suspended(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    case_id = world.start("test")
    world.engine.run(SuspendCase(case_id, "diperiksa"), ACTOR)
    world.deploy(chain(tmp_path, "one", "two"))

    judged = Movers(world).move()

    with world.engine.database.reading() as read:
        status = read.execute(select(case.c.status).where(case.c.id == case_id)).scalar_one()
    assert (verdicts(judged), status) == (["same"], CaseStatus.SUSPENDED)


def test_an_incident_goes_with_its_case_and_can_be_retried_there(tmp_path: Path) -> None:
    services = {"mended": lambda context: ServiceResult(1)}
    with open_world(tmp_path, {**services, "broken": _fails}) as world:
        flows = path("begin", "work", "done")
        world.deploy(diagram(tmp_path, start(), service("work", "broken"), end(), flows))
        case_id = world.start("test")
        world.deploy(diagram(tmp_path, start(), service("other", "mended"), end(), path("begin", "other", "done")))

        Movers(world).move("work=other")

        with world.engine.database.reading() as read:
            stuck = read.execute(select(incident)).one()
        assert stuck.element == "other"
        check_whole(world)
        world.engine.run(RetryIncident(case_id, stuck.token), ACTOR)
        assert stored(world)["state"] == []


def _fails(context: ServiceContext) -> ServiceResult:
    raise ValueError("broken")


def test_a_draft_saved_after_a_move_is_not_lost_by_undoing_it(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    case_id = world.start("test")
    world.deploy(chain(tmp_path, "one", "two"))
    movers = Movers(world)
    movers.move()
    drafted(world, case_id, {"note": "Baru"})

    taken = movers.undo()

    assert [item.reason for item in taken] == [None]
    assert draft_of(world, case_id) == {"note": "Baru"}


def test_a_claim_after_a_move_that_changed_the_task_keeps_the_case_there(world: World, tmp_path: Path) -> None:
    world.deploy(queue(tmp_path))
    case_id = world.start("test")
    world.deploy(queue(tmp_path, name="other"))
    movers = Movers(world)
    movers.move("one=other")
    world.engine.run(ClaimTask(case_id, world.queue(ANN, "office")[0].token), Actor(CITY, ANN, frozenset({"office"})))

    taken = movers.undo()

    assert [item.reason.code if item.reason else None for item in taken] == ["migration.task_since"]
    assert [row.element for row in world.tasks(ANN)] == ["other"]
    check_whole(world)


def beside(folder: Path, *names: str) -> Path:
    """Write a diagram of tasks beside each other, for different people."""
    tasks = (user(name, str(number)) for number, name in enumerate(names, 1))
    ways = "".join(path("split", name, "join") for name in names)
    gates = (gateway("parallel", "split"), gateway("parallel", "join"))
    return diagram(folder, start(), *gates, *tasks, end(), path("begin", "split"), ways, path("join", "done"))


def test_a_task_that_becomes_two_keeps_its_draft_and_opens_the_other(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    case_id = world.start("test")
    drafted(world, case_id, {"n": "7"})
    world.deploy(beside(tmp_path, "legal", "money"))
    before, movers = stored(world), Movers(world)

    movers.move("one=legal,money")

    assert [row.element for row in world.tasks(ANN)] == ["legal"]
    assert [row.element for row in world.tasks(BOB)] == ["money"]
    assert draft_of(world, case_id) == {"n": "7"}
    check_whole(world)
    movers.undo()
    assert stored(world) == before


def test_two_tasks_that_become_one_give_back_the_draft_of_the_second(world: World, tmp_path: Path) -> None:
    world.deploy(beside(tmp_path, "legal", "money"))
    case_id = world.start("test")
    token = world.tasks(BOB)[0].token
    world.engine.run(SaveDraft(case_id, token, {"n": "7"}), Actor(CITY, BOB))
    world.deploy(chain(tmp_path, "one"))
    before, movers = stored(world), Movers(world)

    movers.move("legal=one", "money=one", "join=one")

    assert ([row.element for row in world.tasks(ANN)], world.tasks(BOB)) == (["one"], ())
    assert [params["text"] for _, params in told(world, BOB)] == ["n: 7"]
    check_whole(world)
    movers.undo()
    assert stored(world) == before


def test_a_case_stays_that_would_ask_somebody_who_is_not_there(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    case_id = world.start("test", who=77)
    world.deploy(chain(tmp_path, "one", one={"assignee": "who"}))
    world.directory.persons = STAFF

    with count_statements(world.engine.database) as statements:
        judged = Movers(world).move()

    (reason,) = judged[0].moved.reasons
    assert (codes(judged), reason.element, reason.target) == (["migration.nobody_there"], "one", "77")
    assert [row.case_id for row in world.tasks(ANN)] == [case_id]
    assert sum("FROM employee" in text for text in statements) == 1


def test_a_move_asks_about_nobody_where_everybody_keeps_the_task(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    world.start("test")
    world.deploy(chain(tmp_path, "other"))
    world.directory.persons = STAFF

    with count_statements(world.engine.database) as statements:
        judged = Movers(world).move("one=other")

    assert (verdicts(judged), len(world.tasks(ANN))) == (["mapped"], 1)
    assert not any("FROM employee" in text for text in statements)
