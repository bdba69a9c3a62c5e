"""The built-in functions of FEEL, by name; ``is defined`` is not among them, because it looks at a name."""

from collections.abc import Mapping

from engine.feel.functions.contexts import CONTEXT_FUNCTIONS
from engine.feel.functions.conversion import CONVERSION_FUNCTIONS
from engine.feel.functions.doubles import DOUBLES_FUNCTIONS
from engine.feel.functions.editing import EDITING_FUNCTIONS
from engine.feel.functions.lists import LIST_FUNCTIONS
from engine.feel.functions.matching import PATTERN_FUNCTIONS
from engine.feel.functions.moments import MOMENT_FUNCTIONS
from engine.feel.functions.numbers import NUMBER_FUNCTIONS
from engine.feel.functions.ranges import RANGE_FUNCTIONS
from engine.feel.functions.sameness import SAMENESS_FUNCTIONS
from engine.feel.functions.statistics import STATISTICS_FUNCTIONS
from engine.feel.functions.strings import STRING_FUNCTIONS
from engine.feel.functions.table import Builtin, as_value
from engine.feel.values import Function

_TABLES = (
    CONVERSION_FUNCTIONS,
    NUMBER_FUNCTIONS,
    STRING_FUNCTIONS,
    PATTERN_FUNCTIONS,
    LIST_FUNCTIONS,
    DOUBLES_FUNCTIONS,
    EDITING_FUNCTIONS,
    STATISTICS_FUNCTIONS,
    CONTEXT_FUNCTIONS,
    MOMENT_FUNCTIONS,
    RANGE_FUNCTIONS,
    SAMENESS_FUNCTIONS,
)


def _by_name() -> dict[str, tuple[Builtin, ...]]:
    forms: dict[str, tuple[Builtin, ...]] = {}
    for table in _TABLES:
        for builtin in table:
            forms[builtin.name] = (*forms.get(builtin.name, ()), builtin)
    return forms


BUILTINS: Mapping[str, tuple[Builtin, ...]] = _by_name()
"""Every form of every built-in."""

FUNCTIONS: Mapping[str, Function] = {name: as_value(forms) for name, forms in BUILTINS.items()}
"""The built-ins as values, for calls that are not known before they happen."""

__all__ = ["BUILTINS", "FUNCTIONS", "Builtin"]
