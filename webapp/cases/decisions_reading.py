"""Reads why the decisions of a case gave what they gave, for somebody who may see its result."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.casework import find_case
from engine.policy.actor import Actor
from engine.queries.decisions import CaseDecisions, explain_decisions
from processes.appraisal.queries.readers import sees_decisions
from processes.appraisal.variables import EMPLOYEE_PROCESS
from processes.people.about import ABOUT_EMPLOYEES
from processes.people.queries.names import names_of
from processes.people.verification import days_changed
from webapp.wiring import Alur


@dataclass(frozen=True, slots=True)
class SeenDecisions:
    """The decisions of a case as one reader may see them.

    :param found: None while the result has not been handed over to the reader.
    :param names: of those in whose steps they were asked, by key.
    :param has_result: the case is an employee's evaluation, which has a page that explains its result.
    """

    case_id: int
    title: str
    found: CaseDecisions | None
    names: Mapping[int, str]
    has_result: bool
    is_own: bool


def read_decisions(read: Any, actor: Actor, alur: Alur, case_id: int) -> SeenDecisions:
    """Return the decisions of a case.

    :raise NotFound: it does not exist, or its result is not for this reader.
    """
    case = find_case(read, actor.tenant, case_id)
    alur.engine.policy.require(actor, "result:view", case, read)
    has_result = case.process == EMPLOYEE_PROCESS
    found = None
    if sees_decisions(read, actor, case):
        found = explain_decisions(read, actor, case_id, alur.directory, days_changed)
    people = [item.step.actor for item in found.asked] if found is not None else []
    is_own = case.process in ABOUT_EMPLOYEES and case.subject == actor.person
    return SeenDecisions(case.id, case.title, found, names_of(read, actor, people), has_result, is_own)
