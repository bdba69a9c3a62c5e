"""Fields that offer what can be answered: a list, radio buttons, a box to tick."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms import SelectField, ValidationError, widgets
from wtforms.fields.choices import Choice, SelectChoice  # pyright: ignore[reportAttributeAccessIssue]  # known stubs are of 3.2

from forms.cleaning import InputError, clean_line, storable
from forms.conditions import as_text
from forms.field import AlurField
from forms.text import Text, in_language


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice: the value the process gets and the label people read."""

    value: str
    label: Text | str


class ChoiceField(AlurField, SelectField):  # pyright: ignore[reportIncompatibleMethodOverride]
    """One of several options, as a list; the answer is the option's value.

    The options may also be set on a form's field before it is validated: `form["unit"].choices = [SelectChoice(…)]`.
    """

    kind = "choice"
    required_message = "Choose one of the options."
    has_placeholder: ClassVar[bool] = True

    def __init__(
        self, label: Text | str, validators: Sequence[Any] | None = None, *, options: Sequence[Option] = (), **kw: Any
    ) -> None:
        super().__init__(label, validators, **kw)
        self.choices = [SelectChoice(option.value, in_language(option.label, self.language)) for option in options]
        self.flags.disabled = self.readonly  # HTML knows no read-only list

    @property
    def display(self) -> str:
        """The label of the chosen option."""
        labels: dict[Any, str] = {choice.value: choice.label for choice in self._listed()}
        return labels.get(self.data, self.shown(self.data))

    def parse(self, typed: str) -> str | None:
        """Return the value sent; whether it is one of the options is checked with the form."""
        return clean_line(typed, self.raw_limit) or None

    def process_data(self, value: object) -> None:
        """Take an option's value or an enum member that has it."""
        self.data = as_text(value)

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not on the list."""
        super().pre_validate(form)
        if self.data is not None and not any(choice.selected for choice in self._listed()):
            raise ValidationError(self.say("Not a valid choice."))

    def iter_choices(self) -> Iterator[Any]:
        """Return the options in the form's language, the chosen one marked."""
        if self.has_placeholder:
            yield Choice("", self.say("— Choose —"), self.data is None, {})
        yield from self._listed()

    def _listed(self) -> list[Any]:
        return list(super().iter_choices())


class RadioField(ChoiceField):
    """One of a few options, all seen at once."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.RadioInput()
    kind = "radio"
    has_placeholder = False

    @property
    def focus_id(self) -> str:
        """The first option."""
        return f"{self.id}-0"


class MultiChoiceField(RadioField):
    """Some of several options, all seen at once; the answer is the list of their values in the order of the options."""

    option_widget = widgets.CheckboxInput()
    kind = "multichoice"
    required_message = "Choose at least one of the options."

    @property
    def display(self) -> str:
        """The labels of the chosen options."""
        return ", ".join(choice.label for choice in self._listed() if choice.selected)

    def process_data(self, value: object) -> None:
        """Take a list of options' values."""
        self.data = [str(as_text(one)) for one in value] if isinstance(value, list | tuple) else []

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read which boxes were ticked; whether they are options is checked with the form."""
        self.data = []
        try:
            given = {value for value in map(self._ticked, valuelist) if value}
        except InputError as error:
            raise ValueError(self.say(error.message, **error.params)) from None
        offered = self._offered()
        self.data = [value for value in offered if value in given] + sorted(given - set(offered))

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not on the list."""
        AlurField.pre_validate(self, form)
        offered = self._offered()
        if any(value not in offered for value in self._chosen()):
            raise ValidationError(self.say("Not a valid choice."))

    def draft(self) -> object:
        """Return what was ticked, also when it was nothing, which a browser does not send."""
        if self.raw_data is None:
            return None
        return {"chosen": [storable(one, self.raw_limit) for one in self.raw_data if isinstance(one, str)]}

    def _listed(self) -> list[Any]:
        chosen = self._chosen()
        choices: Any = self.choices
        return [Choice(choice.value, choice.label, choice.value in chosen, {}) for choice in choices]

    def _offered(self) -> list[str]:
        choices: Any = self.choices
        return [choice.value for choice in choices]

    def _ticked(self, typed: object) -> str | None:
        if typed is not None and not isinstance(typed, str):
            raise InputError("This arrived in a form that cannot be read. Please fill it in again.")
        return self.parse(typed or "")

    def _chosen(self) -> list[str]:
        chosen: Any = self.data
        return list(chosen or ())


class CheckboxField(AlurField):
    """A box that is ticked or not; when required it must be ticked."""

    widget = widgets.CheckboxInput()
    kind = "checkbox"
    required_message = "Tick this box to continue."

    TICKED = frozenset({"true", "on", "1", "y", "yes", "ya"})
    EMPTY = frozenset({"", "false", "off", "0", "n", "no", "tidak"})

    def __init__(self, label: Text | str, validators: Sequence[Any] | None = None, **kw: Any) -> None:
        super().__init__(label, validators, **kw)
        self.flags.disabled = self.readonly

    @property
    def display(self) -> str:
        """Yes or no."""
        return self.say("Yes" if self.data else "No")

    @property
    def is_empty(self) -> bool:
        """Whether the box is not ticked."""
        return not self.data

    def parse(self, typed: str) -> bool:
        """Return whether the box was ticked."""
        text = clean_line(typed, self.raw_limit).lower()
        if text not in self.TICKED | self.EMPTY:
            raise InputError("This box can only be ticked or left empty.")
        return text in self.TICKED

    def process_data(self, value: object) -> None:
        """Take a truth value."""
        self.data = value is True

    def draft(self) -> str | None:
        """Return an entry also for an empty box, which a browser does not send."""
        return None if self.raw_data is None else "true" if self.data else ""

    def _value(self) -> str:
        return "true"
