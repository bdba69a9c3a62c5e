"""Looks ahead at designs as jobs: asked once, answered once, and told with what they are about."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from engine.commands.ask_foresight import AskForesight
from engine.commands.begin_design import BeginDesign
from engine.commands.discard_design import DiscardDesign
from engine.commands.end_foresight import EndForesight
from engine.commands.save_design import SaveDesign
from engine.designs.finding import DesignClosed, content_mark, find_design
from engine.errors import AlreadyDone, NotFound
from engine.folding import fold_city
from engine.foreseeing import foresee, forget_foresights
from engine.foresight.inputs import Origin, Supposed
from engine.foresight.keeping import KEPT, MOST_KEPT, Foresight, ListedForesight, Trouble, find_foresight, foresights_of
from engine.foresight.looking import look_ahead
from engine.foresight.model import Pool
from engine.foresight.past import Past
from engine.foresight.question import Question
from engine.policy.actor import Actor, system_actor
from engine.queries.foresight import is_awaited, read_ground, read_history
from engine.records.design import DesignStatus, design
from engine.records.foresight import foresight
from engine.records.history import audit
from engine.records.packing import pack, unpack
from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.world import CITY, World

OWNER = Actor(CITY, 11, frozenset({"process_owner"}))
SYSTEM = system_actor(CITY)
QUESTION = Question(12, 3, 7, 0, Supposed(stays={"sign": (450.0, 900.1)}, pools={"": Pool(1, 0.1)}), {}, is_fitted=True)


def written(folder: Path, *tasks: str) -> Path:
    """A process of some tasks of one person."""
    parts = start(), *(user(name) for name in tasks), end(), path("begin", *tasks, "done")
    return diagram(folder, *parts)


class Studio:
    """A process that has run, and a design of it with a step more."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.engine = world, world.engine
        world.deploy(written(folder, "check"), forms={"any": '{"version": 1, "fields": []}'})
        for number in range(6):
            world.start("test", str(number), subject=number + 1, person=1)
            world.clock.forward(hours=2 + number)
            world.complete(1, world.tasks(1)[0])
        assert fold_city(world.engine, CITY)
        self.design: int = world.engine.run(BeginDesign(self.files(folder, "check", "sign")), OWNER).value

    def files(self, folder: Path, *tasks: str) -> dict[str, bytes]:
        return {"test.bpmn": written(folder, *tasks).read_bytes(), "forms/any.json": b'{"version": 1, "fields": []}'}

    def ask(self, question: Question = QUESTION) -> int:
        number: int = self.engine.run(AskForesight(self.design, question, {"masa_bulan": 12}), OWNER).value
        return number

    def find(self, number: int) -> Foresight:
        with self.engine.database.reading() as read:
            return find_foresight(read, CITY, number)

    def all(self) -> tuple[ListedForesight, ...]:
        with self.engine.database.reading() as read:
            return foresights_of(read, CITY, self.design)

    def change(self, folder: Path) -> None:
        """Save another diagram."""
        with self.engine.database.reading() as read:
            seen = find_design(read, CITY, self.design).diagram
        other = self.files(folder, "check", "read", "sign")["test.bpmn"]
        self.engine.run(SaveDesign(self.design, {"test.bpmn": other}, {"test.bpmn": content_mark(seen)}), OWNER)

    def past(self) -> Past:
        """Return what is known now."""
        with self.engine.database.reading() as read:
            drawn = find_design(read, CITY, self.design).diagram
            ground = read_ground(read, SYSTEM, self.world.directory, "test", months=12, now=self.world.clock())
            outline, _problems = read_outline(read_xml(drawn, "test.bpmn"), "test.bpmn")
            assert outline is not None
            history = read_history(read, SYSTEM, "test", ground, outline)
        return ground.past(outline, history)

    def keep_as_another_version(self, column: str, field: str) -> None:
        """Take a field out of whatever is kept, and give it one that nobody knows."""
        with self.engine.database.writing() as connection:
            for row in connection.execute(select(foresight)).all():
                plain = json.loads(str(unpack(getattr(row, column))))
                del plain[field]
                stored = {column: pack(json.dumps(plain | {"unheard_of": 1}))}
                connection.execute(foresight.update().where(foresight.c.id == row.id).values(stored))

    def count_ended(self) -> int:
        """Return how often something was answered."""
        with self.engine.database.reading() as read:
            return len(read.execute(select(audit.c.id).where(audit.c.command == "EndForesight")).all())


