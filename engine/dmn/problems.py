"""What is wrong with a decision, found before it is used: where, what, and the way out, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.feel import FeelError, Language

TEXTS: Mapping[str, tuple[str, str]] = {
    "no_logic": (
        "Keputusan '{decision}' belum berisi tabel keputusan atau ungkapan. Tambahkan salah satunya.",
        "Decision '{decision}' holds no decision table or expression. Add one.",
    ),
    "unsupported_logic": (
        "Keputusan '{decision}' memakai '{found}', yang tidak dijalankan. Gunakan tabel keputusan atau ungkapan FEEL.",
        "Decision '{decision}' uses '{found}', which is not executed. Use a decision table or a FEEL expression.",
    ),
    "language": (
        "Keputusan '{decision}' memakai bahasa ungkapan '{found}'. Hanya FEEL yang dapat digunakan.",
        "Decision '{decision}' uses the expression language '{found}'. Only FEEL can be used.",
    ),
    "required_nowhere": (
        "Keputusan '{decision}' memerlukan '{found}', yang tidak ada di berkas ini maupun di berkas yang diimpor, "
        "sehingga nilainya kosong. Hapus panah itu, ganti dengan data masukan (inputData), atau sertakan berkasnya.",
        "Decision '{decision}' requires '{found}', which is in neither this file nor one that it imports, so its value "
        "would be null. Delete that requirement, make it input data (inputData), or add the file.",
    ),
    "circle": (
        "Keputusan '{decision}' memerlukan dirinya sendiri melalui panah kebutuhan, sehingga tidak pernah dapat "
        "dihitung. Hapus salah satu panah dalam lingkaran itu.",
        "Decision '{decision}' requires itself through its requirements, so it could never be computed. Delete one "
        "arrow of that circle.",
    ),
    "unknown_type": (
        "Keputusan '{decision}' memakai jenis '{found}', yang bukan jenis FEEL dan tidak didefinisikan. Definisikan "
        "jenis itu (itemDefinition) atau ganti.",
        "Decision '{decision}' uses the type '{found}', which FEEL does not have and nothing defines. Define it "
        "(itemDefinition) or change it.",
    ),
    "type_limit": (
        "Keputusan '{decision}' memakai jenis '{found}', yang batas nilainya `{text}` tidak dapat dibaca, sehingga "
        "nilai apa pun diterima: ",
        "Decision '{decision}' uses the type '{found}', whose limit `{text}` cannot be read, so that any value is "
        "taken: ",
    ),
    "hit_policy": (
        "Keputusan '{decision}': hit policy '{found}' tidak dikenal. Pilih UNIQUE, ANY, FIRST, PRIORITY, RULE ORDER, "
        "OUTPUT ORDER, atau COLLECT.",
        "Decision '{decision}': the hit policy '{found}' is not known. Choose UNIQUE, ANY, FIRST, PRIORITY, RULE "
        "ORDER, OUTPUT ORDER or COLLECT.",
    ),
    "aggregation": (
        "Keputusan '{decision}': agregasi '{found}' tidak dikenal. Pilih SUM, MIN, MAX, atau COUNT, dengan COLLECT.",
        "Decision '{decision}': the aggregation '{found}' is not known. Choose SUM, MIN, MAX or COUNT, with COLLECT.",
    ),
    "aggregation_outputs": (
        "Keputusan '{decision}': agregasi '{found}' hanya berlaku untuk satu kolom keluaran. Hapus kolom lainnya.",
        "Decision '{decision}': the aggregation '{found}' works on one output column only. Remove the others.",
    ),
    "no_outputs": (
        "Keputusan '{decision}' tidak mempunyai kolom keluaran. Tambahkan paling sedikit satu.",
        "Decision '{decision}' has no output column. Add at least one.",
    ),
    "no_rules": (
        "Keputusan '{decision}' tidak mempunyai aturan, sehingga hasilnya selalu kosong. Tambahkan aturan.",
        "Decision '{decision}' has no rules, so its result is always null. Add rules.",
    ),
    "output_names": (
        "Keputusan '{decision}': setiap kolom keluaran memerlukan nama yang berbeda ('{found}').",
        "Decision '{decision}': each output column needs a name of its own ('{found}').",
    ),
    "column_count": (
        "Keputusan '{decision}', aturan '{rule}': ada {found} sel {part}, padahal tabel mempunyai {expected} kolom.",
        "Decision '{decision}', rule '{rule}': it has {found} {part} cells, but the table has {expected} columns.",
    ),
    "empty_output": (
        "Keputusan '{decision}', aturan '{rule}', kolom '{column}': sel keluaran kosong. Isi nilainya atau null.",
        "Decision '{decision}', rule '{rule}', column '{column}': the output cell is empty. Fill it, or write null.",
    ),
    "cell": (
        "Keputusan '{decision}', aturan '{rule}', kolom '{column}', sel `{text}`: ",
        "Decision '{decision}', rule '{rule}', column '{column}', cell `{text}`: ",
    ),
    "header": (
        "Keputusan '{decision}', kolom '{column}', ungkapan `{text}`: ",
        "Decision '{decision}', column '{column}', expression `{text}`: ",
    ),
    "expression": (
        "Keputusan '{decision}', ungkapan `{text}`: ",
        "Decision '{decision}', expression `{text}`: ",
    ),
}
_PARTS = {"input": ("masukan", "input"), "output": ("keluaran", "output")}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a decision.

    :param element: id of the XML element to look at: the decision, a column or a rule.
    :param cause: what FEEL says about an expression, placed within it.
    """

    element: str
    code: str
    params: Mapping[str, str] = field(hash=False)
    cause: FeelError | None = field(default=None, compare=False)

    def message(self, language: Language) -> str:
        """Return the place, what is wrong and the way out, in one language."""
        column = 0 if language == "id" else 1
        words = {name: _PARTS[value][column] if name == "part" else value for name, value in self.params.items()}
        return TEXTS[self.code][column].format_map(words) + (self.cause.message(language) if self.cause else "")

    @property
    def texts(self) -> dict[str, str]:
        """The message in each language."""
        return {"id": self.message("id"), "en": self.message("en")}
