"""What recognition says by code beside the application's own texts: Indonesian and English."""

from collections.abc import Mapping

from processes.recognition.commands.thank import MOST_FOR_ONE, MOST_IN_ALL

TEXTS: Mapping[str, tuple[str, str]] = {
    "award.weights": (
        "Jumlah bobot harus 100, dan prestasi kerja paling sedikit 50. Perbaiki bobotnya, lalu simpan lagi.",
        "The weights must add up to 100, with at least 50 for performance. Correct them and save again.",
    ),
    "award.no_budget_line": (
        "Uang hadiah hanya dapat direncanakan dari mata anggaran. Isi kode DPA, atau kosongkan uang hadiah.",
        "Prize money needs the budget line that pays it. Enter the DPA code, or leave the money empty.",
    ),
    "award.days": (
        "Hari terakhir usulan tidak boleh sebelum hari pertamanya.",
        "Nominations cannot end before they begin.",
    ),
    "award.on_panel": ("Pegawai ini sudah menjadi anggota panel.", "This employee is on the panel already."),
    "award.not_open": (
        "Penghargaan ini belum atau tidak lagi menerima usulan. Lihat tanggalnya di halaman Penghargaan.",
        "This award takes no nominations today. See its days on the page Awards.",
    ),
    "award.already_nominated": (
        "Rekan ini sudah diusulkan untuk penghargaan yang sama. Satu usulan sudah cukup.",
        "This colleague has been nominated for this award already. One nomination is enough.",
    ),
    "award.to_score": (
        "Anda diminta menilai sebuah usulan: {award}. Buka Kotak tugas.",
        "You are asked to score a nomination: {award}. See your tasks.",
    ),
    "award.to_decide": (
        "Sebuah usulan menunggu keputusan Anda: {award}. Buka Kotak tugas.",
        "A nomination waits for your decision: {award}. See your tasks.",
    ),
    "award.awarded": (
        "Selamat, Anda menerima penghargaan: {award}. Pilih di Kotak tugas apakah nama Anda boleh diumumkan.",
        "Congratulations on your award: {award}. Say in your tasks whether your name may be published.",
    ),
    "award.nominee_awarded": (
        "Rekan yang Anda usulkan menerima penghargaan: {award}. Terima kasih atas usulan Anda.",
        "The colleague whom you nominated has been given the award: {award}. Thank you.",
    ),
    "award.ended": (
        "Usulan Anda untuk penghargaan {award} sudah diperiksa dan tidak dilanjutkan. Terima kasih atas usulan Anda.",
        "Your nomination for the award {award} has been looked at and does not go on. Thank you for it.",
    ),
    "award.unit_figures": (
        "IKM unit ini pada triwulan itu belum cukup: paling sedikit mutu B (76,61) dari 30 responden. Periksa angka "
        "unit, lalu usulkan lagi.",
        "The unit's satisfaction index of that quarter does not do: it has to be grade B (76.61) or better, from 30 "
        "answers or more. Check the figures of the unit and propose it again.",
    ),
    "award.unit_proposed": (
        "Unit ini sudah diusulkan untuk triwulan yang sama. Lihat di halaman Penghargaan.",
        "This unit has been proposed for that quarter already. See the page Awards.",
    ),
    "award.unit_to_decide": (
        "Penghargaan untuk {unit} menunggu keputusan Anda: {award}. Buka Kotak tugas.",
        "An award for {unit} waits for your decision: {award}. See your tasks.",
    ),
    "award.unit_awarded": (
        "Selamat, {unit} menerima penghargaan: {award}. Sampaikan kepada seluruh anggota unit.",
        "Congratulations: {unit} has been given the award {award}. Please tell everybody in the unit.",
    ),
    "award.unit_given": (
        "Unit yang Anda usulkan, {unit}, menerima penghargaan: {award}.",
        "The unit that you proposed, {unit}, has been given the award: {award}.",
    ),
    "award.unit_ended": (
        "Usulan penghargaan untuk {unit} tidak dikabulkan: {award}. Pertimbangannya ada di halaman Penghargaan.",
        "The award {award} was not given to {unit}. The grounds stand on the page Awards.",
    ),
    "citizen.ahead": (
        "Tanggal diterima tidak boleh sesudah hari ini. Perbaiki tanggalnya.",
        "It cannot have come on a day that lies ahead. Correct the day.",
    ),
    "citizen.to_confirm": (
        "Seorang warga berterima kasih kepada unit Anda. Buka Apresiasi, bagian Dari warga, dan katakan apakah benar.",
        "A citizen has thanked your unit. Open Thanks, part From citizens, and say whether it was so.",
    ),
    "citizen.received": (
        "Seorang warga berterima kasih kepada Anda. Baca di halaman Apresiasi, bagian Milik saya.",
        "A citizen has thanked you. Read it on the page Thanks, part Mine.",
    ),
    "innovation.files": (
        "Berkas ini sudah ada, atau inovasi sudah memiliki 10 berkas.",
        "This file is there already, or the innovation has 10 files.",
    ),
    "kudos.enough": (
        f"Dalam 30 hari Anda dapat berterima kasih {MOST_FOR_ONE} kali kepada rekan yang sama dan {MOST_IN_ALL} kali "
        "seluruhnya. Coba lagi beberapa hari lagi.",
        f"Within 30 days you can thank the same colleague {MOST_FOR_ONE} times, and {MOST_IN_ALL} times in all. "
        "Please try again in some days.",
    ),
    "kudos.reported": (
        "Ucapan ini sudah dilaporkan dan sedang diperiksa petugas kepegawaian.",
        "These thanks have been reported already, and the personnel staff look at them.",
    ),
    "kudos.received": (
        "Seorang rekan berterima kasih kepada Anda. Baca di halaman Apresiasi, bagian Milik saya.",
        "A colleague has thanked you. Read it on the page Thanks, part Mine.",
    ),
    "innovation.stage": (
        "Inovasi ini tidak dapat langsung ke tahap itu, atau tahapnya baru saja diubah. Muat ulang halaman.",
        "This innovation cannot go to that stage now, or somebody has just moved it. Please reload the page.",
    ),
}
