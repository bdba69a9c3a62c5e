"""The forms that wait in this browser for their person to send them: their names stand in its cookie, newest first.

A form that is filled in with one of them carries its name behind its token, so that sending that one form, and nothing
else that goes to the same address, is known to be what was waited for.
"""

from dataclasses import dataclass
from typing import Final

from flask import request, session

from webapp.auth.kept_forms import KeptForm, forget_form, read_form
from webapp.auth.refilling import GUARD
from webapp.current import current_alur, current_person
from webapp.security import MARK_BEGINS

#: In the browser's cookie: the name of each form that waits, and whether its page led elsewhere.
WAITING: Final = "unsent-forms"
#: Whatever was typed before these, in so many pages at once, is not brought back.
MOST_WAITING: Final = 5


@dataclass(frozen=True, slots=True)
class WaitingForm:
    """A form that waits.

    :param is_elsewhere: its page is not there any more; the next one shows the text.
    """

    name: str
    form: KeptForm
    is_elsewhere: bool


def forms_waiting() -> tuple[WaitingForm, ...]:
    """Return the forms of this person that wait, newest first; what is gone or somebody else's is out of the list."""
    found = tuple(_found())
    if len(found) < len(session.get(WAITING, ())):
        session[WAITING] = [[waiting.name, waiting.is_elsewhere] for waiting in found]
    return found


def _found() -> list[WaitingForm]:
    alur, person = current_alur(), current_person()
    named = [(name, is_elsewhere, read_form(alur, name, person.actor.tenant, person.account))
             for name, is_elsewhere in session.get(WAITING, ())]  # fmt: skip
    return [WaitingForm(name, form, is_elsewhere) for name, is_elsewhere, form in named if form is not None]


def let_wait(name: str, *, is_elsewhere: bool = False) -> None:
    """Let a form wait before all others; of too many the oldest is forgotten."""
    others = [waiting for waiting in session.get(WAITING, ()) if waiting[0] != name]
    session[WAITING] = [[name, is_elsewhere], *others][:MOST_WAITING]


def end_waiting(waiting: WaitingForm) -> None:
    """Forget a form that was sent, or is not wanted any more."""
    session[WAITING] = [other for other in session.get(WAITING, ()) if other[0] != waiting.name]
    forget_form(current_alur(), waiting.name)


def tag_of(name: str) -> str:
    """Return what stands behind the token of a form that was filled in with this one."""
    return f"{MARK_BEGINS}{name}"


def parts_of_token() -> tuple[str, str]:
    """Return the mark of the form that was sent, and the name of the one that it was filled in with; empty if none."""
    _token, _sign, rest = request.form.get(GUARD, "").partition(MARK_BEGINS)
    mark, _sign, name = rest.partition(MARK_BEGINS)
    return mark, name
