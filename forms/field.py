"""What every field of Alur does: read once, refuse clearly, show again what was typed, serve a template."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms import Field
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from forms.cleaning import InputError, showable, storable
from forms.conditions import Answers, When
from forms.text import Language, Text, in_language


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """One line of the error summary: the id of the input to go to, its label, what is wrong and what to do."""

    field_id: str
    label: str
    message: str


class AlurField(Field):
    """A WTForms field with a hint, a condition to be shown, and no way to raise on what a browser sends.

    :param label: what is asked, in both languages.
    :param validators: checks of `forms.validators`, or any WTForms validator.
    :param hint: help shown below the label and read out with the field.
    :param show_when: the field is neither checked nor handed on while this does not hold.
    :param readonly: shown from the form's `data`; what a browser sends for it is ignored.
    :param unit: what is counted, shown behind the input.
    """

    kind: ClassVar[str] = "text"
    input_mode: str | None = None
    is_input: ClassVar[bool] = True
    required_message: ClassVar[str] = "This field is required."
    raw_limit: ClassVar[int] = 100
    draft_limit: ClassVar[int] = 1000

    def __init__(
        self,
        label: Text | str,
        validators: Sequence[Any] | None = None,
        *,
        hint: Text | str = "",
        show_when: When | None = None,
        readonly: bool = False,
        unit: Text | str = "",
        **kwargs: Any,
    ) -> None:
        self.language: Language = kwargs["_form"].meta.language
        super().__init__(in_language(label, self.language), list(validators or ()), **kwargs)
        self.owner: Answers = kwargs["_form"]
        self.description = self.hint = in_language(hint, self.language)
        self.unit = in_language(unit, self.language)
        self.show_when = show_when
        self.readonly = readonly
        if readonly:
            self.flags.readonly = True

    # for templates

    @property
    def is_shown(self) -> bool:
        """Whether the field belongs to the form as filled in now."""
        return self.owner.is_shown(self.short_name)

    @property
    def is_required(self) -> bool:
        """Whether an answer is needed, as the form is filled in now."""
        asks = (getattr(validator, "requires", None) for validator in self.validators)
        return self.is_input and not self.readonly and any(ask(self.owner) for ask in asks if ask is not None)

    @property
    def is_empty(self) -> bool:
        """Whether there is no answer; 0 is one."""
        return self.data is None or self.data in ("", [])

    @property
    def answer(self) -> object:
        """What an expression over the form's answers reads; a field that could not be read is empty."""
        return self.data

    @property
    def hint_id(self) -> str:
        """The id a template gives to the hint."""
        return f"{self.id}-hint"

    @property
    def error_id(self) -> str:
        """The id a template gives to the error message."""
        return f"{self.id}-error"

    @property
    def display(self) -> str:
        """The answer in words, for a read-only field or a printed form."""
        return self.shown(self.data)

    @property
    def focus_id(self) -> str:
        """The id of the input that takes the focus when something is wrong."""
        return str(self.id)

    @property
    def describedby(self) -> str:
        """The ids for `aria-describedby`: of the hint and the error, as far as they exist."""
        ids = [self.hint_id] * bool(self.hint) + [self.error_id] * bool(self.errors)
        return " ".join(ids)

    def _value(self) -> str:
        typed = self.raw_data[0] if self.raw_data else None
        return showable(typed) if isinstance(typed, str) else self.shown(self.data)

    # for forms

    def say(self, message: str, **params: object) -> str:
        """Return a message of the catalogue in the form's language, its parameters filled in."""
        return str(self.gettext(message)) % params

    def typed_value(self) -> object:
        """Return the checked answer as the process gets it."""
        return self.data

    def draft(self) -> object:
        """Return what was typed, as far as a draft keeps it; None if nothing was sent for this field."""
        typed = self.raw_data[0] if self.raw_data else None
        return storable(typed, self.draft_limit) if isinstance(typed, str) else None

    def error_links(self) -> list[ErrorLink]:
        """Return what is wrong with this field, as links."""
        return [ErrorLink(self.focus_id, self.label.text, message) for message in self.errors]

    # for subclasses

    def parse(self, typed: str) -> object:
        """Return the answer that was typed, None or "" for none.

        :raise InputError: it cannot be taken.
        """
        return typed

    def shown(self, value: Any) -> str:
        """Return a value as the input shows it."""
        return "" if value is None else showable(str(value))

    # for WTForms

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the value given by the program, else the default, then what was sent, if anything was and may be."""
        is_sent = formdata is not None and not self.readonly
        if formdata is not None and formdata.is_partial and self.name not in formdata:
            is_sent = False
        super().process(formdata if is_sent else None, data, extra_filters)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was sent; a field that was not sent is empty."""
        self.data = self.parse("")
        try:
            self.data = self.parse(_single(valuelist))
        except InputError as error:
            raise ValueError(self.say(error.message, **error.params)) from None

    def pre_validate(self, form: Any) -> None:
        """Check nothing that is hidden or read-only, and say only one thing about what could not be read."""
        if self.readonly or not self.is_shown:
            self.errors: Any = []
            raise StopValidation
        if self.process_errors:
            raise StopValidation


def _single(valuelist: list[Any]) -> str:
    given = [value for value in valuelist if value is not None]
    if not all(isinstance(value, str) for value in given):
        raise InputError("This arrived in a form that cannot be read. Please fill it in again.")
    if len(set(given)) > 1:
        raise InputError("This was sent more than once with different values. Please fill it in again.")
    return given[0] if given else ""
