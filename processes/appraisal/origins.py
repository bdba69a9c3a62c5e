"""Where each kept figure came from: a file or a person's entry, also after somebody entered others over it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from processes.appraisal.entries import Content
from processes.appraisal.records import FROM_FORM

#: The source of a row that a person entered; every other source is the name of an imported file.
FORM = FROM_FORM
#: The name of a figure that says why an indicator could not be measured.
REASON = ""
#: The part of a realisation's content that keeps the origins of figures which are older than the row itself.
EARLIER = "earlier"

#: Indicator code and field name.
Figure = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure came from.

    :param source: `FORM`, or the name of the imported file.
    :param person: who entered or imported it; None for the command line.
    """

    source: str
    person: int | None
    at: datetime


def origins_of(content: Content, own: Origin) -> dict[Figure, Origin]:
    """Return the origin of every figure of a realisation.

    :param own: that of the row, which holds for what nothing older is noted about.
    """
    found = dict.fromkeys(_figures(content), own)
    for source, person, at, names in content.get(EARLIER, ()):
        older = Origin(source, person, at)
        found.update({figure: older for figure in _named(names) if figure in found})
    return found


def with_origins(content: Content, before: Content, of_before: Origin) -> Content:
    """Return new content with the origin of each figure that is still as it was before.

    Somebody who sends a figure unchanged did not measure it anew: it keeps its origin.

    :param before: what was kept until now, by the row's origin `of_before`; empty for nothing.
    """
    old, new = _figures(before), _figures(content)
    kept: dict[Origin, dict[str, list[str]]] = {}
    for figure, origin in origins_of(before, of_before).items():
        if figure in new and new[figure] == old[figure]:
            kept.setdefault(origin, {}).setdefault(figure[0], []).append(figure[1])
    plain = {name: part for name, part in content.items() if name != EARLIER}
    notes = [[origin.source, origin.person, origin.at, names] for origin, names in kept.items()]
    return {**plain, EARLIER: notes} if notes else plain


def _figures(content: Content) -> dict[Figure, Any]:
    measured: Mapping[str, Mapping[str, Any]] = content.get("measured", {})
    numbers = {(code, name): value for code, fields in measured.items() for name, value in fields.items()}
    return {**numbers, **{(code, REASON): reason for code, reason in content.get("not_measurable", {}).items()}}


def _named(names: Mapping[str, list[str]]) -> Iterator[Figure]:
    return ((code, name) for code, fields in names.items() for name in fields)
