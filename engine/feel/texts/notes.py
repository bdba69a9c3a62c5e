"""Sentences for what has no value: why a part of an expression became null, and the way out."""

from engine.feel.texts.syntax import SYNTAX
from engine.feel.texts.words import Catalogue

NOTES: Catalogue = {
    **{code: SYNTAX[code] for code in ("unknown_function", "wrong_arguments", "bad_at_literal", "duplicate_key")},
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
    "date_and_number": (
        'Tanggal atau jam tidak dihitung dengan angka. Untuk 14 hari tulis @"P14D", untuk 2 jam @"PT2H".',
        'A date or time is not calculated with a number. For 14 days write @"P14D", for 2 hours @"PT2H".',
    ),
    "date_and_text": (
        'Teks dalam tanda kutip bukan tanggal. Tulis @ di depannya, misalnya @"2026-03-31", atau date(teks).',
        'A text in quotes is not a date. Write @ before it, like @"2026-03-31", or date(text).',
    ),
    "chained_comparison": (
        "Perbandingan tidak dapat dirangkai. Tulis 80 < nilai and nilai < 90.",
        "Comparisons cannot be chained. Write 80 < score and score < 90.",
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
