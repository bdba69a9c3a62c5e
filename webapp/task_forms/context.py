"""What a task's form may depend on, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.policy.actor import Actor
from forms import AlurForm, Draft, Language
from processes.people.city import City


@dataclass(frozen=True, slots=True)
class FormContext:
    """The case and the reader for whom a form is made.

    :param variables: of the case, as its last step left them.
    :param city: the rules of the city; the national ones where it says nothing.
    :param read: a connection inside one read transaction; Any, because only folders with records may name SQLAlchemy.
    :param today: the day in the city's zone.
    :param is_sent: the form was filled in already, so what would only be shown beforehand need not be read.
    """

    actor: Actor
    variables: Mapping[str, Any]
    city: City
    read: Any
    today: date
    language: Language
    is_sent: bool = False

    @property
    def tenant(self) -> str:
        """The city's code."""
        return self.actor.tenant


@dataclass(frozen=True, slots=True)
class TaskForm:
    """A form class and what is known before anybody types.

    :param data: values by field name: prefilled, and the only source of read-only fields.
    :param checks: by field name what is checked of an answer after the form's own checks.
    """

    kind: type[AlurForm]
    data: Mapping[str, Any] = field(default_factory=dict)
    checks: Mapping[str, Any] = field(default_factory=dict)

    def fill(self, context: FormContext, formdata: object = None, draft: Draft | None = None) -> AlurForm:
        """Return the form with what was sent, else with what was kept as a draft, else with what is known."""
        form = self.kind(formdata, language=context.language, data=self.data, draft=draft, today=context.today)
        for name, check in self.checks.items():
            form[name].validators = [*form[name].validators, check]
        return form
