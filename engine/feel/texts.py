"""The sentences a process owner reads when an expression is wrong, in Indonesian and English."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Literal

Language = Literal["id", "en"]
Catalogue = Mapping[str, tuple[str, str]]

_KINDS: Catalogue = {
    "number": ("angka", "number"),
    "string": ("teks", "string"),
    "boolean": ("benar/salah (boolean)", "boolean"),
    "date": ("tanggal", "date"),
    "time": ("jam", "time"),
    "date and time": ("tanggal dan jam", "date and time"),
    "days and time duration": ("durasi hari/jam", "days and time duration"),
    "years and months duration": ("durasi tahun/bulan", "years and months duration"),
    "list": ("daftar", "list"),
    "context": ("konteks", "context"),
    "range": ("rentang", "range"),
    "function": ("fungsi", "function"),
    "null": ("kosong (null)", "null"),
    "any": ("nilai apa pun", "any value"),
}

SYNTAX: Catalogue = {
    "empty": ("Ungkapan kosong. Tuliskan sebuah ungkapan.", "The expression is empty. Write an expression."),
    "too_long": (
        "Ungkapan terlalu panjang ({length} karakter, paling banyak {limit}). Pecah menjadi beberapa bagian.",
        "The expression is too long ({length} characters, at most {limit}). Split it into parts.",
    ),
    "too_deep": (
        "Ungkapan bersarang terlalu dalam (paling banyak {limit} tingkat). Pecah menjadi beberapa bagian.",
        "The expression is nested too deeply (at most {limit} levels). Split it into parts.",
    ),
    "unknown_character": (
        "Karakter {found} tidak dikenal di sini. Hapus atau ganti karakter itu.",
        "The character {found} is not known here. Remove or replace it.",
    ),
    "single_quotes": (
        "Teks ditulis dengan tanda kutip ganda, misalnya \"aktif\", bukan 'aktif'.",
        "Write text in double quotes, like \"active\", not 'active'.",
    ),
    "double_equals": (
        "Kesamaan ditulis dengan satu tanda '=', bukan '=='.",
        "Equality is written with one '=', not '=='.",
    ),
    "foreign_operator": (
        "'{found}' bukan operator FEEL. Gunakan '{instead}'.",
        "'{found}' is not a FEEL operator. Use '{instead}'.",
    ),
    "dollar_braces": (
        "FEEL tidak memakai ${{…}}. Tulis ungkapannya langsung, tanpa ${{ }}.",
        "FEEL does not use ${{…}}. Write the expression itself, without ${{ }}.",
    ),
    "unclosed_string": (
        "Teks tidak ditutup pada baris yang sama. Tambahkan tanda kutip ganda penutup.",
        "The string is not closed on its line. Add the closing double quote.",
    ),
    "unclosed_comment": (
        "Komentar tidak ditutup. Tambahkan '*/'.",
        "The comment is not closed. Add '*/'.",
    ),
    "bad_escape": (
        "Kode karakter '{found}' tidak sah dalam teks. Gunakan \\uXXXX dari karakter yang ada.",
        "The character code '{found}' is not valid in a string. Use \\uXXXX of a real character.",
    ),
    "bad_number": (
        "Angka '{found}' tidak dapat dibaca. Tulis seperti 82.5 atau 1.2e3, di bawah 1e6145.",
        "The number '{found}' cannot be read. Write it like 82.5 or 1.2e3, below 1e6145.",
    ),
    "bad_at_literal": (
        '@"{found}" bukan tanggal, jam, atau durasi. Contoh: @"2026-03-31", @"08:30:00", @"P14D".',
        '@"{found}" is not a date, time or duration. Examples: @"2026-03-31", @"08:30:00", @"P14D".',
    ),
    "unexpected_end": (
        "Ungkapan berhenti sebelum lengkap: masih diperlukan {expected}.",
        "The expression ends too early: {expected} is still needed.",
    ),
    "unexpected": (
        "'{found}' tidak dapat berada di sini: yang diperlukan {expected}.",
        "'{found}' cannot stand here: {expected} is needed.",
    ),
    "left_over": (
        "Ungkapan sudah lengkap sebelum '{found}'. Tambahkan operator di antaranya atau hapus sisanya.",
        "The expression is already complete before '{found}'. Put an operator between or remove the rest.",
    ),
    "unknown_function": (
        "Fungsi '{found}' tidak dikenal.{guess}",
        "The function '{found}' is not known.{guess}",
    ),
    "wrong_arguments": (
        "Fungsi '{function}' tidak dapat dipanggil dengan {given}. Bentuk yang benar: {forms}.",
        "The function '{function}' cannot be called with {given}. Correct forms: {forms}.",
    ),
    "duplicate_parameter": (
        "Parameter '{found}' ditulis dua kali dalam satu fungsi. Ganti namanya.",
        "The parameter '{found}' is written twice in one function. Rename one of them.",
    ),
    "unknown_type": (
        "Jenis '{found}' tidak dikenal. Jenis yang ada: {known}.",
        "The type '{found}' is not known. Known types: {known}.",
    ),
    "duplicate_key": (
        "Kunci '{found}' ditulis dua kali dalam satu konteks. Ganti salah satunya.",
        "The key '{found}' is written twice in one context. Rename one of them.",
    ),
    "question_mark": (
        "'?' hanya ada di dalam uji (unary test) tabel keputusan.",
        "'?' exists only inside a unary test of a decision table.",
    ),
}

EXPECTED: Catalogue = {
    "value": ("sebuah nilai", "a value"),
    "name": ("sebuah nama", "a name"),
    "key": ("sebuah kunci konteks", "a context key"),
    "type": ("nama jenis nilai", "a type name"),
    "range_end": ("')', ']' atau '[' penutup rentang", "')', ']' or '[' to close the range"),
}

BUDGET: Catalogue = {
    "steps": (
        "Ungkapan membutuhkan terlalu banyak langkah (paling banyak {limit}). Perkecil daftar atau perulangannya.",
        "The expression takes too many steps (at most {limit}). Make its lists or loops smaller.",
    ),
    "allocation": (
        "Ungkapan membuat data terlalu banyak (paling banyak {limit} butir). Perkecil teks atau daftarnya.",
        "The expression builds too much data (at most {limit} items). Make its strings or lists smaller.",
    ),
    "nesting": (
        "Nilai atau ungkapan bersarang terlalu dalam (paling banyak {limit} tingkat).",
        "A value or expression is nested too deeply (at most {limit} levels).",
    ),
    "result": (
        "Hasil ungkapan terlalu besar (paling banyak {limit} butir). Kembalikan bagian yang diperlukan saja.",
        "The result of the expression is too large (at most {limit} items). Return only what is needed.",
    ),
}

NOTES: Catalogue = {
    **{code: SYNTAX[code] for code in ("unknown_function", "wrong_arguments", "bad_at_literal")},
    "unknown_name": (
        "Nama '{name}' tidak ada dalam data.{guess}",
        "The name '{name}' is not in the data.{guess}",
    ),
    "unknown_key": (
        "Kunci '{name}' tidak ada dalam konteks.{guess}",
        "The key '{name}' is not in the context.{guess}",
    ),
    "unknown_property": (
        "Nilai berjenis {kind} tidak mempunyai bagian '{name}'.",
        "A value of type {kind} has no part '{name}'.",
    ),
    "path_of_null": (
        "'{name}' tidak dapat diambil karena nilai di depannya kosong (null).",
        "'{name}' cannot be taken, because the value before it is null.",
    ),
    "float": (
        "Nilai pecahan biner (float) pada '{name}' ditolak karena tidak tepat. Kirim sebagai desimal.",
        "The binary fraction (float) at '{name}' is refused because it is inexact. Send a decimal.",
    ),
    "unsupported": (
        "Nilai pada '{name}' bukan jenis FEEL ({python}). Kirim angka, teks, tanggal, daftar, atau konteks.",
        "The value at '{name}' is not a FEEL type ({python}). Send a number, string, date, list or context.",
    ),
    "number_too_large": (
        "Bilangan pada '{name}' di luar batas 34 digit.",
        "The number at '{name}' is outside the limit of 34 digits.",
    ),
    "operands": (
        "Operator '{operator}' tidak berlaku untuk {left_kind} dan {right_kind}. Samakan jenisnya lebih dahulu.",
        "The operator '{operator}' does not work on {left_kind} and {right_kind}. Convert one of them first.",
    ),
    "null_operand": (
        "Operator '{operator}' mendapat nilai kosong (null). Lengkapi datanya, atau uji dengan '= null' lebih dahulu.",
        "The operator '{operator}' got null. Complete the data, or test for '= null' first.",
    ),
    "operand": (
        "Operator '{operator}' tidak berlaku untuk {kind}.",
        "The operator '{operator}' does not work on {kind}.",
    ),
    "division_by_zero": (
        "Pembagian dengan nol. Periksa penyebutnya dengan 'if' lebih dahulu.",
        "Division by zero. Check the divisor with 'if' first.",
    ),
    "arithmetic": (
        "Hasil '{operator}' bukan bilangan yang sah atau di luar batas.",
        "The result of '{operator}' is not a valid number or is out of bounds.",
    ),
    "out_of_range": (
        "Hasil '{operator}' di luar batas tanggal atau durasi yang didukung.",
        "The result of '{operator}' is outside the supported dates or durations.",
    ),
    "zone_mismatch": (
        "Waktu dengan zona tidak dapat dibandingkan atau dikurangkan dengan waktu tanpa zona.",
        "A time with a zone cannot be compared with or subtracted from one without.",
    ),
    "not_boolean": (
        "'{operator}' memerlukan benar/salah, tetapi mendapat {kind}.",
        "'{operator}' needs true or false, but got {kind}.",
    ),
    "condition": (
        "Syarat 'if' menghasilkan {kind}, bukan benar/salah, sehingga bagian 'else' yang dipakai.",
        "The 'if' condition gives {kind}, not true or false, so the 'else' part is used.",
    ),
    "range_ends": (
        "Ujung rentang {left_kind} dan {right_kind} tidak dapat membentuk rentang.",
        "The ends {left_kind} and {right_kind} cannot form a range.",
    ),
    "index": (
        "Nomor urut {index} tidak ada: daftar berisi {size} butir (mulai dari 1, atau -1 dari belakang).",
        "Index {index} does not exist: the list has {size} items (from 1, or from -1 at the end).",
    ),
    "not_iterable": (
        "'{operator}' memerlukan daftar atau rentang bilangan bulat/tanggal, tetapi mendapat {kind}.",
        "'{operator}' needs a list or a range of whole numbers or dates, but got {kind}.",
    ),
    "argument_kind": (
        "Fungsi '{function}': '{parameter}' harus {expected_kind}, bukan {kind}.",
        "Function '{function}': '{parameter}' must be {expected_kind}, not {kind}.",
    ),
    "argument_value": (
        "Fungsi '{function}': nilai {value} tidak dapat dipakai untuk '{parameter}'. {hint}",
        "Function '{function}': the value {value} cannot be used for '{parameter}'. {hint}",
    ),
    "argument_result": (
        "Fungsi '{function}': '{parameter}' harus memberi benar atau salah, tetapi memberi {kind}.",
        "Function '{function}': '{parameter}' must give true or false, but gave {kind}.",
    ),
    "too_few": (
        "Fungsi '{function}' memerlukan sedikitnya {least} angka, tetapi mendapat {size}.",
        "Function '{function}' needs at least {least} numbers, but got {size}.",
    ),
    "context_entries": (
        "Fungsi 'context' memerlukan daftar {{key: teks, value: nilai}} dengan kunci yang berbeda-beda; ada {kind}.",
        "Function 'context' needs a list of {{key: string, value: any}} whose keys differ; there is a {kind}.",
    ),
    "pattern": (
        "Pola {value} tidak dapat dibaca pada karakter ke-{place}. Tanda khusus didahului '\\'.",
        "The pattern {value} cannot be read at character {place}. Put '\\' before a special sign.",
    ),
    "pattern_large": (
        "Pola {value} terlalu besar. Perkecil pengulangannya.",
        "The pattern {value} is too large. Make its repetitions smaller.",
    ),
    "pattern_flags": (
        "Penanda pola {value} tidak dikenal. Gunakan s, m, i, x, atau q.",
        "The pattern flags {value} are not known. Use s, m, i, x or q.",
    ),
    "mixed_list": (
        "Fungsi '{function}': isi daftar harus sejenis dan dapat diurutkan ({left_kind} dan {right_kind}).",
        "Function '{function}': the list must hold comparable values of one type ({left_kind} and {right_kind}).",
    ),
    "not_a_function": (
        "Yang dipanggil bukan fungsi, melainkan {kind}. Hapus tanda kurungnya, atau panggil sebuah fungsi.",
        "What is called is not a function but {kind}. Remove the brackets, or call a function.",
    ),
    "call_arguments": (
        "Fungsi '{function}' tidak dapat dipanggil dengan {given}. Parameternya: ({parameters}).",
        "The function '{function}' cannot be called with {given}. Its parameters are ({parameters}).",
    ),
    "parameter_type": (
        "Parameter bertipe {expected_kind} mendapat {kind}. Ubah nilainya lebih dahulu.",
        "A parameter of type {expected_kind} got {kind}. Convert the value first.",
    ),
    "result_type": (
        "Fungsi harus menghasilkan {expected_kind}, tetapi memberi {kind}.",
        "The function must give {expected_kind}, but gave {kind}.",
    ),
    "conversion": (
        "Nilai berjenis {kind} tidak dapat menjadi {expected_kind}. Ubah nilainya lebih dahulu.",
        "A value of type {kind} cannot become {expected_kind}. Convert it first.",
    ),
    "external_function": (
        "Fungsi luar (external) tidak dijalankan. Tulis fungsinya dalam FEEL.",
        "An external function is not run. Write the function in FEEL.",
    ),
    "not_allowed": (
        "Nilai {value} tidak termasuk yang diizinkan tabel keputusan: {allowed}.",
        "The value {value} is not among those the decision table allows: {allowed}.",
    ),
    "no_calendar": (
        "Kalender kerja belum tersedia, sehingga hari kerja tidak dapat dihitung. Hubungi admin kota.",
        "There is no work calendar, so working days cannot be counted. Ask the city's administrator.",
    ),
}

HINTS: Catalogue = {
    "": ("", ""),
    "date": ("Contoh: 2026-03-31.", "Example: 2026-03-31."),
    "time": ("Contoh: 08:30:00.", "Example: 08:30:00."),
    "date and time": ("Contoh: 2026-03-31T08:30:00+07:00.", "Example: 2026-03-31T08:30:00+07:00."),
    "duration": ("Contoh: P14D, PT4H, P1Y6M.", "Examples: P14D, PT4H, P1Y6M."),
    "number": ("Contoh: 82.5.", "Example: 82.5."),
    "whole": ("Gunakan bilangan bulat dalam batas.", "Use a whole number within bounds."),
    "separator": (
        "Pemisah ribuan: spasi, koma, atau titik; pemisah desimal: titik atau koma; keduanya berbeda.",
        "Grouping: space, comma or point; decimal: point or comma; the two must differ.",
    ),
    "zero": ("Nilainya tidak boleh nol.", "It must not be zero."),
    "positive": (
        "Gunakan bilangan positif (nol hanya untuk akar).",
        "Use a positive number (zero for a root only).",
    ),
    "position": (
        "Gunakan nomor urut yang ada: mulai dari 1, atau dari -1 di belakang.",
        "Use a position that exists: from 1, or from -1 at the end.",
    ),
    "keys": (
        "Tuliskan kunci sebagai teks, satu atau lebih, menuju konteks yang ada.",
        "Write the keys as strings, one or more, that lead through contexts that exist.",
    ),
    "range": ('Contoh: [1..10), ("a".."f"].', 'Examples: [1..10), ("a".."f"].'),
    "empty_match": (
        "Pola itu juga cocok dengan teks kosong. Ganti '*' dengan '+', misalnya.",
        "The pattern matches the empty string too. Use '+' instead of '*', for instance.",
    ),
    "replacement": (
        "Di sini '$' dan '\\' mempunyai arti: $1 untuk kelompok, \\$ dan \\\\ untuk tanda itu sendiri.",
        "Here '$' and '\\' mean something: $1 for a group, \\$ and \\\\ for the signs themselves.",
    ),
}


_COMPARED = 60


def render(catalogue: Catalogue, code: str, params: Mapping[str, str], language: Language) -> str:
    """Return the sentence for a code in one language.

    :param params: plain strings; those named ``…kind`` are type names and are translated, ``expected`` and ``hint``
        name an entry of their own table, ``known`` is a comma list turned into a guess.
    """
    column = 0 if language == "id" else 1
    words = {name: _translate(name, value, column) for name, value in params.items()}
    words.setdefault("guess", _guess(params, column))
    return catalogue[code][column].format_map(words)


def _translate(name: str, value: str, column: int) -> str:
    if name.endswith("kind"):
        joint = (" atau ", " or ")[column]
        return joint.join(_KINDS.get(kind, (kind, kind))[column] for kind in value.split("|"))
    if name == "expected":
        return EXPECTED[value][column] if value in EXPECTED else f"'{value}'"
    if name == "hint":
        return HINTS[value][column]
    return value


def _guess(params: Mapping[str, str], column: int) -> str:
    # Comparing takes the square of the length.
    known = [name for name in params.get("known", "").split(", ") if 0 < len(name) <= _COMPARED]
    close = get_close_matches(params.get("name", params.get("found", ""))[:_COMPARED], known, n=3)
    if close:
        return (" Mungkin maksudnya: {}.", " Did you mean: {}?")[column].format(", ".join(close))
    if known:
        return (" Yang tersedia: {}.", " Available: {}.")[column].format(", ".join(known[:12]))
    return ""
