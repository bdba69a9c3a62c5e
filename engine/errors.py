"""What can go wrong in the engine, one class per thing a caller treats differently."""

from collections.abc import Mapping
from dataclasses import dataclass, field


class EngineError(Exception):
    """The engine could not do what was asked."""

    code = "engine.error"

    def __init__(self, message: str = "", **params: object) -> None:
        """Remember the parameters that a catalogue needs to say this in the reader's language.

        :param message: English text for logs; the class docstring when empty.
        """
        super().__init__(message or type(self).__doc__)
        self.params: Mapping[str, object] = params


class NotFound(EngineError):
    """There is nothing here that this person may see."""

    code = "not_found"


class Forbidden(EngineError):
    """This person may see the thing but not do this to it."""

    code = "forbidden"


class PersonBarred(Forbidden):
    """The person to whom a task is to go must not do it: an interest of his own, or another step that he did."""

    code = "person_barred"


class Conflict(EngineError):
    """Somebody else changed the thing first."""

    code = "conflict"


class AlreadyDone(Conflict):
    """The task was completed before; `params` say by whom and when."""

    code = "already_done"


class TooLate(AlreadyDone):
    """The task's time was over before, and it is taken away; `params` say since when."""

    code = "too_late"


class AlreadyClaimed(Conflict):
    """Somebody else of the group took the task out of the queue before; `params` say who."""

    code = "already_claimed"


class CaseSuspended(Conflict):
    """The case is suspended: nothing moves it until somebody lets it go on."""

    code = "case_suspended"


class CaseDamaged(EngineError):
    """What is stored of the case cannot be read; only this case is affected, and it needs the administrator."""

    code = "case_damaged"


class Invalid(EngineError):
    """The command carries a value that cannot be taken."""

    code = "invalid"


class OperationRefused(Invalid):
    """What an operator wants done to a case cannot be done; `why` says for what reason."""

    code = "operation_refused"

    def __init__(self, why: str, **params: object) -> None:
        """Remember the reason.

        :param why: `other_scope` and the like; a catalogue has its sentence under `operation.other_scope`.
        """
        super().__init__(f"The operation is refused: {why}.", why=why, **params)
        self.why = why


class DiagramRefused(EngineError):
    """The diagram or its forms, tables or expressions cannot be deployed; `problems` say why, all in one pass."""

    code = "diagram_refused"

    def __init__(self, problems: "tuple[Problem, ...]") -> None:
        """Keep every problem found."""
        super().__init__("; ".join(problem.message("en") for problem in problems))
        self.problems = problems


class UnusableDatabase(EngineError):
    """The database's address leads to nothing that can hold the records."""

    code = "database.unusable"


class DatabaseShut(UnusableDatabase):
    """The file of the database cannot be opened by this user of the computer; `path` says which."""

    code = "database.shut"


class Unavailable(EngineError):
    """The database cannot be asked just now; nothing was written, and the same request may go through later."""

    code = "database.away"


class DatabaseBusy(Unavailable):
    """Somebody else holds the database for longer than anybody should wait; nothing was written."""

    code = "database.busy"


class DatabaseFull(Unavailable):
    """There is no room left on the disk; nothing was written."""

    code = "database.full"


class TenantClosed(EngineError):
    """The city is closed: nothing is done for it until an administrator opens it again; `tenant` says which."""

    code = "tenant.closed"


class TenantArriving(TenantClosed):
    """The city comes in from another installation and is not complete yet; `tenant` says which."""

    code = "tenant.arriving"


class TenantMoved(TenantClosed):
    """The city works in another installation now; `tenant` says which."""

    code = "tenant.moved"


class ElementFailed(EngineError):
    """An element of a running case could not be executed; the token waits there with an incident."""

    code = "element_failed"


class ErrorThrown(EngineError):
    """A service reports an error of the process by its code, which an error event in the diagram may catch."""

    code = "error_thrown"

    def __init__(self, error_code: str, /, **payload: object) -> None:
        """Remember what is thrown.

        :param error_code: as the error event in the diagram names it.
        :param payload: plain data that the catching event may keep.
        """
        super().__init__(f"The error '{error_code}' was thrown.", error_code=error_code)
        self.error_code, self.payload = error_code, payload


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a release that the engine would ignore or mis-run: where, what, and the way out.

    :param element: id of the BPMN element, or the file's name.
    :param texts: the sentence by language, `id` and `en`.
    :param severity: `error`, or `warning` for what does not stop a deployment.
    :param params: `file` names the file of the release, where the element does not.
    :param subject: what the element is and how it is called, by language; empty for what has no name in a diagram.
    """

    element: str
    code: str
    texts: Mapping[str, str]
    severity: str = "error"
    params: Mapping[str, object] = field(default_factory=dict)
    subject: Mapping[str, str] = field(default_factory=dict)

    def message(self, language: str) -> str:
        """Return the sentence in the reader's language."""
        place = f"{self.subject[language]} ({self.element})" if self.subject else self.element
        return f"{place}: {self.texts[language]}"
