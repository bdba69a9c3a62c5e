"""Fault 17: Alur is upgraded under running cases. Done again from what the earlier release recorded, they come out as
they are stored; the upgrade itself is in tests/operate/test_upgrade.py."""

from contextlib import closing
from pathlib import Path

from engine.queries.verification import Extensions, verify
from processes.appraisal.verification import CASE_CHECKS, MADE_BY
from tests.operate.conftest import restore_recorded
from tests.operate.recorded import open_installation
from webapp.migrations import upgrade


def test_cases_of_the_earlier_release_are_whole_and_come_out_the_same(tmp_path: Path) -> None:
    restore_recorded(tmp_path / "home")
    with closing(open_installation(tmp_path / "home")) as alur:
        upgrade(alur.database)

        with alur.database.reading() as read:
            run = verify(read, alur.directory, more=Extensions(CASE_CHECKS, made_by=MADE_BY))
            found = [finding.message("en") for finding in run.findings()]

        assert found == []
        assert run.tally.cases == run.tally.replayed > 0
