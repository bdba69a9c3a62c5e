"""How the tests of a run are shared out among its processes, and what becomes of those of a process that dies."""

import pytest
from xdist.remote import Producer  # type: ignore[import-untyped]  # pytest-xdist ships no types
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]
from xdist.workermanage import WorkerController  # type: ignore[import-untyped]

IN_BROWSER = "tests/browser/"


class FilesAndWalks(LoadFileScheduling):
    """Keeps the tests of a file in one process, which share what is slow to make, but for those in a browser.

    Each of those has an installation of its own, and lasts: a whole file of them would leave the other process idle.
    """

    def remove_node(self, node: WorkerController) -> str | None:
        """Return the test in which a process died, and give the others what it had not begun.

        pytest-xdist would give away the files that are done, too. A process that gets one of these has nothing to run,
        hears of nothing more, and waits for ever; and the test that killed its process would kill the next one.
        """
        assigned = self.assigned_work.pop(node)
        left = [(scope, test) for scope, tests in assigned.items() for test, is_done in tests.items() if not is_done]
        for scope, test in left[1:]:
            self.workqueue.setdefault(scope, {})[test] = False
        if self.collection is None:
            return None  # it died while the tests were collected: nothing is shared out yet
        for other in self.assigned_work:
            self._reschedule(other)
        return left[0][1] if left else None

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(IN_BROWSER) else str(super()._split_scope(nodeid))

    def _reschedule(self, node: WorkerController) -> None:
        # A process begins a test when it knows the next one. What it gets beyond that waits behind a test of a minute,
        # while the other process has nothing left to do: pytest-xdist gives one more than this. With less it waits, and
        # what it waits for comes now or never: one that replaces another is asked once.
        while self.workqueue and self._is_short_of_work(node):
            self._assign_work_unit(node)
        if not self.workqueue:
            super()._reschedule(node)

    def _is_short_of_work(self, node: WorkerController) -> bool:
        has_collected = node in self.registered_collections
        return has_collected and not node.shutting_down and self._pending_of(self.assigned_work[node]) < 2


class _Deaths:
    """Lets no run pass in which a process died, even between two tests."""

    def __init__(self) -> None:
        self.were_there = False

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, error: object | None) -> None:
        """Keep in mind that a process did not end as it should."""
        self.were_there |= error is not None

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Let the run fail."""
        if self.were_there and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """Share the tests out for `--dist loadfile`, as make does; other ways are pytest-xdist's own."""
    config.pluginmanager.register(_Deaths())
    return FilesAndWalks(config, log) if config.getvalue("dist") == "loadfile" else None
