"""Proves what `alur verify` proves: that every case is whole, and every acknowledged effect happened once."""

from engine.queries.verification import Tally, verify
from tests.unit.engine.world import World


def check_history(world: World) -> Tally:
    """Find nothing wrong, do every case again from its journal, and return how much was looked at.

    :raise AssertionError: with what the checker says.
    """
    with world.engine.database.reading() as read:
        run = verify(read, world.directory)
        found = [f"case {finding.case}: {finding.message('en')}" for finding in run.findings()]
    assert found == []
    assert run.tally.not_replayed == 0
    return run.tally
