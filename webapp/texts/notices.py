"""What people are told of in their notices."""

from collections.abc import Mapping

#: Indonesian and English by code; `{name}` is filled in from the parameters.
NOTICES: Mapping[str, tuple[str, str]] = {
    "guest.code_issued": (
        "Kode masuk baru dibuat untuk Anda oleh pemilik proses di kota ini.",
        "A new sign-in code was made for you by a process owner of this city.",
    ),
    "account.code_issued": (
        "Kode masuk baru dibuat untuk akun Anda oleh pengelola kepegawaian.",
        "An HR officer made a new sign-in code for your account.",
    ),
    "account.password_chosen": ("Kata sandi akun Anda telah dibuat.", "A password was chosen for your account."),
    "role.granted": ("Anda mendapat peran baru: {role}.", "You were given a new role: {role}."),
    "role.administrator_needed": (
        "Kota selalu memerlukan admin yang aktif, jadi peran admin hanya dapat diakhiri oleh admin lain. Beri peran "
        "itu kepada orang lain dahulu, lalu minta dia mengakhiri peran ini.",
        "A city always needs an active administrator, so only another one can end an administrator's role. Give the "
        "role to somebody else first, and ask them to end this one.",
    ),
    "role.ended": ("Peran Anda telah berakhir: {role}.", "Your role has ended: {role}."),
    "design.remarked": (
        "Ada catatan baru pada rancangan Anda (proses {process}).",
        "There is a new remark on your design (process {process}).",
    ),
    "design.answered": (
        "Catatan Anda pada sebuah rancangan dijawab (proses {process}).",
        "Your remark on a design was answered (process {process}).",
    ),
    "design.invited": (
        "Anda diundang memberi pendapat tentang sebuah rancangan (proses {process}).",
        "You are invited to say what you think of a design (process {process}).",
    ),
    "design.review_asked": (
        "Sebuah rancangan menunggu tinjauan orang kedua (proses {process}).",
        "A design waits for the review of a second person (process {process}).",
    ),
    "design.approved": (
        "Rancangan Anda disetujui dan siap dirilis (proses {process}).",
        "Your design was approved and is ready to be released (process {process}).",
    ),
    "design.returned": (
        "Rancangan Anda dikembalikan; alasannya ada di halaman tinjauan (proses {process}).",
        "Your design was given back; the page of its review says why (process {process}).",
    ),
    "design.released": (
        "Rilis {number} proses {process} kini berlaku. Kasus yang berjalan tetap pada rilisnya.",
        "Release {number} of the process {process} is in force now. Running cases stay on theirs.",
    ),
    "release.restored": (
        "Rilis {number} proses {process} berlaku kembali. Kasus yang berjalan tetap pada rilisnya.",
        "Release {number} of the process {process} is in force again. Running cases stay on theirs.",
    ),
    "task.delegated": ("Sebuah tugas dialihkan kepada Anda: {title}.", "A task was handed to you: {title}."),
    "case.cancelled": (
        "Kasus dibatalkan, jadi tugas Anda di dalamnya ditutup: {title}.",
        "A case was cancelled, so your task in it is closed: {title}.",
    ),
    "deadline.moved": (
        "Daftar hari libur berubah, jadi tenggat tugas Anda pindah dari {before} ke {due}: {title}.",
        "The list of holidays has changed, so the time of your task moved from {before} to {due}: {title}.",
    ),
    "appraisal.recommended": (
        "Rekomendasi penilaian triwulan {quarter} tahun {year} siap Anda tetapkan.",
        "The recommended ratings of quarter {quarter}, {year}, wait for your confirmation.",
    ),
    "appraisal.escalated": (
        "Penilaian triwulan {quarter} tahun {year} beralih kepada Anda karena penilainya melewati batas waktu.",
        "The rating of quarter {quarter}, {year}, passed to you because the appraiser let the time pass.",
    ),
    "appraisal.handed_over": (
        "Hasil penilaian Anda triwulan {quarter} tahun {year} sudah diserahkan. Terima atau ajukan keberatan.",
        "Your result of quarter {quarter}, {year}, was handed over. Accept it or object.",
    ),
    "appraisal.handed_over_final": (
        "Hasil penilaian Anda triwulan {quarter} tahun {year} sudah diserahkan. Hasil ini final; mohon konfirmasi.",
        "Your result of quarter {quarter}, {year}, was handed over. It is final; please confirm that you have it.",
    ),
    "appraisal.objection": (
        "Ada keberatan atas hasil penilaian triwulan {quarter} tahun {year} yang perlu Anda putuskan.",
        "There is an objection to a result of quarter {quarter}, {year}, for you to decide.",
    ),
    "appraisal.accepted": (
        "Pegawai menerima hasil penilaian triwulan {quarter} tahun {year}.",
        "The employee accepted the result of quarter {quarter}, {year}.",
    ),
    "appraisal.objected": (
        "Pegawai mengajukan keberatan atas hasil penilaian triwulan {quarter} tahun {year}. Atasan Anda memutuskannya.",
        "The employee objected to the result of quarter {quarter}, {year}. Your superior decides.",
    ),
    "appraisal.silent": (
        "Pegawai tidak menanggapi hasil penilaian triwulan {quarter} tahun {year} sampai batas waktu; hasil berlaku.",
        "The employee did not answer to the result of quarter {quarter}, {year}, in time; the result stands.",
    ),
    "line.approved": (
        "Usulan perbaikan pejabat penilai untuk {employee} disetujui.",
        "The proposed correction of the appraiser of {employee} was approved.",
    ),
    "line.rejected": (
        "Usulan perbaikan pejabat penilai untuk {employee} tidak disetujui. Buka halaman Pegawai untuk alasannya.",
        "The proposed correction of the appraiser of {employee} was not approved. See the People page for the reason.",
    ),
    "appraisal.decided_uphold": (
        "Keberatan Anda untuk triwulan {quarter} telah diputuskan: hasil tetap dan sekarang dikunci.",
        "Your objection for quarter {quarter} was decided: the result stays and is locked now.",
    ),
    "appraisal.decided_change": (
        "Keberatan Anda untuk triwulan {quarter} telah diputuskan: hasil diubah dan sekarang dikunci.",
        "Your objection for quarter {quarter} was decided: the result was changed and is locked now.",
    ),
    "appraisal.locked": (
        "Hasil penilaian Anda triwulan {quarter} tahun {year} sudah dikunci.",
        "Your result of quarter {quarter}, {year}, is locked.",
    ),
    "appraisal.distribution": (
        "Sebaran predikat unit Anda keluar dari pedoman. Mohon berikan penjelasan.",
        "The distribution of your unit leaves the guide. Please give a justification.",
    ),
}