@pytest.fixture
def studio(world: World, tmp_path: Path) -> Studio:
    """A design with what was measured of its process."""
    return Studio(world, tmp_path)


def test_a_job_finds_what_a_direct_look_finds(studio: Studio) -> None:
    number = studio.ask()
    assert studio.find(number).answer is None
    assert studio.engine.read(is_awaited, OWNER, number)

    studio.world.work()

    found = studio.find(number)
    expected = look_ahead(studio.past(), QUESTION)
    assert found.answer == expected
    assert expected.check is not None
    assert (expected.begun, expected.number, expected.forecast.seed) == (6, 1, 7)
    assert [step.id for step in expected.steps] == ["check", "sign"]
    assert (found.question, found.filled, found.diagram) == (QUESTION, {"masa_bulan": 12}, None)
    assert not studio.engine.read(is_awaited, OWNER, number)


@pytest.mark.parametrize(("doers", "origin"), [(4, Origin.SUPPOSED), (5, Origin.MEASURED)])
def test_how_long_a_task_takes_counts_as_measured_where_five_have_done_it(
    studio: Studio, doers: int, origin: Origin
) -> None:
    for person in range(2, doers + 1):
        studio.world.start("test", f"of {person}", subject=person, person=person)
        studio.world.clock.forward(hours=2)
        studio.world.complete(person, studio.world.tasks(person)[0])
    assert fold_city(studio.engine, CITY)

    past = studio.past()

    assert past.drawn is not None
    assert past.inputs(Supposed()).origin(past.drawn.elements["check"]) is origin
    assert past.history.hidden == ({"check"} if origin is Origin.SUPPOSED else set())


@pytest.mark.parametrize(("signers", "hidden"), [(4, {"check", "sign"}), (5, set())])
def test_beside_the_only_step_of_few_people_the_smallest_other_one_counts_as_not_measured(
    studio: Studio, tmp_path: Path, signers: int, hidden: set[str]
) -> None:
    studio.world.deploy(written(tmp_path, "check", "sign"), forms={"any": '{"version": 1, "fields": []}'})
    for person in range(1, 6):
        studio.world.start("test", f"of {person}", subject=person, person=person)
        for _step in ("check", "sign")[: 2 if person <= signers else 1]:
            studio.world.clock.forward(hours=2)
            studio.world.complete(person, studio.world.tasks(person)[0])
    assert fold_city(studio.engine, CITY)

    assert studio.past().history.hidden == hidden


def test_the_same_question_is_answered_once_and_another_day_anew(studio: Studio) -> None:
    first, again, other = studio.ask(), studio.ask(), studio.ask(replace(QUESTION, seed=8))
    studio.world.work()
    kept = studio.ask()
    studio.world.clock.forward(days=1)

    tomorrow = studio.ask()

    assert first == again == kept
    assert len({first, other, tomorrow}) == 3
    assert studio.count_ended() == 2


def test_a_job_that_comes_twice_answers_once(studio: Studio) -> None:
    number = studio.ask()

    foresee(studio.engine, tenant=CITY, number=number)
    found = studio.find(number)
    foresee(studio.engine, tenant=CITY, number=number)

    assert studio.find(number) == found
    assert studio.count_ended() == 1
    with pytest.raises(AlreadyDone):
        studio.engine.run(EndForesight(number, Trouble.BROKEN), SYSTEM)


