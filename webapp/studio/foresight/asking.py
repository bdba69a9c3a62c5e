"""The form of what is supposed: people, and everything that was not measured, each with a proposal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from engine.bpmn.model import Element, Outline
from engine.foresight.inputs import Inputs, Origin, Supposed
from engine.foresight.likeness import gone_tasks, new_tasks
from engine.foresight.model import Pool
from engine.foresight.past import Past
from engine.foresight.question import Question
from forms import (
    AlurField,
    AlurForm,
    Between,
    ChoiceField,
    DecimalField,
    IntegerField,
    Option,
    Required,
    Section,
    Text,
)
from webapp.studio.foresight.reading import Basis
from webapp.studio.foresight.staffing import CountedBy, Staff, human_tasks_by_lane
from webapp.texts import gettext as _
from webapp.texts import language

MONTHS: Final = 12
YEARS: Final = 10
MOST_YEARS: Final = 50
SEED: Final = 1
_MONTHLY: Final = 50
_SHARE: Final = 25
_MOST_PEOPLE: Final = 10_000
_MOST_DAYS: Final = 250
_MOST_AWAY: Final = 90
_HUNDRED: Final = Decimal(100)
_ORDER: Final = ("orang", "sama", "lama", "bagian", "kali", "kerja", "masa")
_NEW: Final = "-"
_YES, _NO = "ya", "tidak"
_NOBODY: Final = Staff(None, CountedBy.NOTHING, 0.0)


def months_in(sent: str) -> int:
    """Return how many months back an address asks for, within a year; a year for anything else."""
    return int(sent) if sent in tuple(str(number) for number in range(1, MONTHS + 1)) else MONTHS


def foresight_form(basis: Basis, sent: Any = None, filled: Mapping[str, Any] | None = None) -> AlurForm:
    """Return the form, filled in with proposals or with what was sent; what was not sent is as proposed.

    :param filled: what is proposed in the place of the usual, by field, so far as there is such a field.
    """
    known = filled or {}
    asking = _Asking(basis, _chosen(basis.past, sent or known))
    made = list(asking.fields())
    values = {name: known.get(name, value) for name, _field, value in made}
    kept = {name: field for name, field, _value in made}
    form_class: type[AlurForm] = type("ForesightForm", (AlurForm,), kept)
    proposed = form_class(None, language=language(), data=values)
    if sent is None:
        return proposed
    typed = MultiDict[str, str](sent)
    for one in proposed.fields:
        written: str = one._value()  # pyright: ignore[reportPrivateUsage]  # WTForms has no other name for it
        typed.setdefault(one.short_name, written)
    return form_class(typed, language=language(), data=values)


def _chosen(past: Past, sent: Any) -> dict[str, str | None]:
    """Return what was said of steps that are new, so far as it is about such steps."""
    if past.drawn is None:
        return {}
    gone = {one.id for one in gone_tasks(past.drawn, past.outline)} | {_NEW}
    said = {one.id: sent.get(f"sama_{one.id}") for one in new_tasks(past.drawn, past.outline)}
    return {name: None if old == _NEW else old for name, old in said.items() if old in gone}


def sections_of(form: AlurForm) -> Sequence[Section]:
    """Return the fields of the form by what they are about."""
    titles = {
        "masa": (_("Masa dan ulangan"), ""),
        "orang": (
            _("Orang dan waktunya"),
            _(
                "Kosongkan jumlah orang jika pekerjaan tidak pernah menumpuk. "
                "Waktu untuk proses ini: dari seratus jam kerja, berapa yang tersisa baginya di samping tugas lain."
            ),
        ),
        "sama": (
            _("Langkah yang berganti nama atau nomor"),
            _("Pilih langkah lama yang sama pekerjaannya, supaya lamanya tidak perlu ditebak."),
        ),
        "lama": (_("Lama yang belum pernah diukur"), _("Diusulkan dari langkah yang paling mirip.")),
        "bagian": (
            _("Pilihan jalan yang belum pernah diukur"),
            _("Dari seratus kasus, berapa yang mengambil jalan ini."),
        ),
        "kali": (_("Berapa kali dijalankan"), ""),
        "kerja": (
            _("Waktu mengerjakan setiap langkah"),
            _("Berapa lama orang benar-benar mengerjakannya, tanpa waktu menunggu."),
        ),
    }
    found: dict[str, list[AlurField]] = {name: [] for name in _ORDER}
    for one in form.fields:
        found[one.short_name.partition("_")[0].rstrip("23")].append(one)
    return [Section(*_titled(titles[name], tuple(fields))) for name, fields in found.items() if fields]


def _titled(title: tuple[str, str], fields: tuple[AlurField, ...]) -> tuple[str, tuple[AlurField, ...], str]:
    return title[0], fields, title[1]


def question_in(form: AlurForm, past: Past) -> Question:
    """Return what a valid form asks."""
    data = form.typed_data()
    minutes = past.axis.office.day_minutes
    lanes = human_tasks_by_lane(past.outline, past.drawn)
    stays = {
        name: (_float(data[f"lama_{name}"]) * minutes, _float(data[f"lama2_{name}"]) * minutes)
        for name in _names(data, "lama_")
    }
    return Question(
        int(_float(data["masa_bulan"])),
        int(_float(data["masa_ulangan"])),
        int(_float(data["masa_benih"])),
        int(_float(data.get("masa_kasus", 1))),  # not asked where cases were measured
        Supposed(
            stays,
            {name: _float(data[f"kerja_{name}"]) for name in _names(data, "kerja_")},
            {name: _float(data[f"bagian_{name}"]) / 100 for name in _names(data, "bagian_")},
            {name: _float(data[f"kali_{name}"]) for name in _names(data, "kali_")},
            {lane: _pool(data, lane, steps) for lane, steps in lanes.items()},
        ),
        {name: _old(data[f"sama_{name}"]) for name in _names(data, "sama_")},
        data.get("masa_cocok") == _YES,
    )


def _old(chosen: object) -> str | None:
    return None if chosen == _NEW else str(chosen)


def _names(data: dict[str, object], prefix: str) -> list[str]:
    return [name.removeprefix(prefix) for name in data if name.startswith(prefix)]


def _pool(data: dict[str, object], lane: str, steps: Sequence[Element]) -> Pool:
    people = data[f"orang_{lane}"]
    is_shared = any(step.candidate for step in steps)
    count = int(_float(people)) if people is not None else None
    return Pool(count, _float(data[f"orang2_{lane}"]) / 100, is_shared, _float(data[f"orang3_{lane}"]) / 100)


def _float(value: Any) -> float:
    return float(value)


@dataclass(frozen=True, slots=True)
class _Asking:
    basis: Basis
    chosen: Mapping[str, str | None] = field(default_factory=dict)

    def fields(self) -> Iterator[tuple[str, Any, object]]:
        """Yield the name, field and proposal of each thing that is asked."""
        yield from self._span()
        yield from self._people()
        yield from self._same()
        yield from self._stays()
        yield from self._shares()
        yield from self._instances()
        inputs = self._inputs
        for element in inputs.timed():
            if element.is_human:
                label, effort = name_of(element), inputs.effort_of(element)
                yield f"kerja_{element.id}", _decimal(label, 0, 10_000, _minutes()), round(Decimal(str(effort)))

    def lanes(self) -> dict[str, list[Element]]:
        """Return the human tasks by lane, those of the release in force too."""
        return human_tasks_by_lane(self.past.outline, self.past.drawn)

    @property
    def past(self) -> Past:
        """What was measured."""
        return self.basis.past

    @property
    def _inputs(self) -> Inputs:
        return self.past.inputs(Supposed(), chosen=self.chosen)

    def _span(self) -> Iterator[tuple[str, Any, object]]:
        yield "masa_bulan", _integer(_("Kasus berapa bulan terakhir"), 1, MONTHS, Text("bulan", "months")), MONTHS
        if not self.past.history.begun:
            label = _("Perkiraan kasus baru setiap bulan")
            yield "masa_kasus", _integer(label, 1, 1_000, Text("kasus", "cases")), _MONTHLY
        yield "masa_ulangan", _integer(_("Ulangan paling banyak"), 1, MOST_YEARS, Text("kali", "times")), YEARS
        label = _("Nomor undian (nomor sama memberi hasil sama)")
        yield "masa_benih", _integer(label, 0, 999_999, ""), SEED
        if self.past.drawn is not None and self.past.history.begun:
            options = Option(_YES, _("Ya")), Option(_NO, _("Tidak"))
            label = _("Sesuaikan waktu orang dengan yang terukur")
            yield "masa_cocok", ChoiceField(label, [Required()], options=options), _YES

    def _people(self) -> Iterator[tuple[str, Any, object]]:
        for lane in self.lanes():
            name = self.lane_name(lane)
            people = Between(1, _MOST_PEOPLE)
            label = _("%(role)s: jumlah orang", role=name)
            staff, unit = self.basis.staff.get(lane, _NOBODY), Text("orang", "people")
            told = _counted_by(staff)
            yield f"orang_{lane}", IntegerField(label, [people], unit=unit, hint=told), staff.people
            label = _("%(role)s: waktu untuk proses ini", role=name)
            yield f"orang2_{lane}", _decimal(label, 1, 100, "%"), Decimal(_SHARE)
            label = _("%(role)s: tidak hadir", role=name)
            away = min(round(Decimal(str(staff.away)) * _HUNDRED, 1), Decimal(_MOST_AWAY))
            yield f"orang3_{lane}", _decimal(label, 0, _MOST_AWAY, "%"), away

    def _same(self) -> Iterator[tuple[str, Any, object]]:
        if self.past.drawn is None:
            return
        gone, same = gone_tasks(self.past.drawn, self.past.outline), self._inputs.same
        options = [Option(_NEW, _("Langkah ini benar-benar baru"))]
        options += [Option(one.id, name_of(one)) for one in gone]
        for element in new_tasks(self.past.drawn, self.past.outline) if gone else ():
            label = _("“%(step)s” dahulu adalah", step=name_of(element))
            yield f"sama_{element.id}", ChoiceField(label, [Required()], options=options), same.get(element.id, _NEW)

    def _stays(self) -> Iterator[tuple[str, Any, object]]:
        inputs, minutes = self._inputs, Decimal(self.past.axis.office.day_minutes)
        for element in inputs.timed():
            if inputs.origin(element) is not Origin.SUPPOSED:
                continue
            proposed = (round(Decimal(str(value)) / minutes, 1) for value in inputs.stays_of(element))
            days = Text("hari kerja", "working days")
            step = name_of(element)
            labels = _("%(step)s: separuh selesai dalam", step=step), _("%(step)s: 90%% selesai dalam", step=step)
            for prefix, label, value in zip(("lama", "lama2"), labels, proposed, strict=True):
                yield f"{prefix}_{element.id}", _decimal(label, 0, _MOST_DAYS, days), value

    def _shares(self) -> Iterator[tuple[str, Any, object]]:
        inputs = self._inputs
        for element in inputs.choices():
            shares, origin = inputs.shares_of(element)
            for flow, share in shares.items() if origin is Origin.SUPPOSED else ():
                label = f"{name_of(element)} → {self._way_name(inputs.outline, flow)}"
                yield f"bagian_{flow}", _decimal(label, 0, 100, "%"), round(Decimal(str(share)) * _HUNDRED, 1)

    def _instances(self) -> Iterator[tuple[str, Any, object]]:
        inputs = self._inputs
        for element in inputs.outline.elements.values():
            if element.loop is None:
                continue
            count, origin = inputs.instances_of(element)
            if origin is Origin.SUPPOSED:
                yield (
                    f"kali_{element.id}",
                    _decimal(name_of(element), 0, 200, Text("kali", "times")),
                    Decimal(str(count)),
                )

    def lane_name(self, lane: str) -> str:
        """Return what a role is called; its id if it has no name."""
        found = lanes_of(*filter(None, (self.past.outline, self.past.drawn))).get(lane, {})
        return called(found, lane) or _("Petugas")

    def _way_name(self, outline: Outline, flow: str) -> str:
        return called(outline.flows[flow].names, name_of(outline.elements[outline.flows[flow].target]))


def lanes_of(*outlines: Outline) -> dict[str, Mapping[str, str]]:
    """Return the names of the roles of some diagrams by lane, those of the first one first."""
    return {lane.id: lane.names for outline in reversed(outlines) for lane in outline.lanes}


def called(names: Mapping[str, str], otherwise: str) -> str:
    """Return what something is called in the reader's language."""
    return names.get(language()) or names.get("id") or otherwise


def name_of(element: Element) -> str:
    """Return what an element is called in the reader's language; its id if it has no name."""
    return called(element.names, element.id)


def _counted_by(staff: Staff) -> str:
    if staff.counted_by is CountedBy.GRANTED:
        return _("Yang kini memegang peran ini.")
    return _("Yang mengerjakannya pada kasus terakhir.") if staff.counted_by is CountedBy.DONE else ""


def _minutes() -> Text:
    return Text("menit", "minutes")


def _integer(label: str, least: int, most: int, unit: Text | str) -> IntegerField:
    return IntegerField(label, [Required(), Between(least, most)], unit=unit)


def _decimal(label: str, least: int, most: int, unit: Text | str) -> DecimalField:
    return DecimalField(label, [Required(), Between(least, most)], decimals=1, unit=unit)
