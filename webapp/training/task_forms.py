"""Forms of training that list people: who gets a seat of a session, and who was there for how long."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from forms import (
    AlurForm,
    Between,
    DecimalField,
    Draft,
    Length,
    Option,
    RadioField,
    Required,
    Text,
    TextAreaField,
    TextField,
)
from forms.tables import TableField
from processes.people.queries.names import names_of
from processes.training.services.seating import SEAT
from webapp.task_forms.context import FormContext, TaskForm
from webapp.training.impact_form import build_impact

LIST: Final = "list"
#: What is filled in of each participant.
PRESENCE_COLUMNS: Final = ("share", "pre_test", "post_test", "certificate")
SHORTEST_REASON = 10
LONGEST_REASON = 2000

_SEATS: Final = Text(
    "Kursi yang tersedia hanya {free}. Kurangi peserta yang mendapat kursi.",
    "There are only {free} seats. Please choose fewer participants.",
)
_REASON: Final = Text(
    "Pilihan Anda berbeda dari peringkat. Tulis alasannya, paling sedikit 10 huruf.",
    "Your choice differs from the ranking. Please write the reason, at least 10 characters.",
)
_OWN: Final = Text(
    "Anda sendiri ada dalam daftar ini: kursi Anda tetap menurut peringkat.",
    "You are on this list yourself: your own seat stays as it is ranked.",
)


class SeatRow(AlurForm):
    """A candidate of the ranking."""

    person = TextField(Text("Pegawai", "Employee"), readonly=True)
    score = TextField(Text("Skor prioritas", "Priority score"), readonly=True)
    # Two options and no box: what somebody decided is read at a glance, and no row is left undecided by mistake.
    seat = RadioField(
        Text("Penetapan", "Decision"),
        [Required()],
        options=[
            Option(SEAT, Text("Mendapat kursi", "Gets a seat")),
            Option(LIST, Text("Daftar tunggu", "Waiting list")),
        ],
    )


class PresenceRow(AlurForm):
    """A participant of the session."""

    person = TextField(Text("Pegawai", "Employee"), readonly=True)
    share = DecimalField(Text("Kehadiran", "Attendance"), [Required(), Between(0, 100)], unit=Text("persen", "percent"))
    pre_test = DecimalField(Text("Tes awal", "Test before"), [Between(0, 100)])
    post_test = DecimalField(Text("Tes akhir", "Test after"), [Between(0, 100)])
    certificate = TextField(Text("Nomor sertifikat penyelenggara", "Organiser's certificate number"), max_length=60)


class AttendanceForm(AlurForm):
    """Who was there; without an organiser's number the certificate gets one of Alur's."""

    rows = TableField(Text("Peserta", "Participants"), PresenceRow)


def build_choose(context: FormContext) -> TaskForm:
    """Return the form of the ranking, ticked as it is ranked; it keeps to the seats, and changes nobody's own."""
    ranking = context.variables["ranking"]
    rows: Sequence[Mapping[str, Any]] = ranking["rows"]
    names = names_of(context.read, context.actor, (row["employee"] for row in rows))
    own = next((place for place, row in enumerate(rows) if row["employee"] == context.actor.person), None)
    ranked = [bool(row["is_chosen"]) for row in rows]
    known = [
        {
            "person": f"{row['place']}. {names.get(row['employee'], '')}",
            "score": _decimal(row["score"], context.language),
            "seat": SEAT if row["is_chosen"] else LIST,
        }
        for row in rows
    ]
    return TaskForm(_choose_class(tuple(ranked), int(ranking["free"]), own), {"rows": known})


def build_attendance(context: FormContext) -> TaskForm:
    """Return the form of the attendance, one row a participant."""
    participants: Sequence[Mapping[str, Any]] = context.variables["participants"]
    names = names_of(context.read, context.actor, (row["employee"] for row in participants))
    return TaskForm(AttendanceForm, {"rows": [{"person": names.get(row["employee"], "")} for row in participants]})


def attendance_draft(rows: Sequence[Mapping[str, Any]]) -> Draft:
    """Return the form of the attendance as it is kept once a file has filled it.

    :param rows: what the file says of each participant; nothing of those that it leaves out.
    """
    return {"rows": [{name: _typed(value) for name, value in row.items()} for row in rows]}


def _typed(value: Any) -> str:
    """Return a cell as somebody would have typed it; drafts keep numbers in the Indonesian notation."""
    return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else value or ""


def _choose_class(ranked: tuple[bool, ...], free: int, own: int | None) -> type[AlurForm]:
    class ChooseForm(AlurForm):
        """The ranking of one session."""

        rows = TableField(Text("Urutan menurut skor prioritas", "In the order of the priority score"), SeatRow)
        reason = TextAreaField(
            Text("Alasan bila berbeda dari peringkat", "Reason where it differs from the ranking"),
            [Length(0)],
            max_length=LONGEST_REASON,
            rows=3,
        )

        def validate(self, extra_validators: Any = None) -> bool:
            """Return whether seats, reason and the reader's own row are as they have to be."""
            if not super().validate(extra_validators):
                return False
            table = self["rows"]
            assert isinstance(table, TableField)
            chosen = [row["seat"].data == SEAT for row in table.rows]
            problem = self._problem(chosen)
            if problem is not None:
                self.add_error(*problem)
            return problem is None

        def _problem(self, chosen: list[bool]) -> tuple[str | None, str] | None:
            if sum(chosen) > free:
                return None, _SEATS.to(self.language).format(free=free)
            if own is not None and chosen[own] != ranked[own]:
                return None, _OWN.to(self.language)
            if chosen != list(ranked) and len(str(self["reason"].data or "").strip()) < SHORTEST_REASON:
                return "reason", _REASON.to(self.language)
            return None

    return ChooseForm


def _decimal(value: Any, language: str) -> str:
    text = f"{Decimal(value):.4f}"
    return text.replace(".", ",") if language == "id" else text


#: Forms that Python gives because they list people, or show figures that are known.
BUILDERS = {
    "training.choose": build_choose,
    "training.attendance": build_attendance,
    "training.impact": build_impact,
}
