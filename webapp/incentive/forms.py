"""Forms of the allowance pages: which month to open, what is wrong with a slip, what a day really was."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

from forms import (
    AlurForm,
    Between,
    CheckboxField,
    ChoiceField,
    Condition,
    DateField,
    FileField,
    IntegerField,
    Length,
    NotInFuture,
    Option,
    Required,
    Text,
    TextAreaField,
)
from processes.incentive.commands.file_dispute import SHORTEST_REASON
from processes.incentive.commands.handle_signal import SHORTEST_NOTE
from processes.incentive.rules.lines import Line, label

FIRST_YEAR, LAST_YEAR = 2023, 2099
MOST_MINUTES = 600
_MONTHS = (
    ("Januari", "January"),
    ("Februari", "February"),
    ("Maret", "March"),
    ("April", "April"),
    ("Mei", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("Agustus", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Desember", "December"),
)
_KINDS = (
    ("hadir", "Hadir", "Present"),
    ("dinas_luar", "Dinas luar", "On duty elsewhere"),
    ("diklat", "Pelatihan", "In training"),
    ("cuti", "Cuti", "On leave"),
    ("sakit", "Sakit", "Ill"),
    ("izin", "Izin", "Excused"),
    ("tanpa_keterangan", "Tanpa keterangan", "Absent without reason"),
    ("libur", "Hari libur", "Day off"),
)


_IS_PRESENT = Condition("kind", equals="hadir")


class OpenMonthForm(AlurForm):
    """Which month is opened; it has to be over."""

    year = IntegerField(Text("Tahun", "Year"), [Required(), Between(FIRST_YEAR, LAST_YEAR)], digits=4)
    month = ChoiceField(
        Text("Bulan", "Month"),
        [Required()],
        options=[Option(str(number), Text(*names)) for number, names in enumerate(_MONTHS, start=1)],
    )


def suggested(today: date) -> dict[str, Any]:
    """Return the month that has just ended."""
    return {"year": today.year - (today.month == 1), "month": str((today.month - 2) % 12 + 1)}


class WholeSlipField(ChoiceField):
    """A list whose first entry means the whole slip."""

    has_placeholder = False


def dispute_form(lines: Iterable[tuple[Line, object]]) -> "partial[AlurForm]":
    """Return the form by which a slip is disputed: one of its lines, and why."""
    found = {line.code: line for line, _ in lines}
    options = [
        Option("", Text("Slip secara keseluruhan", "The slip as a whole")),
        *(Option(code, Text(label(line, "id"), label(line, "en"))) for code, line in found.items()),
    ]
    fields = {
        "line": WholeSlipField(Text("Baris yang keliru", "The line that is wrong"), options=options),
        "reason": TextAreaField(
            Text("Apa yang keliru?", "What is wrong?"),
            [Required(), Length(SHORTEST_REASON)],
            max_length=2000,
            rows=6,
            hint=Text(
                "Sebutkan tanggal dan faktanya, misalnya nomor surat tugas. Unit Anda dan BKPSDM membacanya.",
                "Name the day and the facts, such as the number of an assignment letter. Your unit and the personnel "
                "agency read it.",
            ),
        ),
    }
    return partial(type("DisputeForm", (AlurForm,), fields))


def correction_form(people: Sequence[tuple[int, str]]) -> "partial[AlurForm]":
    """Return the form by which an officer proposes what a day of somebody was.

    :param people: key and name of those on the list.
    """
    fields = {
        "person": ChoiceField(
            Text("Pegawai", "Employee"),
            [Required()],
            options=[Option(str(person), Text(name, name)) for person, name in people],
        ),
        "day": DateField(Text("Hari", "Day"), [Required(), NotInFuture()]),
        "kind": ChoiceField(
            Text("Yang sebenarnya", "What it really was"),
            [Required()],
            options=[Option(kind, Text(*names)) for kind, *names in _KINDS],
        ),
        "late": _minutes(Text("Terlambat", "Late")),
        "early": _minutes(Text("Pulang lebih awal", "Left early")),
        "assembly": CheckboxField(Text("Tidak ikut apel", "Missed the assembly"), show_when=_IS_PRESENT),
        "reason": TextAreaField(Text("Alasan", "Reason"), [Required(), Length(SHORTEST_REASON)], max_length=1000),
        "evidence": FileField(
            Text("Bukti", "Evidence"),
            [Required()],
            max_files=1,
            hint=Text(
                "Surat tugas, surat cuti, atau rekaman mesin kehadiran.",
                "An assignment letter, a leave letter or the device's record.",
            ),
        ),
    }
    return partial(type("CorrectionForm", (AlurForm,), fields))


def _minutes(label: Text) -> IntegerField:
    return IntegerField(label, [Between(0, MOST_MINUTES)], unit=Text("menit", "minutes"), show_when=_IS_PRESENT)


def assignment_form(staff: Sequence[tuple[int, str]]) -> "partial[AlurForm]":
    """Return the form by which a signal is given to somebody of the agency.

    :param staff: key and name of those who may look at it.
    """
    options = [Option(str(person), Text(name, name)) for person, name in staff]
    fields = {"person": ChoiceField(Text("Diperiksa oleh", "Looked at by"), [Required()], options=options)}
    return partial(type("AssignmentForm", (AlurForm,), fields))


class SignalNoteForm(AlurForm):
    """What came of a signal."""

    note = TextAreaField(
        Text("Hasil pemeriksaan", "What was found"),
        [Required(), Length(SHORTEST_NOTE)],
        max_length=2000,
        hint=Text(
            "Apa yang diperiksa dan apa yang terjadi. Bila kehadirannya keliru, usulkan koreksi tersendiri.",
            "What was looked at and what happened. If attendance is wrong, propose a correction of its own.",
        ),
    )


class AdjustmentForm(AlurForm):
    """Why a locked slip is corrected."""

    reason = TextAreaField(
        Text("Alasan koreksi", "Reason for the correction"),
        [Required(), Length(SHORTEST_REASON)],
        max_length=1000,
        hint=Text(
            "Apa yang berubah sejak bulan itu terkunci, dengan nomor suratnya. Pegawai membacanya di kedua slip.",
            "What has changed since the month was locked, with its letter. The employee reads it on both slips.",
        ),
    )


class RefusalForm(AlurForm):
    """Why a correction is not approved."""

    note = TextAreaField(
        Text("Alasan penolakan", "Reason for the refusal"), [Required(), Length(SHORTEST_REASON)], max_length=1000
    )
