"""The releases that this process ships: the diagrams with their tables and forms, as files."""

from importlib.resources import files as package_files

from engine.bpmn.check import Catalogue
from processes.incentive.services import FORMS, SERVICES
from processes.incentive.variables import APPROVAL, DISPUTE

PROCESSES = (APPROVAL, DISPUTE)
#: What the processes are called, in Indonesian and English.
NAMES = {
    APPROVAL: ("Persetujuan TPP bulanan", "Monthly approval of allowances"),
    DISPUTE: ("Sanggahan TPP", "Dispute about an allowance"),
}

_FORMS = {
    APPROVAL: (
        *("incentive_check", "incentive_ceiling", "incentive_statement"),
        *("incentive_verification", "incentive_order", "incentive_payment"),
    ),
    DISPUTE: ("incentive_answer",),
}
_TABLES = {APPROVAL: ("incentive_route",), DISPUTE: ()}


def release_files(process: str) -> dict[str, bytes]:
    """Return the files of a shipped release by name."""
    folder = package_files("processes.incentive")
    names = [f"{process}.bpmn"]
    names += [f"{table}.dmn" for table in _TABLES[process]]
    names += [f"forms/{form}.json" for form in _FORMS[process]]
    return {name: folder.joinpath(name).read_bytes() for name in names}


def catalogue() -> Catalogue:
    """Return what the shipped diagrams may refer to."""
    return Catalogue(frozenset(SERVICES), FORMS)
