"""Import of a city's own parameters of allowances (Perwal TPP): whole sets, checked before they are kept."""

from collections.abc import Iterator

from processes.incentive.ended import OPENING
from processes.incentive.rules.basis import NEEDED, OF_CLASSES, wrong_sets
from processes.incentive.rules.findings import REASONS
from processes.incentive.signals import SIGNALS
from processes.people.city import ParameterSet, Text
from processes.people.imports.parameters import parameters_kind


def _check(found: ParameterSet) -> Iterator[tuple[str, str]]:
    return (REASONS[code] for _, code in wrong_sets({found.key: found}))


PARAMETERS = parameters_kind(
    "parameters",
    "Parameter TPP",
    "Allowance parameters",
    keys=(*NEEDED, *OF_CLASSES, SIGNALS, OPENING),
    check=_check,
    about=Text(
        "Angka dasar TPP kota ini menurut peraturannya.", "This city's own numbers of allowances, by its regulation."
    ),
)
