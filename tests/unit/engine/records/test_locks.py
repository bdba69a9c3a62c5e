"""The queue of writers is first come, first served, and nobody who leaves it takes the lock along."""

import threading
import time

import pytest

from engine.records.locks import FairLock, NestedWrite


def queue_up(lock: FairLock, order: list[int], number: int) -> threading.Thread:
    """Start a thread that wants the lock, and wait until it stands in the queue."""

    def take() -> None:
        lock.acquire()
        order.append(number)
        lock.release()

    thread = threading.Thread(target=take)
    thread.start()
    while len(lock._waiting) < number:
        time.sleep(0.001)
    return thread


def test_the_lock_goes_to_whoever_waited_longest() -> None:
    lock = FairLock()
    order: list[int] = []
    lock.acquire()
    threads = [queue_up(lock, order, number) for number in range(1, 6)]

    lock.release()
    for thread in threads:
        thread.join()

    assert order == [1, 2, 3, 4, 5]


def test_only_the_holder_has_it() -> None:
    lock = FairLock()
    before = lock.is_mine

    lock.acquire()

    assert (before, lock.is_mine) == (False, True)
    with pytest.raises(NestedWrite):
        lock.acquire()


class InterruptedGate:
    """A gate at which Ctrl-C arrives."""

    def acquire(self) -> None:
        raise KeyboardInterrupt

    def release(self) -> None:
        """Nobody stands behind it any more."""


def test_who_is_interrupted_while_waiting_leaves_the_queue() -> None:
    lock, gate = FairLock(), InterruptedGate()
    lock.acquire()
    lock._waiting.append((gate, 1))  # type: ignore[arg-type]  # stands for a real lock

    with pytest.raises(KeyboardInterrupt):
        lock._wait(gate, 1)  # type: ignore[arg-type]

    assert not lock._waiting


def test_who_is_interrupted_when_his_turn_has_just_come_passes_it_on() -> None:
    lock = FairLock()
    lock._owner = 1

    with pytest.raises(KeyboardInterrupt):
        lock._wait(InterruptedGate(), 1)  # type: ignore[arg-type]

    lock.acquire()
    assert lock.is_mine
