"""The releases that this room ships: the diagrams with their tables and forms, as files."""

from importlib.resources import files as package_files

from processes.training.variables import EVALUATION, NOMINATION, SESSION

PROCESSES = (NOMINATION, SESSION, EVALUATION)
#: What the processes are called, in Indonesian and English.
NAMES = {
    NOMINATION: ("Usulan pelatihan", "Training nomination"),
    SESSION: ("Sesi pelatihan", "Training session"),
    EVALUATION: ("Evaluasi pascapelatihan", "Evaluation after training"),
}

_FORMS = {
    NOMINATION: ("training_approval", "training_review", "training_confirm", "training_reaction"),
    SESSION: (),
    EVALUATION: ("training_behaviour",),
}
_TABLES = {NOMINATION: ("training_eligibility", "training_outcome"), SESSION: (), EVALUATION: ("training_applied",)}


def release_files(process: str) -> dict[str, bytes]:
    """Return the files of a shipped release by name."""
    folder = package_files("processes.training")
    names = [f"{process}.bpmn"]
    names += [f"{table}.dmn" for table in _TABLES[process]]
    names += [f"forms/{form}.json" for form in _FORMS[process]]
    return {name: folder.joinpath(name).read_bytes() for name in names}
