"""What an analysis of a decision table finds: gaps, overlaps and rules that nothing reaches, and what it leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.dmn.regions import Region
from engine.feel import Language

Example = tuple[tuple[str, Region], ...]
"""An input, by column title: a value, and the region it stands for."""

TEXTS: Mapping[str, tuple[str, str]] = {
    "gap": (
        "Tidak ada aturan untuk {example}; hasilnya kosong (null). Tambahkan aturan atau nilai bawaan.",
        "No rule applies to {example}; the result is null. Add a rule or a default.",
    ),
    "overlap": (
        "Aturan {rules} berlaku bersamaan untuk {example}. Ubah agar tidak tumpang tindih, atau pilih FIRST.",
        "Rules {rules} apply together to {example}. Make them exclude each other, or choose FIRST.",
    ),
    "unreachable": (
        "Aturan {rules} tidak pernah berlaku: aturan lain selalu mendahuluinya, atau selnya tidak mungkin terpenuhi. "
        "Contoh: {example}. Hapus atau pindahkan.",
        "Rule {rules} never applies: other rules always come before it, or its cells can never be true. "
        "Example: {example}. Delete or move it.",
    ),
    "undecided": (
        "Aturan {rules} tidak ikut diperiksa, dan celah tidak dicari: sel `{cell}` pada kolom '{column}' tidak "
        "membandingkan dengan nilai tetap, sehingga baru dapat dinilai dengan data kasus.",
        "Rule {rules} takes no part, and gaps are not looked for: the cell `{cell}` of column '{column}' does not "
        "compare with fixed values, so that only the data of a case can decide it.",
    ),
    "unfinished": (
        "Kombinasi nilainya terlalu banyak untuk diperiksa semuanya; mungkin masih ada celah, tumpang tindih, atau "
        "aturan mati yang belum disebut. Pecah tabel ini menjadi beberapa keputusan.",
        "There are too many combinations of values to look at all of them; there may be gaps, overlaps or unreachable "
        "rules that are not named here. Split this table into several decisions.",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a table leaves open (``gap``), decides twice (``overlap``) or never reaches (``unreachable``).

    :param rules: the rules it is about.
    :param example: an input that shows it, by column title: a value, and the region it stands for.
    """

    code: str
    rules: tuple[str, ...]
    example: Example

    @property
    def is_of_others(self) -> bool:
        """Whether it is a gap only for texts that no cell names; a column that lists what it allows has none."""
        return self.code == "gap" and any(region.is_other for _, region in self.example)

    def message(self, language: Language) -> str:
        """Return what is wrong, an example and the way out, in one language."""
        shown = ", ".join(f"{title} {region.label}" for title, region in self.example) or "-"
        return _said(self.code, language, rules=", ".join(self.rules), example=shown)


@dataclass(frozen=True, slots=True)
class Unclear:
    """A rule that takes no part in the analysis, and the first cell that keeps it out."""

    rule: str
    column: str
    cell: str

    def message(self, language: Language) -> str:
        """Return which rule and cell, and why, in one language."""
        return _said("undecided", language, rules=self.rule, column=self.column, cell=self.cell[:80])


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a table's analysis found.

    :param unclear: rules with a cell that only a case can decide; gaps are then not looked for.
    :param is_complete: whether every combination was looked at.
    """

    findings: tuple[Finding, ...]
    unclear: tuple[Unclear, ...] = ()
    is_complete: bool = True


def unfinished(language: Language) -> str:
    """Return what it means that not every combination was looked at, in one language."""
    return _said("unfinished", language)


def _said(code: str, language: Language, **facts: str) -> str:
    return TEXTS[code][0 if language == "id" else 1].format_map(facts)
