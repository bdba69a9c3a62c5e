"""What a page of a form shows anew while somebody types: what the expressions of its fields give now."""

from collections.abc import Iterator
from typing import Any

from forms import AlurField, AlurForm, ComputedField, FeelCondition, TableField


def live_state(form: AlurForm) -> dict[str, dict[str, Any]]:
    """Return by the id of a field whether it is shown, as far as an expression decides that, and what is computed."""
    found = list(_following(form))
    return {
        "shown": {field.id: field.is_shown for field in found if isinstance(field.show_when, FeelCondition)},
        "values": {field.id: field.display for field in found if isinstance(field, ComputedField)},
    }


def _following(form: AlurForm) -> Iterator[AlurField]:
    for field in form.fields:
        if isinstance(field.show_when, FeelCondition) or isinstance(field, ComputedField):
            yield field
        if isinstance(field, TableField):
            for row in field.rows:
                yield from _following(row)
