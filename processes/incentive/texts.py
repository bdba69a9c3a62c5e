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
        "Daftar TPP bulan {month} tahun {year} dikembalikan karena melebihi pagu. Buka Kotak Tugas untuk memeriksanya.",
        "The list of month {month}, {year}, was returned because it exceeds the ceiling. See your tasks to check it.",
    ),
    "incentive.returned": (
        "Daftar TPP bulan {month} tahun {year} dikembalikan kepada unit dengan alasan. "
        "Buka Kotak Tugas untuk memeriksanya.",
        "The list of month {month}, {year}, was returned to the unit with a reason. See your tasks to check it.",
    ),
    "incentive.late": (
        "Ada langkah TPP bulan {month} tahun {year} yang lewat 3 hari kerja. Buka halaman TPP untuk melihat unit mana "
        "yang menunggu.",
        "A step of the allowances of month {month}, {year}, is more than 3 working days old. The page Allowances shows "
        "which unit waits.",
    ),
    "incentive.to_sign": (
        "SPTJM TPP bulan {month} tahun {year} menunggu tanda tangan Anda di Kotak Tugas.",
        "The statement of responsibility of month {month}, {year}, waits for your signature among your tasks.",
    ),
    "incentive.published": (
        "Slip TPP Anda bulan {month} tahun {year} sudah terbit. Buka halaman Slip TPP; bila ada yang keliru, Anda "
        "dapat menyanggahnya dalam 5 hari kerja.",
        "Your allowance slip of month {month}, {year}, is out. See the page My slips; if something is wrong, you can "
        "dispute it within 5 working days.",
    ),
    "incentive.paid": (
        "TPP bulan {month} tahun {year} sudah dibayarkan. Nomor SP2D ada pada slip Anda.",
        "The allowance of month {month}, {year}, has been paid. Your slip has the number of the payment order.",
    ),
    "incentive.dispute_escalated": (
        "Sanggahan TPP bulan {month} tahun {year} belum diputus dalam 5 hari kerja dan sekarang menunggu Anda di "
        "Kotak Tugas.",
        "A dispute of month {month}, {year}, was not decided within 5 working days and now waits for you among "
        "your tasks.",
    ),
    "incentive.dispute_granted": (
        "Sanggahan TPP Anda bulan {month} tahun {year} dikabulkan. Buka slip bulan itu untuk melihat koreksinya.",
        "Your dispute of month {month}, {year}, was granted. The slip of that month shows the correction.",
    ),
    "incentive.dispute_denied": (
        "Sanggahan TPP Anda bulan {month} tahun {year} tidak dikabulkan. Alasannya dapat dibaca dari slip bulan itu.",
        "Your dispute of month {month}, {year}, was not granted. The reason can be read from the slip of that month.",
    ),
}
