"""Group commit: what several threads want written at the same moment goes to the disk with one transaction."""

import threading
from collections import deque
from collections.abc import Callable
from contextvars import Context, copy_context
from copy import copy
from enum import Enum, auto
from typing import Any, Final, Generic, Protocol, TypeVar, cast

from sqlalchemy import Connection

from engine.contained import ends_the_process
from engine.errors import DatabaseBusy
from engine.patience import OthersWait, TakesLong
from engine.records.database import Database
from engine.records.flushing import DiskRefused

#: So many are carried out together at most: the first of them waits for the last.
MOST: Final = 16


class Work(Protocol):
    """What reads and computes, then writes; it may be begun again as long as nothing is written."""

    def compute(self, read: Connection) -> Any:
        """Find out from a snapshot what is to be written."""
        ...

    def write(self, connection: Connection, found: Any, /) -> Any:
        """Write what was found, in a transaction that may hold what others write as well."""
        ...


SomeWork = TypeVar("SomeWork", bound=Work)
Result = TypeVar("Result")


def _leave_it() -> None:
    raise TakesLong


class _Apart(Exception):
    """What somebody else's work raises concerns nobody but him: he may have it again, by himself."""


class _Turn(Enum):
    """What somebody who waits is woken for."""

    LEAD = auto()
    ALONE = auto()
    DONE = auto()


_LEAD, _ALONE, _DONE = _Turn  # to read a member of an enumeration takes longer than to compare it


class _Member:
    """Somebody's work: who waits for it, and what becomes of it."""

    def __init__(self, work: Work, number: int) -> None:
        self.number = number
        self.thread = threading.get_ident()
        self.turn = _LEAD
        self.result: Any = None
        self.error: Exception | None = None
        self._work = work
        self._around: Context | None = None
        self._found: Any = None

    def line_up(self) -> None:
        """Prepare to wait while another thread does the work."""
        self.gate = threading.Lock()
        self.gate.acquire()
        # Language, decimal context, name of the request: they belong to whoever asks, not to the thread that works.
        self._around = copy_context()

    def compute(self, read: Connection, make_way: Callable[[], None]) -> None:
        """Compute as the thread that waits would."""
        self._found = self._do(self._watched, read, make_way)

    def write(self, connection: Connection) -> None:
        """Write as the thread that waits would."""
        self.result = self._do(self._work.write, connection, self._found)

    def end(self, error: Exception | None = None) -> None:
        """Say what became of it."""
        self.turn, self.error = _DONE, error

    def _watched(self, read: Connection, make_way: Callable[[], None]) -> Any:
        with OthersWait(make_way):
            return self._work.compute(read)

    def _do(self, act: Callable[..., Any], *arguments: Any) -> Any:
        if self._around is None or self.thread == threading.get_ident():
            return act(*arguments)
        try:
            return self._around.run(act, *arguments)
        except Exception:
            raise
        except BaseException as error:
            if ends_the_process(error):
                raise
            raise _Apart from error  # the thread that is to end is his, not this one


class _Group:
    """Those whose work is carried out together.

    :ivar ready: those who only have to write yet.
    :ivar is_committed: what they write is in the database, and perhaps not on the disk.
    """

    def __init__(self, first: _Member) -> None:
        self.first = first
        self.members: list[_Member] = []
        self.ready: list[_Member] = []
        self.is_committed = self._is_told = False
        self.take(first)

    def take(self, member: _Member) -> None:
        """Take somebody's work on; until more is known he may have to do it himself."""
        member.turn = _ALONE
        self.members.append(member)

    def refuse(self, error: Exception) -> None:
        """Say what went wrong with the work that was taken on last."""
        self.ready = [member for member in self.ready if member is not self.members[-1]]
        self.members[-1].end(error)

    def end(self, error: Exception | None = None) -> None:
        """Say what became of all who were ready; each gets an error of his own, to be raised in his thread."""
        for member in self.ready:
            member.end(copy(error) if error is not None and len(self.ready) > 1 else error)
        self._is_told = True

    def settle(self) -> None:
        """Let nobody do again what was committed, whatever ended the thread that waited for the disk."""
        if self.is_committed and not self._is_told:
            self.end(DiskRefused("Whoever waited for the disk was ended."))


