"""Allowances in the reader's words: months, states, rupiah, and how a line came about."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from engine.records.case import CaseStatus
from processes.incentive.queries.disputes import Dispute
from processes.incentive.records import RunStatus
from processes.incentive.rules.lines import Line
from processes.people.city import Explanation
from webapp.texts import gettext as _
from webapp.texts import language, lazy, show_number

_STATES: Final[Mapping[RunStatus, tuple[str, str]]] = {
    RunStatus.OPEN: (lazy("Dibuka"), "info"),
    RunStatus.COMPUTED: (lazy("Diperiksa unit"), "info"),
    RunStatus.RETURNED: (lazy("Dikembalikan"), "warning"),
    RunStatus.STATED: (lazy("SPTJM ditandatangani"), "info"),
    RunStatus.VERIFIED: (lazy("Diverifikasi"), "info"),
    RunStatus.APPROVED: (lazy("Diajukan"), "info"),
    RunStatus.PUBLISHED: (lazy("Slip terbit, masa sanggah"), "info"),
    RunStatus.LOCKED: (lazy("Terkunci, menunggu dibayar"), "warning"),
    RunStatus.PAID: (lazy("Sudah dibayar"), "success"),
}
_KINDS: Final[Mapping[str, str]] = {
    "hadir": lazy("Hadir"),
    "tanpa_keterangan": lazy("Tanpa keterangan"),
    "cuti": lazy("Cuti"),
    "sakit": lazy("Sakit"),
    "izin": lazy("Izin"),
    "dinas_luar": lazy("Dinas luar"),
    "diklat": lazy("Pelatihan"),
    "libur": lazy("Hari libur"),
}
_PARAMETERS: Final[Mapping[str, str]] = {
    "incentive.attendance": lazy("Potongan karena kehadiran"),
    "incentive.basic": lazy("TPP dasar kelas jabatan"),
    "incentive.class_allowance": lazy("TPP kelas jabatan"),
    "incentive.discipline": lazy("Hari tidak hadir dan hukuman disiplin"),
    "incentive.leave": lazy("Potongan karena cuti"),
    "incentive.predicate": lazy("TPP menurut predikat kinerja"),
    "incentive.sanction": lazy("Potongan karena hukuman disiplin"),
    "incentive.service": lazy("TPP menurut status kepegawaian"),
    "incentive.split": lazy("Bagian produktivitas dan disiplin"),
}
#: The shares of a line have so many digits after the mark, at most.
SHARE_PLACES: Final = 4


@dataclass(frozen=True, slots=True)
class Node:
    """One number of the tree, as `layout/explain.html` takes it."""

    label: str
    value: str
    formula: str
    source: str
    inputs: tuple["Node", ...]


def state_in_words(status: RunStatus) -> tuple[str, str]:
    """Return what the state of a unit's month is called, and its tone."""
    words, tone = _STATES[status]
    return _(words), tone


def kind_in_words(kind: str) -> str:
    """Return what a kind of attendance is called."""
    return _(_KINDS.get(kind, kind))


def rupiah(amount: Decimal | None) -> str:
    """Return an amount of money, in whole rupiah; a dash for none."""
    if amount is None:
        return "–"
    sign = "−" if amount < 0 else ""
    return f"{sign}Rp\N{NO-BREAK SPACE}{show_number(abs(amount).quantize(Decimal(1)))}"


def dispute_in_words(dispute: Dispute) -> str:
    """Return how far a dispute is, or how it was decided: a granted one may leave the amount as it was."""
    if dispute.status in (CaseStatus.OPEN, CaseStatus.SUSPENDED):
        return _("Sanggahan sedang diperiksa")
    if dispute.is_granted is None:
        return _("Sanggahan sudah diputus")
    if not dispute.is_granted:
        return _("Sanggahan ditolak")
    return _("Sanggahan dikabulkan") if dispute.changes_amount else _("Sanggahan dikabulkan, tidak mengubah jumlah")


def node_of(found: Explanation, is_money: Iterable[bool]) -> Node:
    """Return a tree for the page; whether each number is money comes in the order of the tree."""
    kinds = iter(is_money)
    return _node(found, kinds)


def _node(found: Explanation, kinds: Any) -> Node:
    amount = Decimal(found.value)
    value = rupiah_exact(amount) if next(kinds) else share(amount)
    label = found.label_en if language() == "en" else found.label_id
    source = " · ".join(filter(None, (_parameter(found.inputs.get("parameter", "")), found.inputs.get("sumber", ""))))
    return Node(label, value, found.formula, source, tuple(_node(item, kinds) for item in found.children))


def _parameter(named: str) -> str:
    """Return what the set of numbers is called that a line comes from, with its version."""
    key, _space, version = named.partition(" ")
    name = _(_PARAMETERS[key]) if key in _PARAMETERS else key
    return _("%(name)s, versi %(version)s", name=name, version=version) if version else name


def money_of(line: Line) -> Iterator[bool]:
    """Yield whether each number of a line's tree is money, in the order in which the tree is walked."""
    yield line.is_money
    for item in line.details:
        yield from money_of(item)


def rupiah_exact(amount: Decimal) -> str:
    """Return an amount with the cents it may have on the way to the line that is paid."""
    if amount == amount.to_integral_value():
        return rupiah(amount)
    sign = "−" if amount < 0 else ""
    return f"{sign}Rp\N{NO-BREAK SPACE}{show_number(abs(amount).quantize(Decimal('0.01')), 2)}"


def share(number: Decimal) -> str:
    """Return a share in percent, with as many digits as it needs."""
    percent = (number * 100).quantize(Decimal("0.01")).normalize()
    return f"{show_number(percent)}%".replace("-", "−")
