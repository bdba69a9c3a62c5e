"""The forms of recognition: whom to look for, thanks, ideas, nominations and awards."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Final

from forms import (
    AlurForm,
    Between,
    ChoiceField,
    Condition,
    DateField,
    DecimalField,
    FileField,
    Length,
    NotInFuture,
    Option,
    RadioField,
    Required,
    Text,
    TextAreaField,
    TextField,
)
from processes.recognition.commands.add_idea import LONGEST_TEXT, LONGEST_TITLE
from processes.recognition.commands.change_thanks import LONGEST_REPORT
from processes.recognition.commands.follow_idea import LONGEST_NOTE, NEXT
from processes.recognition.commands.nominate import LONGEST_TEXT as LONGEST_REASON
from processes.recognition.commands.nominate import SHORTEST_REASON
from processes.recognition.commands.record_citizen_thanks import LONGEST as LONGEST_PRAISE
from processes.recognition.commands.record_citizen_thanks import LONGEST_SOURCE
from processes.recognition.commands.record_citizen_thanks import SHORTEST as SHORTEST_PRAISE
from processes.recognition.commands.thank import LONGEST, SHORTEST
from processes.recognition.records import Kind, Stage
from processes.recognition.rules import EXCELLENT, SERVICE_TIME

_PERCENT: Final = Between(Decimal(0), Decimal(100))


class SearchForm(AlurForm):
    """Finds a colleague; sent by POST, because an address must not hold a name."""

    cari = TextField(Text("Nama rekan", "Name of the colleague"), max_length=100)


class ThanksForm(AlurForm):
    """What a colleague is thanked for."""

    text = TextAreaField(
        Text("Terima kasih atas apa?", "Thanks for what?"),
        [Required(), Length(SHORTEST)],
        max_length=LONGEST,
        rows=5,
        hint=Text(
            "Sebutkan apa yang dilakukan dan manfaatnya. Paling banyak 600 karakter.",
            "Name what was done and what it was good for. At most 600 characters.",
        ),
    )


class ReportForm(AlurForm):
    """Why thanks do not fit."""

    reason = TextAreaField(
        Text("Mengapa ucapan ini tidak pantas?", "Why do these thanks not fit?"),
        [Required()],
        max_length=LONGEST_REPORT,
        rows=4,
        hint=Text("Dibaca hanya oleh petugas kepegawaian.", "Read by the personnel staff only."),
    )


class IdeaForm(AlurForm):
    """An entry of the register."""

    kind = RadioField(
        Text("Apa yang ingin Anda catat?", "What do you want to note?"),
        [Required()],
        options=(
            Option(Kind.INNOVATION.value, Text("Inovasi: gagasan yang akan dicoba", "Innovation: an idea to be tried")),
            Option(
                Kind.GOOD_PRACTICE.value,
                Text("Praktik baik: cara kerja yang sudah terbukti", "Good practice: a way of working that has proved"),
            ),
            Option(Kind.ACTIVITY.value, Text("Kegiatan tim", "Activity of a team")),
        ),
    )
    title = TextField(Text("Judul", "Title"), [Required(), Length(5)], max_length=LONGEST_TITLE)
    text = TextAreaField(
        Text("Masalah, gagasan, dan manfaatnya", "Problem, idea and benefit"),
        [Required(), Length(20)],
        max_length=LONGEST_TEXT,
        rows=8,
    )
    happened_on = DateField(
        Text("Tanggal kegiatan", "Day of the activity"),
        [Required()],
        show_when=Condition("kind", equals=Kind.ACTIVITY.value),
    )
    evidence = TextAreaField(
        Text("Bukti", "Evidence"),
        max_length=LONGEST_TEXT,
        rows=3,
        hint=Text(
            "Nomor laporan, surat, atau data sebelum dan sesudah.", "A report, letter, or data before and after."
        ),
    )


class NoteForm(AlurForm):
    """What was done about an idea."""

    note = TextAreaField(Text("Tindak lanjut", "Follow-up"), [Required(), Length(5)], max_length=LONGEST_NOTE, rows=4)


_STAGES: Final = {
    Stage.TRIAL: Option(Stage.TRIAL.value, Text("Uji coba", "Trial")),
    Stage.ADOPTED: Option(Stage.ADOPTED.value, Text("Diterapkan", "Adopted")),
    Stage.STOPPED: Option(Stage.STOPPED.value, Text("Dihentikan", "Stopped")),
}


@cache
def move_form(stage: Stage) -> type[AlurForm]:
    """Return the form that takes an idea from a stage to one of those that may follow, with the reason."""
    options = [_STAGES[following] for following in NEXT.get(stage, ())]
    fields = {
        "stage": RadioField(Text("Tahap berikutnya", "Next stage"), [Required()], options=options),
        "note": TextAreaField(Text("Alasan", "Reason"), [Required(), Length(5)], max_length=LONGEST_NOTE, rows=4),
    }
    return type("MoveForm", (AlurForm,), fields)


class NominationForm(AlurForm):
    """Why a colleague deserves an award, and what shows it."""

    reason = TextAreaField(
        Text("Mengapa rekan ini layak menerima penghargaan?", "Why does this colleague deserve the award?"),
        [Required(), Length(SHORTEST_REASON)],
        max_length=LONGEST_REASON,
        rows=7,
        hint=Text("Sebutkan hasil dan manfaatnya, bukan sifat orangnya.", "Name results and benefit, not character."),
    )
    evidence = TextAreaField(
        Text("Bukti", "Evidence"),
        [Required(), Length(5)],
        max_length=LONGEST_REASON,
        rows=4,
        hint=Text(
            "Nomor laporan, surat, data, atau nama orang yang dapat ditanya.",
            "A report, a letter, data, or people who can be asked.",
        ),
    )


class UnitAwardForm(AlurForm):
    """Why a unit deserves an award for its service."""

    name = TextField(Text("Nama penghargaan", "Name of the award"), [Required(), Length(5)], max_length=200)
    reason = TextAreaField(
        Text("Mengapa unit ini layak menerima penghargaan?", "Why does this unit deserve the award?"),
        [Required(), Length(SHORTEST_REASON)],
        max_length=LONGEST_REASON,
        rows=6,
        hint=Text(
            "Sebutkan apa yang berubah bagi warga. IKM dan respondennya ikut tercatat sendiri.",
            "Name what has changed for citizens. The index and its answers are recorded by themselves.",
        ),
    )
    evidence = TextAreaField(
        Text("Bukti", "Evidence"),
        [Required(), Length(5)],
        max_length=LONGEST_REASON,
        rows=3,
        hint=Text("Laporan survei, nomor surat, atau tautannya.", "A report of the survey, a letter, or its link."),
    )


class CitizenForm(AlurForm):
    """What a citizen wrote, and where it came from."""

    text = TextAreaField(
        Text("Apa yang ditulis warga?", "What did the citizen write?"),
        [Required(), Length(SHORTEST_PRAISE)],
        max_length=LONGEST_PRAISE,
        rows=6,
        hint=Text(
            "Salin kata-katanya. Jangan tulis nama, alamat, atau nomor telepon warga.",
            "Copy the words. Leave out the citizen's name, address and telephone.",
        ),
    )
    source = TextField(
        Text("Asalnya", "Where it came from"),
        [Required()],
        max_length=LONGEST_SOURCE,
        hint=Text("Misalnya surat nomor 12, kotak saran, atau SP4N-LAPOR!.", "For example letter 12, or SP4N-LAPOR!."),
    )
    received_on = DateField(Text("Diterima tanggal", "Received on"), [Required(), NotInFuture()])


def unit_citizen_form(units: Sequence[tuple[int, str]]) -> type[AlurForm]:
    """Return the form for thanks to a whole unit.

    :param units: key and name of those to choose from.
    """
    options = [Option(str(unit), Text(name, name)) for unit, name in units]
    fields = {"unit": ChoiceField(Text("Unit", "Unit"), [Required()], options=options)}
    return type("UnitCitizenForm", (CitizenForm,), fields)


class EvidenceForm(AlurForm):
    """A file that shows what an idea has changed."""

    evidence = FileField(
        Text("Berkas bukti", "File of evidence"),
        [Required()],
        max_files=1,
        hint=Text(
            "Foto, laporan, atau data sebelum dan sesudah, tanpa data pribadi warga. Setiap pegawai dapat membukanya.",
            "A photo, a report, or data before and after, without personal data. Every employee may open it.",
        ),
    )


def _weight(label: Text) -> Any:
    return DecimalField(label, [Required(), _PERCENT], unit="%")


class ProgramForm(AlurForm):
    """An award for which people can be nominated; weights and money are fixed with it."""

    name = TextField(Text("Nama penghargaan", "Name of the award"), [Required(), Length(5)], max_length=200)
    opens_on = DateField(Text("Usulan mulai", "Nominations from"), [Required()])
    closes_on = DateField(Text("Usulan sampai", "Nominations until"), [Required()])
    performance = _weight(Text("Bobot prestasi kerja (paling sedikit 50)", "Weight of performance (at least 50)"))
    conduct = _weight(Text("Bobot keteladanan", "Weight of conduct"))
    impact = _weight(Text("Bobot manfaat bagi layanan", "Weight of the benefit to the service"))
    amount = DecimalField(
        Text("Uang hadiah", "Prize money"),
        [Between(Decimal(1), Decimal(1_000_000_000))],
        unit="Rp",
        decimals=0,
        hint=Text("Kosongkan bila tanpa uang.", "Leave empty for none."),
    )
    dpa_code = TextField(
        Text("Kode mata anggaran (DPA)", "Code of the budget line (DPA)"),
        max_length=60,
        hint=Text("Wajib bila ada uang hadiah.", "Needed for prize money."),
    )
    siasn_code = TextField(
        Text("Kode penghargaan di SIASN", "Code of the award in SIASN"),
        max_length=40,
        hint=Text("hargaId dari daftar SIASN, untuk ekspor riwayat.", "hargaId of SIASN's list, for the export."),
    )
    rule = ChoiceField(
        Text("Aturan yang boleh mengusulkan", "Rule that may nominate"),
        options=(
            Option(SERVICE_TIME, Text("Waktu layanan membaik tiga bulan berturut-turut", "Service time improved")),
            Option(EXCELLENT, Text("Predikat Sangat Baik berturut-turut", "Excellent results in a row")),
        ),
        hint=Text("Kosongkan bila hanya orang yang mengusulkan.", "Leave empty if only people nominate."),
    )

    @property
    def weights(self) -> dict[str, Decimal]:
        """The weights by criterion; only of a form that is good."""
        return {name: self[name].data for name in ("performance", "conduct", "impact")}
