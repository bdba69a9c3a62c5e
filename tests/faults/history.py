"""Proves what `alur verify` proves: that every case is whole, and every acknowledged effect happened once."""

from engine.queries.verification import Tally, verify
from tests.unit.engine.world import World


def check_history(world: World) -> Tally:
    """Find nothing wrong, do every case again from its journal, and return how much was looked at.

    :raise AssertionError: with what the checker says.
    """
    with world.engine.database.reading() as read:
        run = verify(read, world.directory)
        # The hourly job that seals the audit trail does not run here.
        wrong = [finding for finding in run.findings() if finding.code != "audit_unsealed"]
    found = [f"case {finding.case}: {finding.message('en')}" for finding in wrong]
    assert found == [], "\n".join(found)
    assert run.tally.not_replayed == 0
    return run.tally
