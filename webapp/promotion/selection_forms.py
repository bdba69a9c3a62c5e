"""Forms around open selections: announce, name a member, apply, withdraw."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final

from forms import (
    AlurForm,
    ChoiceField,
    DateField,
    DecimalField,
    FileField,
    Length,
    Option,
    Required,
    Text,
    TextAreaField,
    TextField,
)
from processes.promotion.selection.commands import apply, change_panel
from processes.promotion.selection.commands.open_selection import LONGEST_DECREE
from processes.promotion.selection.ranking import Stage
from webapp.promotion.selection_reading import Opening

_STAGES: Final[Mapping[Stage, Text]] = {
    Stage.PAPER: Text("Bobot makalah", "Weight of the paper"),
    Stage.ASSESSMENT: Text("Bobot asesmen kompetensi", "Weight of the assessment centre"),
    Stage.INTERVIEW: Text("Bobot wawancara akhir", "Weight of the final interview"),
    Stage.RECORD: Text("Bobot rekam jejak", "Weight of the track record"),
}


def opening_form(opening: Opening) -> "partial[AlurForm]":
    """Return the form by which one of the vacant posts is announced."""
    options = [
        Option(str(post.id), Text(f"{post.name}, {post.unit_name}", f"{post.name}, {post.unit_name}"))
        for post in opening.posts
    ]
    fields: dict[str, Any] = {
        "post": ChoiceField(Text("Jabatan yang kosong", "Vacant post"), [Required()], options=options),
        "closes_on": DateField(
            Text("Hari terakhir melamar", "Last day to apply"),
            [Required()],
            hint=Text("Paling sedikit 15 hari kerja dari hari ini.", "At least 15 working days from today."),
        ),
        "panel_decree": TextField(
            Text("Nomor SK panitia seleksi", "Number of the panel's decree"), [Required()], max_length=LONGEST_DECREE
        ),
        **{str(stage): _weight(label, *opening.bounds[stage]) for stage, label in _STAGES.items()},
    }
    return partial(type("OpeningForm", (AlurForm,), fields))


def _weight(label: Text, low: str, high: str) -> DecimalField:
    hint = Text(f"{low} sampai {high}; keempat bobot berjumlah 100.", f"{low} to {high}; the four make 100.")
    return DecimalField(label, [Required()], unit=Text("persen", "percent"), hint=hint)


def _reason() -> TextAreaField:
    return TextAreaField(
        Text("Alasan", "Reason"),
        max_length=change_panel.LONGEST_REASON,
        rows=2,
        hint=Text(
            "Wajib setelah pendaftaran ditutup: siapa digantikan, dan mengapa.",
            "Needed once applications are over: who is replaced, and why.",
        ),
    )


class MemberForm(AlurForm):
    """An employee who joins the panel."""

    nip = TextField(
        Text("NIP pegawai", "Employee number (NIP)"),
        [Required(), Length(18)],
        max_length=18,
        hint=Text("18 angka, tanpa spasi.", "18 digits, without spaces."),
    )
    reason = _reason()


def guest_form(guests: Iterable[tuple[int, str]]) -> "partial[AlurForm]":
    """Return the form by which one of the invited guests joins the panel."""
    fields = {
        "guest": ChoiceField(
            Text("Anggota dari luar yang sudah diundang", "Invited member from outside"),
            [Required()],
            options=[Option(str(key), Text(name, name)) for key, name in guests],
        ),
        "reason": _reason(),
    }
    return partial(type("GuestForm", (AlurForm,), fields), prefix="tamu-")


def _file(label: Text, hint: Text) -> FileField:
    return FileField(label, [Required()], accept=("pdf",), max_files=1, max_megabytes=5, hint=hint)


class ApplyForm(AlurForm):
    """The files of an application; everything else is known."""

    cv = _file(
        Text("Daftar riwayat hidup", "Curriculum vitae"),
        Text("Yang tidak ada dalam catatan kepegawaian.", "What the personnel records do not have."),
    )
    statement = _file(
        Text("Surat lamaran dan pernyataan", "Letter and statements"),
        Text(
            "Bermeterai: tidak sedang dihukum disiplin, sehat, bersedia ditempatkan.",
            "With stamp duty: no measure in force, in health, willing to be placed.",
        ),
    )
    paper = _file(
        Text("Makalah", "Paper"),
        Text(
            "Tanpa nama di dalamnya: panitia membacanya dengan nomor peserta.", "Without your name: it is read blind."
        ),
    )


class WithdrawForm(AlurForm):
    """Why somebody withdraws."""

    reason = TextAreaField(
        Text("Alasan mengundurkan diri", "Why you withdraw"),
        [Required(), Length(apply.SHORTEST_REASON)],
        max_length=apply.LONGEST_REASON,
        rows=3,
        hint=Text("Dibaca petugas kepegawaian.", "Read by the personnel staff."),
    )
