"""A task is given to nobody who must not do it, whoever gives it: limits hold for whom is asked as for who acts."""

from datetime import date
from pathlib import Path

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.hand_over_task import HandOverTask
from engine.errors import OperationRefused, PersonBarred
from engine.policy.actor import system_actor
from engine.queries.inbox import group_tasks
from processes.people.careers import kinship
from processes.people.records import employee
from tests.processes.promotion_office import CITRA, DEWI, GITA, open_promotion_office
from tests.processes.training_hall import CITRA as SUPERIOR
from tests.processes.training_hall import CITY, open_training_hall
from tests.processes.training_hall import DEWI as NOMINEE


def test_a_promotion_is_not_given_to_kin_of_whom_it_is_about(tmp_path: Path) -> None:
    with open_promotion_office(tmp_path) as office:
        office.had_results(DEWI, (2024, "SANGAT_BAIK"), (2025, "SANGAT_BAIK"))
        office.write(kinship, {"employee_id": DEWI, "relative_id": CITRA, "relation": "sibling"})
        office.start()
        gita = office.actor(GITA)
        (task,) = office.engine.read(group_tasks, gita).rows
        office.engine.run(ClaimTask(task.case_id, task.token), gita)

        with pytest.raises(PersonBarred):  # Citra is Gita's superior, who may stand in for her in other cases
            office.engine.run(DelegateTask(task.case_id, task.token, CITRA), gita)


def test_the_approval_of_a_training_is_not_handed_over_to_whoever_wants_to_be_trained(tmp_path: Path) -> None:
    with open_training_hall(tmp_path) as hall:
        hall.nominate(NOMINEE)
        task = hall.task("approve", NOMINEE)
        gone = employee.update().where(employee.c.id == SUPERIOR).values(active_to=date(2026, 9, 30))
        with hall.engine.database.writing() as connection:
            connection.execute(gone)

        with pytest.raises(OperationRefused) as refused:
            hall.engine.run(HandOverTask(task.case_id, task.token, NOMINEE, "Citra pensiun"), system_actor(CITY))

        assert refused.value.why == "person_barred"