class GroupCommit(Generic[SomeWork, Result]):
    """Lets one thread carry out what others bring while it is at work.

    Threads of a process share one interpreter: eight that work at once do no more than one does after the other, but
    take it from each other at every statement. So the first computes for whoever comes meanwhile too, writes all of it
    in one transaction, lets the next one begin, and wakes them when the disk has it.

    Nobody sees what the others of a group have computed. Two who change the same rows are told apart when they write,
    as in two transactions: then nothing of the group is written, and each does his own again, alone.
    """

    def __init__(self, database: Database, alone: Callable[[SomeWork], Result]) -> None:
        """Begin with nobody at work.

        :param alone: carries out a single work in transactions of its own.
        """
        self._database = database
        self._alone = alone
        self._mutex = threading.Lock()
        self._queue: deque[_Member] = deque()
        self._leader: int | None = None
        self._come = 0

    def carry_out(self, work: SomeWork) -> Result:
        """Return what the work gives; it is safe on the disk by then.

        :raise DiskRefused: the disk does not say that it is.
        :raise DatabaseBusy: somebody has held the database for longer than anybody waits.
        """
        if self._leader == threading.get_ident() or self._database.is_writing:
            return self._alone(work)  # within other work: what is wrong with that is said there
        member = self._join(work)
        if member.turn is _LEAD:
            self._lead(_Group(member))
        if member.turn is _ALONE:
            return self._alone(work)
        if member.error is not None:
            raise member.error
        return cast(Result, member.result)

    def _join(self, work: Work) -> _Member:
        """Begin at once if nobody is at work, otherwise wait."""
        with self._mutex:
            self._come += 1
            member = _Member(work, self._come)
            if self._leader is None:
                self._leader = member.thread
                return member
            member.line_up()
            self._queue.append(member)
        self._wait(member)
        return member

    def _wait(self, member: _Member) -> None:
        try:
            member.gate.acquire()
        except BaseException:  # Ctrl-C while waiting: leave the queue, or pass on the lead that came just now
            if not self._leave(member):
                self._make_way()
            raise

    def _leave(self, member: _Member) -> bool:
        """Leave the queue; False if somebody has taken the work on already."""
        with self._mutex:
            if member not in self._queue:
                return False
            self._queue.remove(member)
            return True

    def _lead(self, group: _Group) -> None:
        try:
            self._compute(group)
            self._write(group)
        finally:
            self._make_way()
            group.settle()
            for member in group.members:
                if member is not group.first:
                    member.gate.release()

    def _compute(self, group: _Group) -> None:
        """Compute for whoever comes while this goes on; each sees all that was committed when he came."""
        member: _Member | None = group.first
        while member is not None:
            try:
                self._compute_some(group, member)
            except (TakesLong, _Apart):
                pass
            except Exception as error:
                group.refuse(error)
            member = self._next(group, self._come)

    def _compute_some(self, group: _Group, first: _Member) -> None:
        """Compute from one snapshot for somebody, and for those who came before it."""
        seen = self._come
        member: _Member | None = first
        with self._database.reading() as read:
            while member is not None:
                member.compute(read, self._make_way if member is group.first else _leave_it)
                group.ready.append(member)
                member = self._next(group, seen)

    def _next(self, group: _Group, seen: int) -> _Member | None:
        """Take on who has waited longest, if he came before a snapshot was begun."""
        if not self._queue:
            return None
        with self._mutex:
            has_room = self._leader == group.first.thread and len(group.members) < MOST
            if not (has_room and self._queue and self._queue[0].number <= seen):
                return None
            member = self._queue.popleft()
        group.take(member)
        return member

    def _write(self, group: _Group) -> None:
        if not group.ready:
            return

        def committed() -> None:
            group.is_committed = True
            self._make_way()

        try:
            with self._database.writing(committed) as connection:
                for member in group.ready:
                    member.write(connection)
        except DiskRefused as error:
            group.end(error)  # what another try would say need not be true
        except DatabaseBusy as error:
            group.end(error)
            self._turn_away(error)
        except Exception as error:
            if len(group.ready) == 1 and not isinstance(error, _Apart):
                group.end(error)
        else:
            group.end()

    def _turn_away(self, error: DatabaseBusy) -> None:
        """Tell those in the queue that the database cannot be had: together they would wait for it again and again."""
        with self._mutex:
            waiting = list(self._queue)
            self._queue.clear()
        for member in waiting:
            member.end(copy(error))
            member.gate.release()

    def _make_way(self) -> None:
        """Let whoever has waited longest lead, if it is this thread's to give."""
        if self._leader != threading.get_ident():
            return
        with self._mutex:
            following = self._queue.popleft() if self._queue else None
            self._leader = following.thread if following is not None else None
        if following is not None:
            following.gate.release()
