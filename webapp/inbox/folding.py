"""Which fields of a task's form few people need: they wait below a question until somebody opens it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from forms.field import AlurField

#: That an indicator cannot be measured, why, and a note on it, as `processes.appraisal.rules` names them.
BOX: Final = "__unmeasured"
RARE: Final = (BOX, "__not_measurable", "__note")


@dataclass(frozen=True, slots=True)
class FormPart:
    """Fields shown one after the other.

    :param is_rare: the fields wait below a question.
    """

    fields: tuple[AlurField, ...]
    is_rare: bool

    @property
    def is_open(self) -> bool:
        """Something was entered here, or is wrong."""
        return any(field.errors or field.data not in (None, "", False) for field in self.fields)


def fold_rare(fields: Sequence[AlurField]) -> tuple[FormPart, ...]:
    """Return the fields in their order, those that only few indicators need as parts of their own."""
    names = {field.short_name for field in fields}
    parts: list[tuple[str, list[AlurField]]] = []
    for field in fields:
        code = _rare_code(field.short_name, names)
        if not parts or parts[-1][0] != code:
            parts.append((code, []))
        parts[-1][1].append(field)
    return tuple(FormPart(tuple(found), bool(code)) for code, found in parts)


def _rare_code(name: str, names: set[str]) -> str:
    """Return the indicator whose rare field this is, empty for any other field; a note alone is not rare."""
    code = next((name.removesuffix(end) for end in RARE if name.endswith(end)), "")
    return code if f"{code}{BOX}" in names else ""
