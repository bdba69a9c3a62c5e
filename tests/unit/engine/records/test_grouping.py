"""Group commit: what one thread carries out for several is done as if each had done it, whatever goes wrong."""

import signal
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep, thread_time
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Table, event, func, insert, select
from sqlalchemy.exc import IntegrityError

from engine.errors import Conflict, DatabaseBusy
from engine.patience import MOMENT, may_have_taken_long, may_take_long
from engine.records.database import Database
from engine.records.flushing import DiskRefused
from engine.records.grouping import MOST, GroupCommit, Work
from engine.records.locks import NestedWrite

metadata = MetaData()
paper = Table("paper", metadata, Column("number", Integer, primary_key=True))
LONG = 30.0
ASKED_BY: ContextVar[str] = ContextVar("asked_by", default="nobody")

Act = Callable[[Connection], Any]


def nothing(_connection: Connection) -> None:
    """Do nothing."""


@dataclass
class Paper:
    """Writes a number and returns how many papers it saw before.

    :ivar threads: those that computed and wrote it, in order.
    """

    number: int
    before: Act = nothing
    beside: Act = nothing
    threads: list[int] = field(default_factory=list)

    def compute(self, read: Connection) -> int:
        self.threads.append(threading.get_ident())
        self.before(read)
        return read.execute(select(func.count()).select_from(paper)).scalar_one()

    def write(self, connection: Connection, found: int) -> int:
        self.threads.append(threading.get_ident())
        self.beside(connection)
        connection.execute(insert(paper).values(number=self.number))
        return found


@dataclass
class Desk:
    """A database with a group commit, and threads that bring it work."""

    database: Database
    pool: ThreadPoolExecutor
    commits: list[int] = field(default_factory=list)
    alone: list[Work] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.group = GroupCommit[Work, Any](self.database, self._alone)
        event.listen(self.database.write, "commit", lambda _connection: self.commits.append(threading.get_ident()))

    def bring(self, *works: Work) -> list[Future[Any]]:
        """Let a thread each bring work while another is at work, in this order."""
        found = []
        for work in works:
            queued = len(self.group._queue)
            found.append(self.pool.submit(self.group.carry_out, work))
            until(lambda queued=queued: len(self.group._queue) == queued + 1)  # type: ignore[misc]
        return found

    def numbers(self) -> list[int]:
        """Return what was written."""
        with self.database.reading() as read:
            return list(read.scalars(select(paper.c.number).order_by(paper.c.number)))

    def _alone(self, work: Work) -> Any:
        self.alone.append(work)
        with self.database.reading() as read:
            found = work.compute(read)
        with self.database.writing() as connection:
            return work.write(connection, found)


