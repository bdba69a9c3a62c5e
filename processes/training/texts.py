"""What training says by code beside the application's own texts: Indonesian and English."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "training.refused": (
        "Usulan pelatihan {course} tidak memenuhi syarat. Alasannya ada di halaman Rencana pengembangan.",
        "The nomination for {course} is not eligible. The reason is on the page Development plan.",
    ),
    "training.declined": (
        "Usulan pelatihan {course} tidak disetujui. Alasannya dapat dibaca pada usulan itu.",
        "The nomination for {course} was declined. The reason can be read with the nomination.",
    ),
    "training.waiting": (
        "Anda berada di urutan {place} untuk pelatihan {course}; kursinya belum cukup. "
        "Anda masuk daftar tunggu dan diberi tahu bila ada kursi kosong.",
        "You are number {place} for the training {course}; there are not enough seats. "
        "You are on the waiting list and will be told when a seat is free.",
    ),
    "training.lapsed": (
        "Usulan pelatihan {course} gugur: selama setengah tahun tidak ada sesi dengan kursi kosong. "
        "Silakan mengusulkan kembali ketika sesi baru dibuka.",
        "The nomination for {course} has lapsed: for half a year no session had a free seat. "
        "Please nominate again when a new session opens.",
    ),
    "training.chosen": (
        "Anda ditetapkan sebagai peserta pelatihan {course}. Surat tugas {letter} ada di halaman Rencana pengembangan; "
        "mohon konfirmasi kehadiran Anda di Kotak tugas.",
        "You were chosen for the training {course}. The letter of assignment {letter} is on the page Development plan; "
        "please confirm in your inbox that you will attend.",
    ),
    "training.absent": (
        "Kehadiran Anda pada pelatihan {course} belum cukup untuk sertifikat.",
        "You did not attend the training {course} long enough for a certificate.",
    ),
    "training.certified": (
        "Sertifikat pelatihan {course} ({hours} JP) sudah tercatat. Mohon isi evaluasi singkat di Kotak tugas.",
        "The certificate of the training {course} ({hours} hours) is recorded. "
        "Please fill in the short evaluation in your inbox.",
    ),
    "training.applied": (
        "Evaluasi pascapelatihan (sertifikat {certificate}): hasil pelatihan Anda dinilai sudah diterapkan.",
        "Evaluation after training (certificate {certificate}): what you learnt was found to be applied.",
    ),
    "training.not_applied": (
        "Evaluasi pascapelatihan (sertifikat {certificate}): penerapannya belum cukup terlihat. "
        "Bicarakan dengan atasan apa yang menghalanginya.",
        "Evaluation after training (certificate {certificate}): it is not seen to be applied enough yet. "
        "Talk with your superior about what stands in the way.",
    ),
    "training.need": (
        "Hasil evaluasi triwulan {quarter} tahun {year} membuka usulan pelatihan bagi Anda. "
        "Pilih pelatihannya bersama atasan di halaman Rencana pengembangan.",
        "The result of quarter {quarter}, {year}, has opened a training nomination for you. "
        "Choose the course with your superior on the page Development plan.",
    ),
    "training.nominated_already": (
        "Pegawai ini sudah diusulkan untuk sesi tersebut. Lihat keadaannya di halaman Rencana pengembangan.",
        "This employee is nominated for that session already. See where it stands on the page Development plan.",
    ),
    "training.enrolment_closed": (
        "Pendaftaran sesi ini sudah ditutup. Pilih sesi lain dari pelatihan yang sama.",
        "Enrolment for this session is closed. Please choose another session of the same course.",
    ),
    "training.goal_past": (
        "Tanggal itu sudah lewat. Pilih hari ini atau hari sesudahnya.",
        "That day is over. Choose today or a later day.",
    ),
    "training.reason_missing": (
        "Tulis alasan usulan paling sedikit 10 huruf: usulan atasan harus beralasan.",
        "Please write a reason of at least 10 characters: a superior's nomination needs one.",
    ),
    "training.without_unit": (
        "Pegawai ini belum ditempatkan pada unit kerja, sehingga belum dapat diusulkan. "
        "Perbarui data pegawainya dahulu.",
        "This employee has no unit yet and cannot be nominated. Please update the employee's data first.",
    ),
    "training.session_exists": (
        "Kode sesi ini sudah dipakai. Tulis kode yang lain.",
        "This code of a session is taken. Please choose another one.",
    ),
    "training.session_dates": (
        "Tanggal sesi belum sesuai: pendaftaran ditutup sebelum hari pertama, dan hari terakhir tidak mendahuluinya.",
        "The days of the session do not fit: enrolment closes before the first day, "
        "and the last day does not precede it.",
    ),
    "training.own_plan": (
        "Rencana ini Anda usulkan sendiri; atasan yang menyetujuinya.",
        "You proposed this plan yourself; your superior agrees to it.",
    ),
    "training.claim_confirmed": (
        "Pelatihan {name} ({hours} JP) yang Anda kirim sudah dikonfirmasi BKPSDM dan dihitung.",
        "The training {name} ({hours} hours) that you handed in was confirmed by BKPSDM and counts.",
    ),
    "training.claim_refused": (
        "Pelatihan {name} yang Anda kirim belum dapat dihitung. Alasannya ada di halaman Pelatihan dari luar; "
        "perbaiki, lalu kirim lagi.",
        "The training {name} that you handed in cannot count yet. The reason is on the page Training elsewhere; "
        "please correct it and hand it in again.",
    ),
    "training.certificate_known": (
        "Sertifikat dengan nomor ini sudah tercatat atau sedang menunggu konfirmasi. Periksa nomornya.",
        "A certificate of this number is recorded already, or waits to be confirmed. Please check the number.",
    ),
    "training.training_ahead": (
        "Tanggal selesai belum lewat. Kirim setelah pelatihannya selesai.",
        "The last day lies ahead. Please hand it in once the training is over.",
    ),
    "training.refusal_reason": (
        "Tulis alasan penolakan paling sedikit 10 huruf, agar pegawai tahu apa yang harus diperbaiki.",
        "Please write the reason, at least 10 characters, so that the employee knows what to correct.",
    ),
}
