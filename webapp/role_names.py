"""What the roles of a city are called."""

from forms import Text
from processes.people.records import Role

ROLE_NAMES: dict[Role, Text] = {
    Role.UNIT_HR_OFFICER: Text("Pengelola kepegawaian unit", "HR officer of a unit"),
    Role.HR_VERIFIER: Text("Verifikator BKPSDM", "HR verifier"),
    Role.HR_HEAD: Text("Kepala BKPSDM", "Head of HR"),
    Role.AUTHORIZED_OFFICIAL: Text("Pejabat yang Berwenang (Sekda)", "Authorised official"),
    Role.APPOINTING_AUTHORITY: Text("Pejabat Pembina Kepegawaian", "Appointing authority"),
    Role.PROCESS_OWNER: Text("Pemilik proses", "Process owner"),
    Role.CITY_ADMIN: Text("Admin kota", "City administrator"),
    Role.INSPECTOR: Text("Inspektorat", "Inspectorate"),
    Role.TREASURER: Text("Bendahara", "Treasurer"),
    Role.PROMOTION_BOARD: Text("Anggota Tim Penilai Kinerja", "Member of the promotion board"),
}