def until(is_so: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    while not is_so():
        sleep(0.001)


@pytest.fixture
def desk(tmp_path: Path) -> Generator[Desk]:
    database = Database(f"sqlite:///{tmp_path}/alur.db")
    metadata.create_all(database.write)
    with ThreadPoolExecutor(MOST + 2) as pool:
        yield Desk(database, pool)
    database.dispose()


class Gate:
    """Keeps the first at work until others have come."""

    def __init__(self) -> None:
        self._entered, self._open = threading.Event(), threading.Event()

    def __call__(self, _connection: Connection) -> None:
        self.hold()

    def hold(self) -> None:
        """Keep whoever comes."""
        self._entered.set()
        assert self._open.wait(LONG)

    def wait(self) -> None:
        """Return when somebody stands before it."""
        assert self._entered.wait(LONG)

    def open(self) -> None:
        """Let him pass."""
        self._open.set()


def after(*acts: Act) -> Act:
    """Return what does one after the other."""

    def act(connection: Connection) -> None:
        for each in acts:
            each(connection)

    return act


def together(desk: Desk, first: Paper, *others: Work) -> list[Future[Any]]:
    """Let the others come while the first computes; return what becomes of all, the first one's in front."""
    gate = Gate()
    first.before = after(gate, first.before)
    leading = desk.pool.submit(desk.group.carry_out, first)
    gate.wait()
    following = desk.bring(*others)
    gate.open()
    return [leading, *following]


def outcomes(futures: list[Future[Any]]) -> list[Any]:
    """Return results, and of what failed its kind."""
    return [type(item.exception(LONG)) if item.exception(LONG) else item.result(LONG) for item in futures]


def test_what_comes_while_one_is_at_work_is_done_by_him_in_one_transaction(desk: Desk) -> None:
    works = [Paper(number) for number in range(5)]

    found = outcomes(together(desk, *works))

    assert found == [0] * 5
    assert desk.numbers() == [0, 1, 2, 3, 4]
    assert len(desk.commits) == 1
    assert {thread for work in works for thread in work.threads} == {desk.commits[0]}
    assert desk.alone == []


def test_who_comes_alone_is_done_at_once(desk: Desk) -> None:
    assert [desk.group.carry_out(Paper(number)) for number in range(3)] == [0, 1, 2]

    assert len(desk.commits) == 3


def test_nobody_is_told_before_it_is_safe(desk: Desk) -> None:
    told = []
    flush = desk.database.flush
    assert flush is not None
    flush.flush = lambda _file: told.append([item.done() for item in futures])
    gate = Gate()
    leading = desk.pool.submit(desk.group.carry_out, Paper(0, before=gate))
    gate.wait()
    futures = [leading, *desk.bring(Paper(1), Paper(2))]
    gate.open()

    outcomes(futures)

    assert told == [[False] * 3]


def test_the_next_group_works_while_the_disk_is_waited_for(desk: Desk) -> None:
    slow = Gate()
    assert desk.database.flush is not None
    flush, desk.database.flush.flush = desk.database.flush.flush, lambda _file: slow.hold()
    leading = desk.pool.submit(desk.group.carry_out, Paper(0))
    slow.wait()
    desk.database.flush.flush = flush

    following = desk.pool.submit(desk.group.carry_out, Paper(1))
    until(lambda: len(desk.commits) == 2)

    assert not (leading.done() or following.done())
    slow.open()
    assert outcomes([leading, following]) == [0, 1]


def test_what_is_refused_at_first_sight_is_refused_to_its_owner_alone(desk: Desk) -> None:
    def refuse(_read: Connection) -> None:
        raise Conflict

    found = outcomes(together(desk, Paper(0), Paper(1, before=refuse), Paper(2)))

    assert found == [0, Conflict, 0]
    assert desk.numbers() == [0, 2]
    assert len(desk.commits) == 1


def test_of_two_who_write_the_same_one_is_refused_and_nothing_of_the_others_is_lost(desk: Desk) -> None:
    works = [Paper(0), Paper(1), Paper(2), Paper(3), Paper(3)]

    found = outcomes(together(desk, *works))

    assert IntegrityError not in found[:3]
    assert found[3:].count(IntegrityError) == 1
    assert desk.numbers() == [0, 1, 2, 3]
    assert {id(work) for work in desk.alone} == {id(work) for work in works}
    owners = [work.threads[-1] for work in works]
    assert len(set(owners)) == len(works)


def test_who_is_alone_in_a_group_is_refused_without_another_try(desk: Desk) -> None:
    def refuse(_connection: Connection) -> None:
        raise Conflict

    with pytest.raises(Conflict):
        desk.group.carry_out(Paper(0, beside=refuse))

    assert (desk.alone, desk.numbers()) == ([], [])
    assert desk.group.carry_out(Paper(1)) == 0


@pytest.mark.parametrize("trouble", [DiskRefused, DatabaseBusy])
def test_a_disk_or_file_that_cannot_be_had_is_told_to_all_and_nothing_is_done_again(
    desk: Desk, trouble: type[Exception]
) -> None:
    def fail(_connection: Connection) -> None:
        raise trouble

    works = [Paper(0), Paper(1, beside=fail), Paper(2)]

    assert outcomes(together(desk, *works)) == [trouble] * 3
    assert (desk.alone, desk.numbers()) == ([], [])


def test_each_sees_what_was_committed_when_he_came(desk: Desk) -> None:
    def look(read: Connection) -> None:
        read.execute(select(paper.c.number)).all()  # from now on the first sees this moment

    gate = Gate()
    first = Paper(0, before=after(look, gate))
    leading = desk.pool.submit(desk.group.carry_out, first)
    gate.wait()
    desk.pool.submit(write_directly, desk.database, 100).result(LONG)
    following = desk.bring(Paper(1), Paper(2))
    gate.open()

    assert outcomes([leading, *following]) == [0, 1, 1]
    assert len(desk.commits) == 2


def write_directly(database: Database, number: int) -> None:
    with database.writing() as connection:
        connection.execute(insert(paper).values(number=number))


def test_who_computes_something_long_for_himself_lets_the_next_one_begin(desk: Desk) -> None:
    gate = Gate()

    def think(read: Connection) -> None:
        may_take_long()
        gate(read)

    slow = desk.pool.submit(desk.group.carry_out, Paper(0, before=think))
    gate.wait()

    assert [desk.group.carry_out(Paper(number)) for number in (1, 2)] == [0, 1]
    gate.open()
    assert slow.result(LONG) == 2
    assert (desk.numbers(), desk.alone) == ([0, 1, 2], [])


def test_who_waits_already_begins_when_the_first_makes_way(desk: Desk) -> None:
    gate, long = Gate(), Gate()

    def think(read: Connection) -> None:
        gate(read)
        may_take_long()
        long(read)

    slow = desk.pool.submit(desk.group.carry_out, Paper(0, before=think))
    gate.wait()
    following = desk.bring(Paper(1), Paper(2))
    gate.open()

    assert outcomes(following) == [0, 0]
    assert not slow.done()
    long.open()
    assert slow.result(LONG) == 2


def test_what_takes_long_is_left_to_its_owner_and_keeps_nobody_else(desk: Desk) -> None:
    gate = Gate()

    def think(read: Connection) -> None:
        try:
            may_take_long()
        except Exception:  # as what asks a service does with whatever it raises
            pytest.fail("may not be kept back")
        gate(read)

    slow = Paper(1, before=think)
    first, hanging, third = together(desk, Paper(0), slow, Paper(2))

    assert outcomes([first, third]) == [0, 0]
    gate.wait()
    assert slow.threads[0] != slow.threads[1]
    gate.open()
    assert hanging.result(LONG) == 2
    assert desk.alone == [slow]


def test_a_moment_is_measured_by_the_processor_and_ends_the_waiting(desk: Desk) -> None:
    def work_hard(_read: Connection) -> None:
        may_have_taken_long()
        begun = thread_time()
        while thread_time() <= begun + MOMENT:
            pass
        may_have_taken_long()

    hard = Paper(1, before=work_hard)

    assert sorted(outcomes(together(desk, Paper(0), hard, Paper(2)))) == [0, 0, 2]
    assert desk.alone == [hard]


def test_outside_of_a_group_nobody_has_to_make_way(desk: Desk) -> None:
    may_take_long()

    assert desk.group.carry_out(Paper(0, beside=lambda _connection: may_take_long())) == 0


def test_each_is_done_as_its_owner_would_do_it(desk: Desk) -> None:
    seen: list[tuple[int, str]] = []

    def bring(number: int) -> Any:
        ASKED_BY.set(f"client {number}")
        note: Act = lambda _connection: seen.append((number, ASKED_BY.get()))  # noqa: E731
        return desk.group.carry_out(Paper(number, before=note, beside=note))

    gate = Gate()
    leading = desk.pool.submit(desk.group.carry_out, Paper(0, before=gate))
    gate.wait()
    following = [desk.pool.submit(bring, number) for number in (1, 2)]
    until(lambda: len(desk.group._queue) == 2)
    gate.open()
    outcomes([leading, *following])

    assert sorted(seen) == [(1, "client 1")] * 2 + [(2, "client 2")] * 2


def test_what_somebody_does_within_his_own_work_waits_for_nobody(desk: Desk) -> None:
    inner = Paper(7)
    outer = Paper(0, before=lambda _read: desk.group.carry_out(inner))

    assert desk.group.carry_out(outer) == 1
    with desk.database.writing(), pytest.raises(NestedWrite):
        desk.group.carry_out(Paper(1))
    assert desk.numbers() == [0, 7]


def test_a_group_has_a_limit_and_the_next_one_follows(desk: Desk) -> None:
    works = [Paper(number) for number in range(MOST + 2)]

    assert outcomes(together(desk, *works)) == [0] * MOST + [MOST] * 2
    assert len(desk.commits) == 2


def test_a_snapshot_that_cannot_be_had_or_left_is_told_to_whom_it_concerns(desk: Desk) -> None:
    broken: list[str] = ["rollback"]

    @event.listens_for(desk.database.read, "rollback")
    def fail(_connection: Connection) -> None:
        if broken:
            raise OSError(broken.pop())

    def refuse(_read: Connection) -> None:
        raise Conflict

    found = outcomes(together(desk, Paper(0), Paper(1, before=refuse), Paper(2)))

    assert found == [0, OSError, 0]
    assert desk.numbers() == [0, 2]


class Leaving(BaseException):
    """A thread is to end."""


def leave(_connection: Connection) -> None:
    raise Leaving


@pytest.mark.parametrize("first", [Paper(0, before=leave), Paper(0, beside=leave)], ids=["computing", "writing"])
def test_others_are_done_by_themselves_when_their_leader_ends(desk: Desk, first: Paper) -> None:
    found = outcomes(together(desk, first, Paper(1), Paper(2)))

    assert found[0] is Leaving
    assert sorted(found[1:]) in ([0, 0], [0, 1])
    assert desk.numbers() == [1, 2]
    assert desk.group.carry_out(Paper(3)) == 2


def test_somebody_else_who_is_to_end_does_not_end_his_leader(desk: Desk) -> None:
    found = outcomes(together(desk, Paper(0), Paper(1, before=leave), Paper(2)))
    assert found == [0, Leaving, 0]

    found = outcomes(together(desk, Paper(3), Paper(4, beside=leave)))
    assert (sorted(found, key=str), desk.numbers()) == ([2, Leaving], [0, 2, 3])


def test_nobody_does_again_what_is_committed_when_whoever_waits_for_the_disk_ends(desk: Desk) -> None:
    assert desk.database.flush is not None

    def end(_file: int) -> None:
        raise Leaving

    desk.database.flush.flush = end
    assert outcomes(together(desk, Paper(0), Paper(1))) == [Leaving, DiskRefused]
    assert (desk.numbers(), desk.alone) == ([0, 1], [])


def test_who_stands_in_the_queue_is_told_when_the_file_cannot_be_had(desk: Desk) -> None:
    gate = Gate()

    def fail(connection: Connection) -> None:
        gate(connection)
        raise DatabaseBusy

    leading = desk.pool.submit(desk.group.carry_out, Paper(0, beside=fail))
    gate.wait()
    following = desk.bring(Paper(1), Paper(2))
    gate.open()

    assert outcomes([leading, *following]) == [DatabaseBusy] * 3
    errors = [item.exception() for item in (leading, *following)]
    assert len({id(error) for error in errors}) == 3
    assert desk.group.carry_out(Paper(3)) == 0


def test_who_is_interrupted_while_he_waits_leaves_the_queue(desk: Desk) -> None:
    gate = Gate()
    leading = desk.pool.submit(desk.group.carry_out, Paper(0, before=gate))
    gate.wait()

    def interrupt() -> None:
        until(lambda: len(desk.group._queue) == 1)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)

    def stop(*_: Any) -> None:
        raise Leaving

    with ExitStack() as stack:
        stack.callback(signal.signal, signal.SIGUSR1, signal.signal(signal.SIGUSR1, stop))
        interrupting = desk.pool.submit(interrupt)
        with pytest.raises(Leaving):
            desk.group.carry_out(Paper(1))
        interrupting.result(LONG)
    gate.open()

    assert leading.result(LONG) == 0
    assert desk.numbers() == [0]
    assert desk.group.carry_out(Paper(2)) == 1
