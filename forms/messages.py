"""Every message a form can show, in Indonesian; the English text is the message's id, as WTForms does it."""

from typing import Final

from forms.text import Language

# WTForms ships no Indonesian catalogue. Keys are its message ids; of a plural, the singular (Indonesian has one form).
WTFORMS: Final[dict[str, str]] = {
    "'%(value)s' is not a valid choice for this field.": "Pilihan “%(value)s” tidak tersedia. Pilihlah dari daftar.",
    "CSRF failed.": "Pemeriksaan keamanan gagal. Muat ulang halaman, lalu kirim kembali.",
    "CSRF token expired.": "Halaman ini terbuka terlalu lama. Muat ulang halaman, lalu kirim kembali.",
    "CSRF token missing.": "Tanda keamanan tidak terkirim. Muat ulang halaman, lalu kirim kembali.",
    "Choices cannot be None.": "Daftar pilihan belum tersedia. Hubungi pengelola aplikasi.",
    "Date must be at least %(min)s.": "Tanggal paling awal %(min)s.",
    "Date must be at most %(max)s.": "Tanggal paling akhir %(max)s.",
    "Date must be between %(min)s and %(max)s.": "Tanggal harus antara %(min)s dan %(max)s.",
    "Field cannot be longer than %(max)d character.": "Isian paling panjang %(max)d karakter.",
    "Field must be at least %(min)d character long.": "Isian paling sedikit %(min)d karakter.",
    "Field must be between %(min)d and %(max)d characters long.": (
        "Panjang isian harus antara %(min)d dan %(max)d karakter."
    ),
    "Field must be equal to %(other_name)s.": "Isian ini harus sama dengan %(other_name)s.",
    "Field must be exactly %(max)d character long.": "Panjang isian harus tepat %(max)d karakter.",
    "Invalid CSRF Token.": "Tanda keamanan tidak sesuai. Muat ulang halaman, lalu kirim kembali.",
    "Invalid Choice: could not coerce.": "Pilihan ini tidak dapat dibaca. Pilihlah dari daftar.",
    "Invalid IP address.": "Alamat IP tidak benar. Contoh: 192.0.2.10.",
    "Invalid Mac address.": "Alamat MAC tidak benar. Contoh: 00:1B:44:11:3A:B7.",
    "Invalid URL.": "Alamat tautan tidak benar. Contoh: https://contoh.go.id.",
    "Invalid UUID.": "Kode UUID tidak benar. Salin kembali kode tersebut secara lengkap.",
    "Invalid choice(s): one or more data inputs could not be coerced.": (
        "Satu atau beberapa pilihan tidak dapat dibaca. Pilihlah dari daftar."
    ),
    "Invalid email address.": "Alamat surel tidak benar. Contoh: nama@contoh.go.id.",
    "Invalid field name '%s'.": "Isian “%s” tidak dikenal. Hubungi pengelola aplikasi.",
    "Invalid input.": "Isian tidak sesuai. Periksa kembali penulisannya.",
    "Invalid value, can't be any of: %(values)s.": "Isian ini tidak boleh salah satu dari: %(values)s.",
    "Invalid value, must be one of: %(values)s.": "Isian ini harus salah satu dari: %(values)s.",
    "Not a valid choice.": "Pilihan ini tidak tersedia. Pilihlah dari daftar.",
    "Not a valid date value.": "Tanggal tidak benar. Tulis hari/bulan/tahun, misalnya 17/08/2026.",
    "Not a valid datetime value.": "Tanggal dan waktu tidak benar. Contoh: 2026-08-17 08:00:00.",
    "Not a valid decimal value.": "Angka tidak benar. Tulis angka saja, misalnya 1234,5.",
    "Not a valid float value.": "Angka tidak benar. Tulis angka saja, misalnya 1234.5.",
    "Not a valid integer value.": "Bilangan tidak benar. Tulis bilangan bulat, misalnya 12.",
    "Not a valid time value.": "Waktu tidak benar. Tulis jam:menit, misalnya 08:30.",
    "Not a valid week value.": "Minggu tidak benar. Tulis tahun dan minggu, misalnya 2026-W33.",
    "Number must be at least %(min)s.": "Angka paling kecil %(min)s.",
    "Number must be at most %(max)s.": "Angka paling besar %(max)s.",
    "Number must be between %(min)s and %(max)s.": "Angka harus antara %(min)s dan %(max)s.",
    "This field cannot be edited.": "Isian ini tidak dapat diubah.",
    "This field is disabled and cannot have a value.": "Isian ini tidak dipakai dan harus dikosongkan.",
    "This field is required.": "Isian ini wajib diisi.",
}

