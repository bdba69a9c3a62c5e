"""Cases that begin by themselves: by a message, a signal, or a time, once each."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from sqlalchemy import select

from engine.commands.begin_case import BeginCase
from engine.commands.start_case import NewCase, StartCases
from engine.errors import DiagramRefused, Invalid
from engine.policy.actor import system_actor
from engine.queries.case import view_case
from engine.queries.inbox import InboxRow
from engine.queries.verification import verify
from engine.records.case import case
from engine.records.release import start_event
from engine.worker import empty_outbox, reconcile, sweep_timers
from tests.unit.engine.diagrams import end, path, start, user
from tests.unit.engine.listening import ANN, deploy, deploy_alarm, deploy_reader, deploy_speaker, signal, undelivered
from tests.unit.engine.world import CITY, World


def told(name: str = "told", result: str = "news", words: str = "") -> str:
    """A start event that waits for `news`; `words` say what its case is called."""
    extension = f'<bpmn:extensionElements><alur:message result="{result}" />{words}</bpmn:extensionElements>'
    definition = '<bpmn:messageEventDefinition messageRef="message_news" />'
    return f'<bpmn:startEvent id="{name}">{extension}{definition}</bpmn:startEvent>'


def at(kind: str, when: str, name: str = "at") -> str:
    """A start event with a timer."""
    timer = f"<bpmn:timerEventDefinition><bpmn:{kind}>{when}</bpmn:{kind}></bpmn:timerEventDefinition>"
    return f'<bpmn:startEvent id="{name}">{timer}</bpmn:startEvent>'


def deploy_begun(world: World, folder: Path, begins: str, name: str, version: str = "") -> None:
    """A process in which Ann is asked as soon as a case begins."""
    note = f"<bpmn:documentation>{version}</bpmn:documentation>" if version else ""
    deploy(world, folder, "begun", note, begins, user("read", "11"), end(), path(name, "read", "done"))


def elapse(world: World, **span: int) -> None:
    """Let time pass, and the worker look twice."""
    world.clock.forward(**span)
    for _ in range(2):
        sweep_timers(world.engine)
        world.work()


def asked(world: World) -> list[InboxRow]:
    return sorted(world.tasks(ANN), key=lambda row: row.case_id)


def keys(world: World) -> list[str]:
    with world.engine.database.reading() as read:
        return list(
            read.execute(select(case.c.business_key).where(case.c.process == "begun").order_by(case.c.id)).scalars()
        )


def test_a_message_begins_a_case_under_its_key_with_what_it_carries(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, told(), "told")
    deploy_speaker(world, tmp_path)

    world.start("speaker", topic="weather", text="rain")
    world.work()

    row = asked(world)[0]
    assert (row.title, row.variables) == ("begun weather", {"news": {"what": "rain"}})
    assert keys(world) == ["weather"]
    assert undelivered(world) == (0, 0)


def test_a_message_begins_one_case_however_often_the_worker_looks(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, told(), "told")
    deploy_speaker(world, tmp_path)
    world.start("speaker", topic="weather", text="rain")

    for _ in range(3):
        empty_outbox(world.engine)
        reconcile(world.engine)
        world.work()

    assert keys(world) == ["weather"]


def test_a_second_message_under_a_key_begins_no_second_case(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, told(), "told")
    deploy_speaker(world, tmp_path)

    for text in ("rain", "snow"):
        world.start("speaker", text, topic="weather", text=text)
    world.start("speaker", "other", topic="sports", text="goal")
    world.work()

    assert keys(world) == ["weather", "sports"]


def test_what_was_sent_before_a_process_waited_for_it_begins_nothing(world: World, tmp_path: Path) -> None:
    deploy_speaker(world, tmp_path)
    world.start("speaker", topic="weather", text="rain")
    world.clock.forward(seconds=1)

    deploy_begun(world, tmp_path, told(), "told")
    world.work()

    assert keys(world) == []


def test_what_was_sent_just_before_a_new_release_begins_a_case_of_it(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, told(), "told")
    deploy_speaker(world, tmp_path)
    world.start("speaker", topic="weather", text="rain")
    world.clock.forward(seconds=1)

    deploy_begun(world, tmp_path, told(result="heard"), "told", "2")
    world.work()

    assert asked(world)[0].variables == {"heard": {"what": "rain"}}


def test_a_release_without_the_start_event_takes_it_away(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, told(), "told")
    deploy_speaker(world, tmp_path)

    deploy_begun(world, tmp_path, start(), "begin")
    world.start("speaker", topic="weather", text="rain")
    world.work()

    assert keys(world) == []


def test_the_diagram_says_what_the_case_is_called_and_whom_it_is_about(world: World, tmp_path: Path) -> None:
    title = quoteattr('"Kabar: " + news.what')
    words = f'<alur:case subject="news.about" title={title} />'
    deploy_begun(world, tmp_path, told(words=words), "told")
    deploy_speaker(world, tmp_path, "{what: text, about: 4711}")

    world.start("speaker", topic="weather", text="rain")
    world.work()

    row = asked(world)[0]
    assert row.title == "Kabar: rain"
    assert world.engine.read(view_case, system_actor(CITY), row.case_id).case.subject == 4711


def test_a_title_that_cannot_be_told_keeps_no_case_from_beginning(world: World, tmp_path: Path) -> None:
    words = '<alur:case subject="news.nobody" title="nothing + 1" />'
    deploy_begun(world, tmp_path, told(words=words), "told")
    deploy_speaker(world, tmp_path)

    world.start("speaker", topic="weather", text="rain")
    world.work()

    assert [row.title for row in asked(world)] == ["begun weather"]


def test_each_signal_begins_a_case(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, signal("startEvent", "rings", result="heard"), "rings")
    deploy_alarm(world, tmp_path)

    for key in ("1", "2"):
        world.start("siren", key)
        world.work()
        empty_outbox(world.engine)

    assert [row.variables for row in asked(world)] == [{"heard": {"where": "hall"}}] * 2
    assert [row.title for row in asked(world)] == ["begun 05-10-2026"] * 2


def test_a_message_begins_a_case_and_reaches_those_that_wait(world: World, tmp_path: Path) -> None:
    parts = told(), user("read", "11"), start(), user("write", "11"), end()
    edge = (
        '<bpmn:boundaryEvent id="more" attachedToRef="write"><bpmn:extensionElements><alur:message key="topic" />'
        '</bpmn:extensionElements><bpmn:messageEventDefinition messageRef="message_news" /></bpmn:boundaryEvent>'
    )
    ways = path("told", "read", "done"), path("begin", "write", "done"), path("more", "read")
    deploy(world, tmp_path, "begun", *parts, edge, *ways)
    deploy_speaker(world, tmp_path)
    world.start("begun", "own", topic="weather")

    world.start("speaker", topic="weather", text="rain")
    world.work()

    assert sorted(row.title for row in asked(world)) == ["Kasus own", "begun weather"]
    assert {row.element for row in asked(world)} == {"read"}


def test_a_date_begins_a_case_on_that_day_in_the_city(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, at("timeDate", "2026-10-07"), "at")
    # It is Monday 09:00 in Jakarta; Wednesday begins on Tuesday 17:00 UTC.

    elapse(world, hours=38, minutes=59)
    assert asked(world) == []
    elapse(world, minutes=1)
    elapse(world, days=30)

    assert keys(world) == ["at:2026-10-06T17:00:00Z"]


@pytest.mark.parametrize(
    ("tag", "when", "hours"),
    [
        ("timeDuration", "PT8H", 8),
        ("timeDate", "2026-10-05T10:00:00Z", 8),
        ("timeDate", "working days after(today(), 5)", 24 * 7 - 9),
        ("timeDuration", 'duration("PT2H") * 4', 8),
    ],
)
def test_a_time_begins_one_case(world: World, tmp_path: Path, tag: str, when: str, hours: int) -> None:
    deploy_begun(world, tmp_path, at(tag, when), "at")

    elapse(world, hours=hours - 1)
    assert asked(world) == []
    elapse(world, hours=1)
    elapse(world, days=100)

    assert len(keys(world)) == 1


def test_a_cycle_begins_a_case_each_time_and_as_often_as_it_says(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, at("timeCycle", "R3/P1D"), "at")

    for _ in range(6):
        elapse(world, days=1)

    assert [key.split(":", 1)[1] for key in keys(world)] == [f"2026-10-{day:02}T02:00:00Z" for day in (6, 7, 8)]
    with world.engine.database.reading() as read:
        assert read.execute(select(start_event.c.due)).scalar_one() is None


def test_a_cycle_in_working_days_begins_cases_when_each_of_them_begins(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, at("timeCycle", "R/working days after(today(), 1)"), "at")

    for _ in range(8):
        elapse(world, days=1)

    # Jakarta is seven hours ahead; the 10th and 11th of October are a weekend.
    days = [key.split(":", 1)[1][:13] for key in keys(world)]
    assert days == [f"2026-10-{day:02}T17" for day in (5, 6, 7, 8, 11, 12)]


def test_times_of_a_cycle_that_nobody_was_there_for_are_not_made_up_for(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, at("timeCycle", "R/P1D"), "at")

    elapse(world, days=10, hours=1)
    elapse(world, hours=23)

    assert len(keys(world)) == 2


def test_a_new_release_with_the_same_cycle_keeps_its_rhythm_and_its_count(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, at("timeCycle", "R2/P2D"), "at")
    elapse(world, days=3)
    assert len(keys(world)) == 1

    deploy_begun(world, tmp_path, at("timeCycle", "R2/P2D"), "at", "2")
    elapse(world, days=1)
    elapse(world, days=20)

    assert [key.split(":", 1)[1] for key in keys(world)] == ["2026-10-07T02:00:00Z", "2026-10-09T02:00:00Z"]


def test_a_cycle_that_counts_by_another_calendar_comes_when_that_says(world: World, tmp_path: Path) -> None:
    six = '<bpmn:extensionElements><alur:calendar name="six_days" /></bpmn:extensionElements>'
    begins = at("timeCycle", "R/working days after(today(), 5)")
    deploy_begun(world, tmp_path, begins, "at")

    deploy_begun(world, tmp_path, begins.replace("<bpmn:timer", f"{six}<bpmn:timer", 1), "at")

    with world.engine.database.reading() as read:
        assert read.execute(select(start_event.c.due)).scalar_one() == datetime(2026, 10, 9, 17, tzinfo=UTC)


def test_the_newest_release_decides_when(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, at("timeDuration", "PT8H"), "at")
    deploy_begun(world, tmp_path, at("timeDuration", "PT20H"), "at")

    elapse(world, hours=19)
    assert keys(world) == []
    elapse(world, hours=1)

    assert len(keys(world)) == 1


def test_a_date_that_has_passed_when_it_is_deployed_begins_nothing(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, at("timeDate", "2026-10-04"), "at")

    elapse(world, days=1)

    assert keys(world) == []


def test_today_begins_a_case_now_and_a_second_release_of_today_no_second(world: World, tmp_path: Path) -> None:
    for version in ("1", "2"):
        deploy_begun(world, tmp_path, at("timeDate", "2026-10-05"), "at", version)
        elapse(world, minutes=1)

    assert len(keys(world)) == 1


def test_two_workers_with_one_instant_begin_one_case(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, at("timeCycle", "R3/P1D"), "at")
    world.clock.forward(days=1)
    command = BeginCase("begun", "at", datetime(2026, 10, 6, 2, 0, tzinfo=UTC))

    first = world.engine.run(command, system_actor(CITY))
    second = world.engine.run(command, system_actor(CITY))

    assert first.value is not None and second.value is None
    assert len(keys(world)) == 1


def test_a_time_that_cannot_be_told_without_a_case_is_refused_by_name(world: World, tmp_path: Path) -> None:
    with pytest.raises(DiagramRefused) as refused:
        deploy_begun(world, tmp_path, at("timeDate", "limits.first"), "at")

    assert [(item.element, item.code) for item in refused.value.problems] == [("at", "start_time")]


def test_a_process_that_only_events_begin_is_not_started_by_hand(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, told(), "told")
    new: tuple[Any, ...] = (NewCase("1", 1, "Kasus"),)

    with pytest.raises(Invalid, match="no plain start event"):
        world.engine.run(StartCases("begun", new), system_actor(CITY))


def test_the_history_says_which_start_event_has_happened(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, told(), "told")
    deploy_speaker(world, tmp_path)
    world.start("speaker", topic="weather", text="rain")

    world.work()

    step = world.engine.read(view_case, system_actor(CITY), asked(world)[0].case_id).history[0]
    assert (step.kind, step.element, step.passed) == ("start", "told", ("told",))


def test_what_begins_cases_and_what_they_hear_stands_in_the_journal_as_it_happened(
    world: World, tmp_path: Path
) -> None:
    deploy_begun(world, tmp_path, told(), "told")
    deploy_reader(world, tmp_path)
    deploy_speaker(world, tmp_path)
    world.start("reader", topic="weather")
    for text in ("rain", "snow"):
        world.start("speaker", text, topic="weather", text=text)
    world.work()

    with world.engine.database.reading() as read:
        run = verify(read, world.directory)
        findings = list(run.findings())

    assert findings == []
    assert (run.tally.cases, run.tally.replayed) == (4, 4)
