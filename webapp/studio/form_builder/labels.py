"""What the builder calls the types of fields, comparisons and shapes."""

from collections.abc import Mapping
from typing import Final

from webapp.texts import lazy

#: In the order in which they are offered.
KINDS: Final[Mapping[str, str]] = {
    "text": lazy("Teks pendek"),
    "textarea": lazy("Teks panjang"),
    "integer": lazy("Bilangan bulat"),
    "decimal": lazy("Angka desimal"),
    "money": lazy("Rupiah"),
    "date": lazy("Tanggal kalender"),
    "choice": lazy("Pilihan dari daftar"),
    "radio": lazy("Satu pilihan (tombol)"),
    "multichoice": lazy("Beberapa pilihan (kotak)"),
    "checkbox": lazy("Kotak centang"),
    "file": lazy("Berkas"),
    "table": lazy("Tabel berulang"),
    "computed": lazy("Hasil hitungan (rumus)"),
    "note": lazy("Catatan untuk dibaca"),
    "heading": lazy("Judul bagian"),
}
COLUMN_KINDS: Final = tuple(kind for kind in KINDS if kind not in ("table", "note", "heading"))
COMPARISONS: Final[Mapping[str, str]] = {
    "equals": lazy("sama dengan"),
    "not_equals": lazy("tidak sama dengan"),
    "differs_from": lazy("berbeda dari isian"),
}
PATTERNS: Final[Mapping[str, str]] = {
    "nip": lazy("NIP (18 digit)"),
    "nik": lazy("NIK (16 digit)"),
    "email": lazy("Alamat surel"),
    "phone": lazy("Nomor telepon"),
}
