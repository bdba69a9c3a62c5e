"""What open selections say by code: Indonesian and English."""

from collections.abc import Mapping
from typing import Final

SELECTION_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "selection.passed": (
        "Anda lulus seleksi administrasi untuk {post}. Tahap berikutnya ada di halaman Seleksi terbuka.",
        "You have passed the administrative selection for {post}. See the next stage on the page Open selections.",
    ),
    "selection.not_passed": (
        "Anda belum memenuhi syarat untuk {post}. Setiap alasannya ada di halaman Seleksi terbuka.",
        "You do not meet the requirements for {post} yet. Each reason stands on the page Open selections.",
    ),
    "selection.closed": (
        "Seleksi untuk {post} ditutup tanpa hasil. Terima kasih atas lamaran Anda.",
        "The selection for {post} was closed without a result. Thank you for having applied.",
    ),
    "selection.declare": (
        "Anda anggota panitia seleksi {post}. Nyatakan di Kotak tugas apakah Anda mempunyai benturan kepentingan.",
        "You sit on the panel for {post}. Please say in your tasks whether you have a conflict of interest.",
    ),
    "selection.score": (
        "Penilaian seleksi {post} menunggu Anda di Kotak tugas.",
        "Scores in the selection for {post} wait for you in your tasks.",
    ),
    "selection.remind": (
        "Pengingat: nilai Anda untuk seleksi {post} belum masuk. Lima hari kerja lagi Anda digantikan.",
        "A reminder: your scores for {post} are missing. In five working days you will be replaced.",
    ),
    "selection.ranked": (
        "Semua tahap penilaian untuk {post} selesai. Nilai Anda ada di halaman Seleksi terbuka.",
        "All stages for {post} have been scored. Your scores stand on the page Open selections.",
    ),
    "selection.choose": (
        "Tiga nama untuk {post} menunggu pilihan Anda. Buka Kotak tugas.",
        "Three names for {post} wait for your choice. See your tasks.",
    ),
    "selection.chosen": (
        "Anda dipilih untuk {post}. SK dan pelantikan menyusul.",
        "You have been chosen for {post}. The decree and the inauguration follow.",
    ),
    "selection.not_chosen": (
        "Calon lain dipilih untuk {post}. Nilai Anda tetap dapat dibaca di halaman Seleksi terbuka. Terima kasih.",
        "Another candidate was chosen for {post}. Your scores stay on the page Open selections. Thank you.",
    ),
    "selection.not_vacant": (
        "Jabatan ini bukan jabatan pimpinan tinggi yang kosong, atau seleksinya sedang berjalan. Pilih jabatan lain.",
        "This is no vacant high leadership post, or its selection is under way. Please choose another post.",
    ),
    "selection.too_short": (
        "Pendaftaran dibuka paling sedikit {days} hari kerja. Pilih hari penutupan yang lebih kemudian.",
        "Applications are open for at least {days} working days. Please choose a later last day.",
    ),
    "selection.weights": (
        "Bobot harus dalam batas yang tertulis di sampingnya dan berjumlah 100. Periksa kembali keempat bobot.",
        "Each weight must lie in the bounds beside it, and they must make 100. Please check all four.",
    ),
    "selection.not_for_panel": (
        "Orang ini tidak dapat menjadi anggota: ia sudah di panitia, pelamar, atau belum diundang. Pilih orang lain.",
        "This person cannot be a member: on the panel already, a candidate, or not invited. Please choose another.",
    ),
    "selection.reason_needed": (
        "Pendaftaran sudah ditutup. Tulis alasan penggantian, paling sedikit 10 huruf.",
        "Applications are over. Please write why the member is added, at least 10 characters.",
    ),
    "selection.names_known": (
        "Pendaftaran sudah ditutup, sehingga anggota tidak dapat dihapus lagi. Tambahkan pengganti dengan alasannya.",
        "Applications are over, so nobody is taken off any more. Please add a substitute with the reason.",
    ),
    "selection.not_receiving": (
        "Anda tidak dapat melamar: pendaftaran tidak dibuka, atau Anda sudah melamar atau anggota panitia. "
        "Lihat halaman seleksinya.",
        "You cannot apply: applications are not open, or you have applied or sit on the panel. "
        "See the page of the selection.",
    ),
    "selection.cannot_withdraw": (
        "Lamaran ini sudah ditarik, atau pilihan sudah ditetapkan. Hubungi BKPSDM bila Anda tidak bersedia dilantik.",
        "This application was withdrawn before, or the choice has been made. Tell the personnel agency if you decline.",
    ),
}
