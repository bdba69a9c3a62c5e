"""Sentences for a text that is no FEEL: what is wrong, and the way out."""

from engine.feel.texts.words import Catalogue

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
    "curly_quotes": (
        'Tanda kutip {found} berasal dari pengolah kata. Gunakan tanda kutip lurus, misalnya "aktif".',
        'The quotation mark {found} comes from a word processor. Use straight ones, like "active".',
    ),
    "double_equals": (
        "Kesamaan ditulis dengan satu tanda '=', bukan '=='.",
        "Equality is written with one '=', not '=='.",
    ),
    "foreign_operator": (
        "'{found}' tidak dikenal dalam FEEL. Tulis '{instead}'.",
        "FEEL does not know '{found}'. Write '{instead}'.",
    ),
    "foreign_word": (
        "'{found}' bukan kata FEEL. Tulis '{instead}'; kata FEEL memakai huruf kecil.",
        "'{found}' is not a word of FEEL. Write '{instead}'; the words of FEEL are in small letters.",
    ),
    "percent": (
        "Tanda '%' tidak dikenal dalam FEEL. Untuk 80 persen tulis 0.8; untuk sisa bagi tulis modulo(a, b).",
        "FEEL does not know '%'. For 80 per cent write 0.8; for a remainder write modulo(a, b).",
    ),
    "semicolon": (
        "Tanda ';' tidak dipakai dalam FEEL. Pisahkan dengan koma, atau hapus tanda itu di akhir ungkapan.",
        "FEEL does not use ';'. Separate with a comma, or remove it at the end of the expression.",
    ),
    "decimal_comma": (
        "Angka desimal ditulis dengan titik: {instead}, bukan {found}.",
        "Decimals are written with a point: {instead}, not {found}.",
    ),
    "thousands": (
        "Angka ditulis tanpa pemisah ribuan: {instead}, bukan {found}.",
        "Numbers are written without thousands separators: {instead}, not {found}.",
    ),
    "unquoted_date": (
        '{found} adalah hitungan angka, bukan tanggal. Tulis tanggal dengan @ dan tanda kutip: @"2026-03-31".',
        '{found} is a calculation, not a date. Write a date with @ and quotes: @"2026-03-31".',
    ),
    "at_without_quotes": (
        'Sesudah @ diperlukan tanda kutip, misalnya @"2026-03-31" atau @"P14D".',
        'Quotes are needed after @, like @"2026-03-31" or @"P14D".',
    ),
    "half_comparison": (
        "Di kanan '{word}' nilainya ditulis lagi: nilai >= 80 and nilai < 90, atau nilai between 80 and 90.",
        "Name the value again after '{word}': score >= 80 and score < 90, or score between 80 and 90.",
    ),
    "bare_range": (
        "Rentang ditulis dalam kurung, misalnya [1..10].",
        "A range is written in brackets, like [1..10].",
    ),
    "stray_comma": (
        "Koma tidak dapat berada di sini. Daftar ditulis [1, 2]; beberapa pilihan sesudah 'in' ditulis (1, 2).",
        "A comma cannot stand here. A list is written [1, 2]; several choices after 'in' are written (1, 2).",
    ),
    "unopened_bracket": (
        "Kurung '{found}' menutup sesuatu yang tidak dibuka. Hapus, atau tambahkan '{opening}' di depannya.",
        "The bracket '{found}' closes what was not opened. Remove it, or add '{opening}' before it.",
    ),
    "unclosed_bracket": (
        "Kurung '{opening}' belum ditutup. Tambahkan '{closing}'.",
        "The bracket '{opening}' is not closed. Add '{closing}'.",
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
        "Fungsi '{function}' tidak menerima {count} nilai{given}. Bentuk yang benar: {forms}.",
        "The function '{function}' does not take {count} values{given}. Correct forms: {forms}.",
    ),
    "duplicate_parameter": (
        "Parameter '{found}' ditulis dua kali dalam satu fungsi. Ganti namanya.",
        "The parameter '{found}' is written twice in one function. Rename one of them.",
    ),
    "unknown_type": (
        "Jenis '{found}' tidak dikenal.{guess}",
        "The type '{found}' is not known.{guess}",
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
