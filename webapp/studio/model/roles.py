"""What the roles of a city are called where somebody chooses who does a step."""

from collections.abc import Mapping

from processes.people.records import Role
from webapp.texts import lazy

ROLE_WORDS: Mapping[Role, str] = {
    Role.UNIT_HR_OFFICER: lazy("Pengelola kepegawaian unit"),
    Role.HR_VERIFIER: lazy("Verifikator BKPSDM"),
    Role.HR_HEAD: lazy("Kepala BKPSDM"),
    Role.AUTHORIZED_OFFICIAL: lazy("Pejabat yang Berwenang (Sekda)"),
    Role.APPOINTING_AUTHORITY: lazy("Pejabat Pembina Kepegawaian"),
    Role.PROCESS_OWNER: lazy("Pemilik proses"),
    Role.CITY_ADMIN: lazy("Admin kota"),
    Role.INSPECTOR: lazy("Inspektorat"),
    Role.TREASURER: lazy("Bendahara"),
    Role.PROMOTION_BOARD: lazy("Anggota Tim Penilai Kinerja"),
}
