"""The figures behind a result, each with its true source: an imported file, the employee, the appraiser, the unit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from processes.appraisal.origins import FORM, REASON, Origin
from processes.appraisal.rules.peers import PeerMean, is_peer_score, peer_mean
from processes.people.city import Indicator, MeasureField, Who
from webapp.appraisal.result_reading import SeenResult
from webapp.appraisal.wording import as_entered, in_digits, show_here
from webapp.texts import gettext as _
from webapp.texts import language


@dataclass(frozen=True, slots=True)
class Input:
    """One figure: of which indicator, what it says, and where it came from."""

    indicator: str
    field: str
    value: str
    who: str


def entered_inputs(seen: SeenResult) -> tuple[Input, ...]:
    """Return the figures that were entered or imported, then those of the unit that the indicators take."""
    result = seen.result
    rated = _rated(seen, result.assessed_by, result.assessed_at)
    return (
        *_realised(seen),
        *_numbers(seen, result.assessed.get("measured", {}), lambda _figure: rated),
        *_not_measurable(seen),
        *_of_unit(seen),
    )


def _realised(seen: SeenResult) -> Iterator[Input]:
    measured = seen.result.realised.get("measured", {})
    yield from _numbers(seen, measured, lambda figure: _source(seen, figure))
    for code, fields in measured.items():
        peers = peer_mean(fields)
        if peers is not None:
            name = next(name for name in fields if is_peer_score(name))
            yield _peers(seen, code, peers, _source(seen, (code, name)))


def _numbers(seen: SeenResult, measured: Mapping[str, Mapping[str, Any]], source: Any) -> Iterator[Input]:
    for code, fields in measured.items():
        for name, number in fields.items():
            if not is_peer_score(name):
                shown = _value(_field_of(seen, code, name), number)
                yield Input(_indicator(seen, code), _field(seen, code, name), shown, source((code, name)))


def _peers(seen: SeenResult, code: str, peers: PeerMean, who: str) -> Input:
    if peers.mean is None:
        said = _("Hanya %(count)s rekan menjawab; terlalu sedikit untuk ditampilkan", count=peers.count)
        return Input(_indicator(seen, code), _("Nilai rekan"), said, who)
    field = _("Rata-rata nilai rekan (%(count)s orang)", count=peers.count)
    return Input(_indicator(seen, code), field, in_digits(peers.mean), who)


def _not_measurable(seen: SeenResult) -> Iterator[Input]:
    for code, reason in seen.result.realised.get("not_measurable", {}).items():
        yield Input(_indicator(seen, code), _("Tidak dapat diukur"), reason, _source(seen, (code, REASON)))


def _of_unit(seen: SeenResult) -> Iterator[Input]:
    """Yield the unit's figures that an indicator takes where nobody entered a figure of the person."""
    for item in seen.indicators:
        own = seen.result.realised.get("measured", {}).get(item.code, {})
        for field in item.fields_for(Who.UNIT):
            name = _unit_figure(seen, item, field.name)
            if name is not None and field.name not in own:
                number = _value(field, seen.result.unit_figures[name])
                file = _file(seen, seen.result.unit_origins[name])
                who = _("Angka unit %(unit)s: %(file)s", unit=seen.unit, file=file)
                yield Input(_indicator(seen, item.code), _field(seen, item.code, field.name), number, who)


def _unit_figure(seen: SeenResult, item: Indicator, name: str) -> str | None:
    """Return the name of the unit's figure that stands for a number of an indicator: its own before the common one."""
    return next((found for found in (f"{item.code}__{name}", name) if found in seen.result.unit_figures), None)


def _source(seen: SeenResult, figure: tuple[str, str]) -> str:
    origin = seen.result.origins[figure]
    if origin.source == FORM:
        return _by(_name(seen, origin), origin.at)
    system = _system_of(seen, figure)
    return f"{system}: {_file(seen, origin)}" if system else _file(seen, origin)


def _file(seen: SeenResult, origin: Origin) -> str:
    return _(
        "berkas %(file)s, diimpor oleh %(who)s",
        file=origin.source,
        who=_by(_name(seen, origin) if origin.person is not None else _("pengelola sistem"), origin.at),
    )


def _system_of(seen: SeenResult, figure: tuple[str, str]) -> str:
    """Return what the rule names as the source of a figure that no person enters, such as a survey."""
    code, name = figure
    item = next((item for item in seen.indicators if item.code == code), None)
    if item is None or not any(field.name == name for field in item.fields_for(Who.SYSTEM)):
        return ""
    source = item.source if language() == "id" else item.source_en or item.source
    return source[:1].upper() + source[1:]


def _rated(seen: SeenResult, person: int | None, at: datetime | None) -> str:
    name = seen.names.get(person or 0, "")
    return _("Pejabat penilai: %(who)s", who=_by(name, at)) if name and at else _("Pejabat penilai")


def _name(seen: SeenResult, origin: Origin) -> str:
    return seen.names.get(origin.person or 0, "–")


def _by(name: str, at: datetime | None) -> str:
    return _("%(name)s, %(when)s", name=name, when=show_here(at))


def _indicator(seen: SeenResult, code: str) -> str:
    found = next((item for item in seen.indicators if item.code == code), None)
    return code if found is None else found.name_id if language() == "id" else found.name_en


def _field(seen: SeenResult, code: str, name: str) -> str:
    found = _field_of(seen, code, name)
    return name if found is None else found.label_id if language() == "id" else found.label_en


def _field_of(seen: SeenResult, code: str, name: str) -> MeasureField | None:
    fields = (field for item in seen.indicators if item.code == code for field in item.inputs)
    return next((field for field in fields if field.name == name), None)


def _value(field: MeasureField | None, number: Decimal) -> str:
    if field is not None and field.is_flag:
        return _("ya") if number else _("tidak")
    return as_entered(number)
