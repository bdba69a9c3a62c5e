"""The releases that this process ships: the diagrams with their tables and forms, as files."""

from importlib.resources import files as package_files

from engine.bpmn.check import Catalogue
from processes.appraisal.services import FORMS, SERVICES
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS

PROCESSES = (EMPLOYEE_PROCESS, UNIT_PROCESS)
#: What the processes are called, in Indonesian and English.
NAMES = {
    EMPLOYEE_PROCESS: ("Evaluasi kinerja pegawai", "Employee evaluation"),
    UNIT_PROCESS: ("Evaluasi unit kerja", "Unit evaluation"),
}

_FORMS = {EMPLOYEE_PROCESS: ("hand_over",), UNIT_PROCESS: ("org_predicate", "distribution_justification")}
_TABLES = {EMPLOYEE_PROCESS: ("performance_predicate",), UNIT_PROCESS: ()}


def release_files(process: str) -> dict[str, bytes]:
    """Return the files of a shipped release by name."""
    folder = package_files("processes.appraisal")
    names = [f"{process}.bpmn"]
    names += [f"{table}.dmn" for table in _TABLES[process]]
    names += [f"forms/{form}.json" for form in _FORMS[process]]
    return {name: folder.joinpath(name).read_bytes() for name in names}


def catalogue() -> Catalogue:
    """Return what the shipped diagrams may refer to."""
    return Catalogue(frozenset(SERVICES), FORMS)
