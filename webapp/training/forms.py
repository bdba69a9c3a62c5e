"""Forms of the training pages: nominate, plan a goal, open a session, hand in training taken elsewhere."""

from collections.abc import Iterable
from functools import partial

from forms import (
    AlurForm,
    Between,
    ChoiceField,
    DateField,
    DecimalField,
    FileField,
    IntegerField,
    Length,
    Option,
    Required,
    Text,
    TextAreaField,
    TextField,
)
from processes.training.commands.claim_training import MOST_HOURS
from processes.training.commands.decide_claim import SHORTEST_REASON
from processes.training.commands.nominate import LONGEST_REASON
from processes.training.commands.plan_goal import LONGEST_GOAL
from webapp.training.files import PAPERS

MOST_SEATS = 1000
_RUPIAH = Text("rupiah", "rupiah")


def nominate_form(sessions: Iterable[tuple[int, str]], *, is_own: bool) -> "partial[AlurForm]":
    """Return the form that nominates somebody for one of some sessions.

    :param is_own: he nominates himself, and needs no reason.
    """
    options = [Option(str(number), Text(title, title)) for number, title in sessions]
    fields = {
        "session": ChoiceField(Text("Pelatihan dan sesi", "Course and session"), [Required()], options=options),
        "reason": TextAreaField(
            Text("Alasan usulan", "Reason"),
            max_length=LONGEST_REASON,
            rows=3,
            hint=None if is_own else Text("Wajib diisi, paling sedikit 10 huruf.", "Needed, at least 10 characters."),
        ),
    }
    return partial(type("NominateForm", (AlurForm,), fields))


class GoalForm(AlurForm):
    """What somebody is to learn this year."""

    goal = TextField(
        Text("Apa yang akan dikembangkan", "What is to be developed"),
        [Required()],
        max_length=LONGEST_GOAL,
        hint=Text(
            "Misalnya: mampu menyusun kontrak pengadaan sendiri.", "For example: able to draw up a contract alone."
        ),
    )
    due = DateField(Text("Paling lambat", "No later than"), [Required()])


def session_form(courses: Iterable[tuple[str, str]]) -> "partial[AlurForm]":
    """Return the form that opens a session of one of the courses."""
    options = [Option(code, Text(name, name)) for code, name in courses]
    fields = {
        "course": ChoiceField(Text("Pelatihan", "Course"), [Required()], options=options),
        "code": TextField(
            Text("Kode sesi", "Code of the session"),
            [Required()],
            max_length=60,
            hint=Text("Misalnya PBJ-2026-2.", "For example PBJ-2026-2."),
        ),
        "enrol_until": DateField(Text("Pendaftaran sampai", "Enrolment until"), [Required()]),
        "first_day": DateField(Text("Hari pertama", "First day"), [Required()]),
        "last_day": DateField(Text("Hari terakhir", "Last day"), [Required()]),
        "place": TextField(Text("Tempat", "Place"), [Required()], max_length=200),
        "quota": IntegerField(Text("Kuota peserta", "Seats"), [Required(), Between(1, MOST_SEATS)]),
        "seat_cost": DecimalField(
            Text("Biaya per peserta", "Cost of a seat"),
            [Required(), Between(0)],
            decimals=0,
            unit=_RUPIAH,
        ),
        "budget": DecimalField(Text("Pagu anggaran sesi", "Budget ceiling"), [Between(0)], decimals=0, unit=_RUPIAH),
        "budget_line": TextField(Text("Mata anggaran (DPA)", "Budget line (DPA)"), max_length=60),
    }
    return partial(type("SessionForm", (AlurForm,), fields))


class RefusalForm(AlurForm):
    """Why a training does not count."""

    note = TextAreaField(
        Text("Alasan penolakan", "Reason for refusing"), [Required(), Length(SHORTEST_REASON)], max_length=1000, rows=2
    )


def claim_form(fields: Iterable[str]) -> "partial[AlurForm]":
    """Return the form by which somebody hands in a training that he took elsewhere.

    :param fields: the fields of training that the city has.
    """
    options = [Option(name, Text(name, name)) for name in fields]
    parts = {
        "name": TextField(Text("Nama pelatihan", "Name of the training"), [Required()], max_length=200),
        "field": ChoiceField(Text("Bidang", "Field"), [Required()], options=options),
        "hours": IntegerField(Text("Jumlah jam pelajaran (JP)", "Hours (JP)"), [Required(), Between(1, MOST_HOURS)]),
        "ended_on": DateField(Text("Tanggal selesai", "Last day"), [Required()]),
        "provider": TextField(Text("Penyelenggara", "Organiser"), [Required()], max_length=120),
        "certificate": TextField(Text("Nomor sertifikat", "Certificate number"), [Required()], max_length=60),
        "file": FileField(Text("Sertifikat", "Certificate"), [Required()], accept=PAPERS, max_files=1),
    }
    return partial(type("ClaimForm", (AlurForm,), parts))