OWN: Final[dict[str, str]] = {
    # what was sent
    "This arrived in a form that cannot be read. Please fill it in again.": (
        "Isian ini diterima dalam bentuk yang tidak dapat dibaca. Mohon isi kembali."
    ),
    "This was sent more than once with different values. Please fill it in again.": (
        "Isian ini terkirim lebih dari sekali dengan nilai berbeda. Mohon isi kembali."
    ),
    "Character %(position)d (%(code)s) cannot be stored. Please delete it and type that part again.": (
        "Karakter ke-%(position)d (%(code)s) tidak dapat disimpan. Mohon hapus, lalu ketik ulang bagian itu."
    ),
    "Please write this on one line.": "Mohon tulis dalam satu baris.",
    "This has %(length)d characters; at most %(max)d are allowed. Please shorten it.": (
        "Isian ini memuat %(length)d karakter; paling banyak %(max)d. Mohon dipersingkat."
    ),
    # numbers
    "Write a number with the digits 0 to 9, for example 1234.5, without %%, Rp or spaces.": (
        "Tulis angka dengan digit 0 sampai 9, misalnya 1234,5, tanpa %%, Rp, atau spasi."
    ),
    "“%(typed)s” can mean %(whole)s or %(fraction)s. Please write %(whole)s or %(fraction)s.": (
        "“%(typed)s” dapat berarti %(whole)s atau %(fraction)s. Mohon tulis %(whole)s atau %(fraction)s."
    ),
    "At most %(digits)d digits before the decimal point are allowed.": (
        "Paling banyak %(digits)d digit sebelum koma desimal."
    ),
    "Write at most %(decimals)d digits after the decimal point.": (
        "Tulis paling banyak %(decimals)d digit setelah koma desimal."
    ),
    "Write a whole number, for example 12, without a decimal point.": (
        "Tulis bilangan bulat, misalnya 12, tanpa koma desimal."
    ),
    "The number must be at least %(min)s.": "Angka paling kecil %(min)s.",
    "The number must be at most %(max)s.": "Angka paling besar %(max)s.",
    "The number must be between %(min)s and %(max)s.": "Angka harus antara %(min)s dan %(max)s.",
    # dates
    "Write the date as day/month/year, for example 17/08/2026.": (
        "Tulis tanggal sebagai hari/bulan/tahun, misalnya 17/08/2026."
    ),
    "This date does not exist. Write day/month/year, for example 17/08/2026.": (
        "Tanggal ini tidak ada. Tulis hari/bulan/tahun, misalnya 17/08/2026."
    ),
    "The date must be %(min)s or later.": "Tanggal paling awal %(min)s.",
    "The date must be %(max)s or earlier.": "Tanggal paling akhir %(max)s.",
    "The date must be between %(min)s and %(max)s.": "Tanggal harus antara %(min)s dan %(max)s.",
    "The date cannot be after today (%(today)s).": "Tanggal tidak boleh setelah hari ini (%(today)s).",
    "This is the same day as “%(other)s”. Write another day.": (
        "Tanggal ini sama dengan “%(other)s”. Tulis tanggal lain."
    ),
    # choices
    "Choose one of the options.": "Pilih salah satu.",
    "Choose at least one of the options.": "Pilih sedikitnya satu.",
    "— Choose —": "— Pilih —",
    "Yes": "Ya",
    "No": "Tidak",
    "Tick this box to continue.": "Centang kotak ini untuk melanjutkan.",
    "This box can only be ticked or left empty.": "Kotak ini hanya dapat dicentang atau dikosongkan.",
    "This must be one of: %(values)s.": "Isian ini harus salah satu dari: %(values)s.",
    # text
    "Write at least %(min)d characters.": "Tulis paling sedikit %(min)d karakter.",
    "Write at most %(max)d characters.": "Tulis paling banyak %(max)d karakter.",
    "Give the reason, because your choice differs from the recommendation.": (
        "Tuliskan alasannya karena pilihan Anda berbeda dari rekomendasi."
    ),
    "Give the reason in at least %(min)d characters.": "Tuliskan alasannya dalam paling sedikit %(min)d karakter.",
    "Write the NIP with its 18 digits, for example 198501012010011001.": (
        "Tulis NIP dengan 18 digit, misalnya 198501012010011001."
    ),
    "Write the NIK with its 16 digits, for example 3674010101850001.": (
        "Tulis NIK dengan 16 digit, misalnya 3674010101850001."
    ),
    "Write an e-mail address, for example nama@contoh.go.id.": "Tulis alamat surel, misalnya nama@contoh.go.id.",
    "Write a phone number, for example 081234567890.": "Tulis nomor telepon, misalnya 081234567890.",
    # files
    "Choose a file.": "Pilih berkas.",
    "Choose a file with the file button.": "Pilih berkas melalui tombol berkas.",
    "Choose at most %(max)d files.": "Pilih paling banyak %(max)d berkas.",
    "“%(name)s”: this kind of file is not accepted. Accepted: %(accept)s.": (
        "“%(name)s”: jenis berkas ini tidak diterima. Yang diterima: %(accept)s."
    ),
    "“%(name)s”: the file is larger than %(max)d MB. Please make it smaller.": (
        "“%(name)s”: ukuran berkas melebihi %(max)d MB. Mohon perkecil berkas."
    ),
    "“%(name)s”: the file is empty. Please choose it again.": "“%(name)s”: berkas kosong. Mohon pilih kembali.",
    "“%(name)s”: the file cannot be read. Please choose it again.": (
        "“%(name)s”: berkas tidak dapat dibaca. Mohon pilih kembali."
    ),
    "“%(name)s”: please give the file a shorter name with plain characters.": (
        "“%(name)s”: mohon beri berkas nama yang lebih pendek dengan karakter biasa."
    ),
    # tables
    "Fill in at least one row.": "Isi paling sedikit satu baris.",
    "At most %(max)d rows are allowed; the rows after that were not kept.": (
        "Paling banyak %(max)d baris; baris setelahnya tidak disimpan."
    ),
    "At most %(max)d rows are allowed.": "Paling banyak %(max)d baris.",
    "Row %(row)d was added.": "Baris %(row)d ditambahkan.",
    "Row %(row)d was removed.": "Baris %(row)d dihapus.",
    "%(table)s, row %(row)d: %(column)s": "%(table)s, baris %(row)d: %(column)s",
}


class Catalogue:
    """The translations object WTForms asks for: messages of one language."""

    def __init__(self, language: Language) -> None:
        self._texts = {**WTFORMS, **OWN} if language == "id" else {}

    def gettext(self, string: str) -> str:
        """Return the message, or the English id itself where the language is English or a message is not ours."""
        return self._texts.get(string, string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the message for a count; Indonesian words do not change with the count."""
        return self._texts.get(singular, singular if n == 1 else plural)


CATALOGUES: Final[dict[Language, Catalogue]] = {"id": Catalogue("id"), "en": Catalogue("en")}
