"""Why a decision, or a part of it, became null: what FEEL itself cannot know, because it is about the model."""

from collections.abc import Mapping

from engine.feel import Language, Note

NOTES: Mapping[str, tuple[str, str]] = {
    "syntax": (
        "Ungkapan tidak dapat dibaca, sehingga nilainya kosong: {id}",
        "The expression cannot be read, so its value is null: {en}",
    ),
    "wrong_type": (
        "Nilai berjenis {kind} tidak sesuai dengan jenis '{type}', sehingga menjadi kosong (null).",
        "The value of type {kind} does not fit the type '{type}', so it becomes null.",
    ),
    "not_in_type": (
        "Nilai {value} tidak termasuk yang diizinkan jenis '{type}': {allowed}. Nilainya menjadi kosong (null).",
        "The value {value} is not among those the type '{type}' allows: {allowed}. It becomes null.",
    ),
    "conflict": (
        "Aturan {rules} berlaku bersamaan, padahal hit policy-nya UNIQUE, sehingga hasilnya kosong (null). Ubah "
        "aturannya agar tidak tumpang tindih, atau pilih FIRST.",
        "Rules {rules} apply at the same time, but the hit policy is UNIQUE, so the result is null. Make the rules "
        "exclude each other, or choose FIRST.",
    ),
    "any_differs": (
        "Aturan {rules} berlaku bersamaan dan hasilnya berbeda, padahal hit policy-nya ANY, sehingga hasilnya kosong "
        "(null). Samakan hasilnya.",
        "Rules {rules} apply at the same time and give different results, but the hit policy is ANY, so the result "
        "is null. Make their results the same.",
    ),
    "no_logic": (
        "Belum ada tabel, ungkapan, atau kotak yang menghitungnya, sehingga nilainya kosong (null).",
        "No table, expression or box computes it, so its value is null.",
    ),
    "external": (
        "Fungsi dalam bahasa {found} tidak dijalankan; hanya FEEL yang dapat digunakan. Nilainya kosong (null).",
        "A function in the language {found} is not executed; only FEEL can be used. Its value is null.",
    ),
    "language": (
        "Bahasa ungkapan '{found}' tidak dijalankan; hanya FEEL yang dapat digunakan. Nilainya kosong (null).",
        "The expression language '{found}' is not executed; only FEEL can be used. Its value is null.",
    ),
    "circle": (
        "Elemen ini memerlukan dirinya sendiri melalui panah kebutuhan, sehingga nilainya kosong (null).",
        "This element requires itself through its requirements, so its value is null.",
    ),
    "nowhere": (
        "Yang diperlukan ('{found}') tidak ada dalam berkas maupun impor, sehingga nilainya kosong (null).",
        "What it requires ('{found}') is in neither this file nor an import, so its value is null.",
    ),
    "not_function": (
        "Yang dipanggil bukan fungsi, melainkan {kind}, sehingga hasilnya kosong (null).",
        "What is called is not a function but {kind}, so the result is null.",
    ),
    "not_list": (
        "Yang disaring bukan daftar, melainkan {kind}, sehingga hasilnya kosong (null).",
        "What is filtered is not a list but {kind}, so the result is null.",
    ),
    "match": (
        "Syarat penyaring menghasilkan {kind}, bukan benar/salah, untuk salah satu butir, sehingga hasilnya kosong.",
        "The condition of the filter gives {kind}, not true or false, for one of the items, so the result is null.",
    ),
    "condition": (
        "Syarat 'if' menghasilkan {kind}, bukan benar/salah, sehingga bagian 'else' yang dipakai.",
        "The 'if' condition gives {kind}, not true or false, so the 'else' part is used.",
    ),
    "aggregate": (
        "Agregasi {found} tidak berlaku untuk hasil aturan yang berlaku, sehingga nilainya kosong (null).",
        "The aggregation {found} does not work on what the rules give, so its value is null.",
    ),
    "aggregation_outputs": (
        "Agregasi {found} hanya berlaku untuk satu kolom keluaran, sehingga hasilnya kosong (null). Hapus kolom yang "
        "lain.",
        "The aggregation {found} works on one output column only, so the result is null. Remove the others.",
    ),
    "columns": (
        "Banyaknya sel tidak sama dengan banyaknya kolom, sehingga nilainya kosong (null).",
        "The number of cells is not the number of columns, so its value is null.",
    ),
    "hit_policy": (
        "Hit policy '{found}' tidak dikenal, sehingga hasilnya kosong (null).",
        "The hit policy '{found}' is not known, so the result is null.",
    ),
}


class DecisionNote(Note):
    """A reason that names an element of the model rather than a place in an expression."""

    __slots__ = ()

    def message(self, language: Language) -> str:
        """Return element and reason, in one language."""
        reason = NOTES[self.code][0 if language == "id" else 1].format_map(self.params)
        return f"{self.where}: {reason}" if self.where else reason
