"""What allowances say by code beside the application's own texts: Indonesian and English."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "incentive.correction_ahead": (
        "Hari yang belum tiba tidak dapat dikoreksi. Pilih hari ini atau hari sebelumnya.",
        "A day that lies ahead cannot be corrected. Choose today or an earlier day.",
    ),
    "incentive.correction_minutes": (
        "Menit terlambat dan pulang cepat paling sedikit 0 dan paling banyak 1440.",
        "Minutes late and early are at least 0 and at most 1440.",
    ),
    "incentive.correction_no_unit": (
        "Pegawai ini tidak bertugas di unit mana pun pada hari itu. Periksa tanggal dan penempatannya.",
        "This person worked in no unit on that day. Check the day and the placement.",
    ),
    "incentive.correction_same": (
        "Catatan hari itu sudah seperti yang diajukan, jadi tidak ada yang perlu dikoreksi.",
        "The day is recorded like this already, so there is nothing to correct.",
    ),
    "incentive.adjustment_none": (
        "Bulan itu belum dikunci, atau slipnya sudah sesuai dengan data sekarang. Tidak ada selisih yang dibayarkan.",
        "That month is not locked, or its slip agrees with the records of today. There is no difference to pay.",
    ),
    "incentive.adjustment_reason": (
        "Tuliskan alasannya paling sedikit 10 huruf: apa yang berubah sejak bulan itu dikunci.",
        "Please give the reason in at least 10 characters: what has changed since that month was locked.",
    ),
    "incentive.adjustment_waits": (
        "Koreksi slip ini sudah diusulkan dan menunggu orang kedua. Buka daftar koreksi untuk melihatnya.",
        "A correction of this slip was proposed and waits for a second person. See the list of corrections.",
    ),
    "incentive.adjustment_changed": (
        "Menurut data sekarang selisihnya bukan lagi jumlah yang diusulkan. Tolak usulan ini, lalu usulkan lagi.",
        "By the records of now the difference is not the proposed one any more. Reject this proposal and propose anew.",
    ),
    "incentive.signal_person": (
        "Orang itu bukan pegawai BKPSDM yang berwenang, atau isyarat ini menyangkut dirinya. Pilih orang lain.",
        "That person is not of the personnel agency, or the signal is about him. Choose somebody else.",
    ),
    "incentive.signal_note": (
        "Tuliskan apa yang ditemukan, paling sedikit 10 huruf, sebelum isyarat ditutup.",
        "Say in at least 10 characters what was found before the signal is closed.",
    ),
    "incentive.correction_signed": (
        "Daftar TPP bulan itu sudah ditandatangani kepala unit, jadi kehadirannya tidak dapat dikoreksi lagi. Bila "
        "slip sudah terbit dan keliru, pegawai dapat menyanggahnya; sesudah bulan terkunci koreksi dibayar pada bulan "
        "berikutnya.",
        "The head of the unit has signed that month's list, so its attendance cannot be corrected any more. If the "
        "slip is out and wrong, the employee can dispute it; once the month is locked, a later month pays corrections.",
    ),
    "incentive.dispute_unchanged": (
        "Sanggahan TPP Anda untuk bulan {month_name} dikabulkan, tetapi tidak mengubah jumlahnya. "
        "Alasannya tertulis di halaman kasus.",
        "Your dispute about the allowance of {month_name} was granted, but does not change the amount. "
        "The reason stands on the case's page.",
    ),
    "incentive.month_not_over": (
        "Bulan ini belum berakhir. TPP dihitung setelah hari terakhirnya lewat.",
        "This month has not ended. Allowances are computed after its last day.",
    ),
    "incentive.month_open": (
        "Bulan ini sudah dibuka untuk semua unit.",
        "This month has been opened for every unit.",
    ),
    "incentive.reason_missing": (
        "Tuliskan alasan sanggahan paling sedikit 10 huruf, agar unit dapat memeriksanya.",
        "Please give the reason in at least 10 characters, so that the unit can look into it.",
    ),
    "incentive.window_over": (
        "Masa sanggah slip ini sudah lewat. Sampaikan kekeliruan kepada pengelola kepegawaian unit; "
        "koreksi yang disetujui dibayarkan pada bulan berikutnya.",
        "The time to dispute this slip is over. Tell your unit's HR officer what is wrong; "
        "a correction that is approved is paid with a later month.",
    ),
    "incentive.disputed_already": (
        "Slip ini sudah Anda sanggah. Lihat perkembangannya dari halaman slip.",
        "You have disputed this slip already. The slip's page shows how far it is.",
    ),
    "incentive.over_ceiling": (
        "Daftar TPP bulan {month_name} dikembalikan karena melebihi pagu. Buka Kotak Tugas untuk memeriksanya.",
        "The list of {month_name} was returned because it exceeds the ceiling. See your tasks to check it.",
    ),
    "incentive.returned": (
        "Daftar TPP bulan {month_name} dikembalikan kepada unit dengan alasan. Buka Kotak Tugas untuk memeriksanya.",
        "The list of {month_name} was returned to the unit with a reason. See your tasks to check it.",
    ),
    "incentive.late": (
        "Ada langkah TPP bulan {month_name} yang lewat 3 hari kerja. Buka halaman TPP untuk melihat unit mana "
        "yang menunggu.",
        "A step of the allowances of {month_name} is more than 3 working days old. The page Allowances shows "
        "which unit waits.",
    ),
    "incentive.to_sign": (
        "SPTJM TPP bulan {month_name} menunggu tanda tangan Anda di Kotak Tugas.",
        "The statement of responsibility of {month_name} waits for your signature among your tasks.",
    ),
    "incentive.published": (
        "Slip TPP Anda bulan {month_name} sudah terbit. Buka halaman Slip TPP; bila ada yang keliru, Anda "
        "dapat menyanggahnya dalam 5 hari kerja.",
        "Your allowance slip of {month_name} is out. See the page My slips; if something is wrong, you can "
        "dispute it within 5 working days.",
    ),
    "incentive.paid": (
        "TPP bulan {month_name} sudah dibayarkan. Nomor SP2D ada pada slip Anda.",
        "The allowance of {month_name} has been paid. Your slip has the number of the payment order.",
    ),
    "incentive.dispute_escalated": (
        "Sanggahan TPP bulan {month_name} belum diputus dalam 5 hari kerja dan sekarang menunggu Anda di Kotak Tugas.",
        "A dispute of {month_name} was not decided within 5 working days and now waits for you among your tasks.",
    ),
    "incentive.dispute_granted": (
        "Sanggahan TPP Anda bulan {month_name} dikabulkan. Buka slip bulan itu untuk melihat koreksinya.",
        "Your dispute of {month_name} was granted. The slip of that month shows the correction.",
    ),
    "incentive.dispute_denied": (
        "Sanggahan TPP Anda bulan {month_name} tidak dikabulkan. Alasannya dapat dibaca dari slip bulan itu.",
        "Your dispute of {month_name} was not granted. The reason can be read from the slip of that month.",
    ),
}
