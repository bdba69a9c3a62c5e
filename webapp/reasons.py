"""Why an element failed, in plain words: what happened, and what can be done about it."""

import re
from collections.abc import Iterable
from typing import Final

from webapp.texts import gettext as _
from webapp.texts import lazy

#: What the engine says, as a pattern, and what an operator reads.
_SAID: Final[Iterable[tuple[re.Pattern[str], str]]] = [
    (re.compile(pattern), text)
    for pattern, text in (
        (
            r"is not provided by anything",
            lazy(
                "Layanan yang dipanggil langkah ini tidak terpasang. Pasang atau perbaiki plugin-nya, lalu coba lagi."
            ),
        ),
        (
            r"^Nobody is named by",
            lazy("Tidak ada orang yang ditunjuk untuk tugas ini. Perbaiki data penunjukannya, lalu coba lagi."),
        ),
        (
            r"^Person [\d#]+,? whom .* is not there",
            lazy(
                "Orang yang ditunjuk untuk tugas ini tidak ada di kota ini: nomornya tidak dikenal, milik kota lain, "
                "orangnya sudah berhenti, atau undangannya sudah berakhir. Perbaiki data pegawai atau penunjukannya, "
                "lalu coba lagi."
            ),
        ),
        (
            r"^No group is named by",
            lazy("Tidak ada kelompok yang ditunjuk untuk tugas ini. Perbaiki datanya, lalu coba lagi."),
        ),
        (
            r"^No condition after",
            lazy(
                "Tidak satu pun syarat cabang terpenuhi. Perbaiki data yang dipakai syarat itu, atau pindahkan langkah."
            ),
        ),
        (
            r"^Condition ",
            lazy(
                "Syarat pada diagram tidak menghasilkan ya atau tidak. Perbaiki data yang dipakainya, lalu coba lagi."
            ),
        ),
        (
            r"^The correlation key",
            lazy("Kunci pesan kosong, jadi pesan yang ditunggu tidak diketahui. Perbaiki datanya, lalu coba lagi."),
        ),
        (
            r"^Timer expression|^Element '.*' is no timer|due date ",
            lazy("Batas waktu tidak dapat dihitung dari data yang ada. Perbaiki datanya, lalu coba lagi."),
        ),
        (
            r"working days of the case are not known",
            lazy("Hari kerja unit ini tidak diketahui. Periksa unit dan kalender liburnya, lalu coba lagi."),
        ),
        (
            r"^Expression ",
            lazy("Rumus pada diagram tidak dapat dihitung dengan data kasus ini. Perbaiki datanya, lalu coba lagi."),
        ),
        (
            r"^Decision ",
            lazy("Tabel keputusan tidak memberi jawaban untuk data kasus ini. Periksa tabelnya atau perbaiki datanya."),
        ),
        (
            r"cannot be kept",
            lazy(
                "Hasil langkah tidak dapat disimpan. Laporkan kepada pengembang, atau lewati dengan hasil yang tepat."
            ),
        ),
        (
            r"gives no list of at most|^'.*' gives no whole number",
            lazy(
                "Berapa kali langkah ini diulang tidak dapat dihitung dari data yang ada. Perbaiki datanya, lalu coba "
                "lagi."
            ),
        ),
        (
            r"^The scenario does not say what service",
            lazy("Skenario tidak mengatakan apa jawaban layanan langkah ini. Tambahkan jawabannya, lalu coba lagi."),
        ),
        (
            r"^The priority ",
            lazy("Prioritas tugas bukan bilangan bulat dari 0 sampai 100. Perbaiki datanya, lalu coba lagi."),
        ),
        (
            r"^The payload of message .* is no context",
            lazy("Isi pesan bukan data yang bernama. Perbaiki isi pesan pada diagram, lalu coba lagi."),
        ),
        (
            r"^Nothing catches the cancellation|no transaction is around it",
            lazy("Langkah membatalkan, tetapi diagram tidak mengatur apa yang dibatalkan. Perbaiki diagramnya."),
        ),
        (
            r"is refused:",
            lazy(
                "Basis data menolak catatan yang dibuat langkah ini. Laporkan kepada pengembang sebelum mencoba lagi."
            ),
        ),
        (
            r"^Join '.*' waits for a token",
            lazy("Gabungan menunggu cabang yang tidak akan datang lagi. Pindahkan langkah ini ke sesudah gabungan."),
        ),
        (
            r"steps without a wait",
            lazy("Alur berputar tanpa pernah menunggu seseorang. Perbaiki data yang mengakhiri putarannya."),
        ),
        (
            r"^Nothing catches the error",
            lazy("Langkah melaporkan kesalahan yang tidak ditangani diagram. Pindahkan langkah, atau batalkan kasus."),
        ),
    )
]
_BY_CODE: Final = {
    "case_damaged": lazy(
        "Isi kasus ini tidak terbaca. Pulihkan dari cadangan bersama admin kota; kasus lain tidak terpengaruh."
    ),
    "error_thrown": lazy("Langkah otomatis melaporkan kesalahan yang tidak ditangani diagram. Periksa penyebabnya."),
}
_OTHERWISE: Final = lazy("Langkah otomatis gagal. Baca rincian teknisnya, perbaiki penyebabnya, lalu coba lagi.")


def in_plain_words(code: str, text: str) -> str:
    """Return what an incident means for whoever is to mend it."""
    if code in _BY_CODE:
        return _(_BY_CODE[code])
    return _(next((said for pattern, said in _SAID if pattern.search(text)), _OTHERWISE))
