"""Reports in the reader's words: groups, grades, money, how strong a relation is."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from processes.appraisal.rules.ratings import label
from processes.people.city import Predicate
from processes.reports.queries.deviations import BOARD, SELECTION
from processes.reports.queries.fairness import SMALL
from webapp.texts import gettext as _
from webapp.texts import language, lazy, show_number

_WAYS: Final = {
    "sex": lazy("Jenis kelamin"),
    "age": lazy("Kelompok usia"),
    "grade": lazy("Golongan"),
    "kind": lazy("Jenis pegawai"),
    "agency": lazy("Perangkat daerah"),
}
_LABELS: Final = {"L": lazy("Laki-laki"), "P": lazy("Perempuan"), "": lazy("Tidak diketahui")}
_FILLINGS: Final = {BOARD: lazy("Tim penilai kinerja"), SELECTION: lazy("Seleksi terbuka")}
_STRENGTHS: Final = (
    (Decimal("0.7"), lazy("kuat")),
    (Decimal("0.4"), lazy("sedang")),
    (Decimal("0.2"), lazy("lemah")),
)


def way_of_filling(process: str) -> str:
    """Return what a way to fill a post is called."""
    return _(_FILLINGS[process])


def way_name(way: str) -> str:
    """Return what a way to look at people is called."""
    return _(_WAYS[way])


def group_name(text: str) -> str:
    """Return what a group is called: its own name, or words for those that have none."""
    if text == SMALL:
        return _("Gabungan perangkat daerah kecil")
    return _(_LABELS[text]) if text in _LABELS else text


def predicate_name(predicate: Predicate | None) -> str:
    """Return a predicate in words; of those without one, that there is no result yet."""
    if predicate is None:
        return _("Belum ada hasil")
    text = label(predicate)
    return text.id if language() == "id" else text.en


def rupiah(amount: Decimal | None) -> str:
    """Return money in whole rupiah; a dash for none."""
    if amount is None:
        return "–"
    return f"Rp\N{NO-BREAK SPACE}{show_number(amount.quantize(Decimal(1), ROUND_HALF_UP))}"


def two_places(number: Decimal | None) -> str:
    """Return a number with two decimals; a dash for none."""
    return "–" if number is None else show_number(number.quantize(Decimal("0.01"), ROUND_HALF_UP), 2)


def percent(share: Decimal | None) -> str:
    """Return a share in whole percent; a dash for none."""
    if share is None:
        return "–"
    return f"{show_number((share * 100).quantize(Decimal(1), ROUND_HALF_UP))}%".replace("-", "−")


def change(number: Decimal | None) -> str:
    """Return by how much something moved, in words and a number: nobody has to read a sign."""
    if number is None:
        return "–"
    if not number:
        return _("tetap")
    amount = two_places(abs(number))
    return _("naik %(amount)s", amount=amount) if number > 0 else _("turun %(amount)s", amount=amount)


def strength(relation: Decimal | None) -> str:
    """Return a coefficient in words: how strong it is, and which way it goes."""
    if relation is None:
        return _("Tidak dapat dihitung")
    found = next((name for least, name in _STRENGTHS if abs(relation) >= least), None)
    if found is None:
        return _("Hampir tidak ada hubungan")
    if relation > 0:
        return _("Searah, %(strength)s", strength=_(found))
    return _("Berlawanan, %(strength)s", strength=_(found))


def coefficient(relation: Decimal | None) -> str:
    """Return a coefficient with three decimals; a dash for none."""
    return "–" if relation is None else show_number(relation, 3).replace("-", "−")