def test_a_worker_that_dies_leaves_nothing_and_the_next_one_finds_the_same(studio: Studio) -> None:
    number, expected = studio.ask(), look_ahead(studio.past(), QUESTION)
    holidays = studio.world.directory.holidays
    studio.world.directory.holidays = None  # type: ignore[assignment]  # nobody can count days by it
    with pytest.raises(TypeError):
        foresee(studio.engine, tenant=CITY, number=number)
    assert studio.find(number).ended_at is None

    studio.world.directory.holidays = holidays
    studio.world.work()

    assert studio.find(number).answer == expected
    assert studio.count_ended() == 1


def test_what_is_asked_is_about_the_design_as_it_was_then(studio: Studio, tmp_path: Path) -> None:
    number, expected = studio.ask(), look_ahead(studio.past(), QUESTION)

    studio.change(tmp_path)
    studio.world.work()

    assert studio.find(number).answer == expected
    assert studio.ask() != number  # of other content


def test_a_design_that_is_closed_meanwhile_ends_it_without_an_incident(studio: Studio) -> None:
    number = studio.ask()
    with studio.engine.database.writing() as connection:
        connection.execute(design.update().values(status=DesignStatus.RELEASED))

    studio.world.work()

    assert studio.find(number).trouble is Trouble.CLOSED
    with pytest.raises(DesignClosed):
        studio.ask(replace(QUESTION, seed=9))


def test_what_was_asked_of_a_discarded_design_is_forgotten_with_it(studio: Studio) -> None:
    number = studio.ask()

    studio.engine.run(DiscardDesign(studio.design), OWNER)
    studio.world.work()

    assert studio.all() == ()
    with pytest.raises(NotFound):
        studio.find(number)


def test_what_cannot_be_simulated_is_told_and_may_be_asked_again(studio: Studio) -> None:
    impossible = replace(QUESTION, years=20, supposed=replace(QUESTION.supposed, stays={"sign": (1.0, 1e307)}))
    number = studio.ask(impossible)
    studio.world.work()
    assert studio.find(number).trouble is Trouble.BROKEN

    again = studio.ask(impossible)

    assert again != number
    assert [one.id for one in studio.all()] == [again]


@pytest.mark.parametrize("field", ["forecast", "version", "begun"])
def test_what_another_version_found_is_said_to_be_and_may_be_asked_again(studio: Studio, field: str) -> None:
    number = studio.ask()
    studio.world.work()
    studio.keep_as_another_version("found", field)

    old, listed = studio.find(number), studio.all()
    again = studio.ask()
    studio.world.work()

    assert (old.answer, old.trouble) == (None, Trouble.OTHER_VERSION)
    assert [(one.id, one.question) for one in listed] == [(number, QUESTION)]
    assert again != number
    assert studio.find(again).answer is not None


def test_what_another_version_asked_is_ended_and_may_be_asked_again(studio: Studio) -> None:
    number = studio.ask()
    studio.keep_as_another_version("question", "supposed")

    studio.world.work()

    assert (studio.find(number).question, studio.find(number).trouble) == (None, Trouble.OTHER_VERSION)
    assert studio.all()[0].question is None
    assert studio.ask() != number


def test_few_are_kept_and_none_for_long(studio: Studio) -> None:
    numbers = [studio.ask(replace(QUESTION, seed=seed)) for seed in range(MOST_KEPT + 2)]
    assert sorted(one.id for one in studio.all()) == sorted(numbers[2:])

    studio.world.clock.forward(days=KEPT.days + 1)
    forget_foresights(studio.engine)

    assert studio.all() == ()


def test_only_process_owners_ask_and_only_of_designs_of_their_city(studio: Studio) -> None:
    for actor in (Actor(CITY, 12), Actor("elsewhere", 11, frozenset({"process_owner"}))):
        with pytest.raises(NotFound):
            studio.engine.run(AskForesight(studio.design, QUESTION, {}), actor)
