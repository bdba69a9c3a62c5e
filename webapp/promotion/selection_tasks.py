"""Forms of a selection's tasks that list candidates: documents, scores, the assessment, and the choice of one name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from forms import (
    AlurForm,
    Between,
    Condition,
    FileField,
    IntegerField,
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
from processes.promotion.selection.ranking import Stage
from processes.promotion.selection.services.choosing import SHORTEST_REASON
from processes.promotion.selection.services.screening import INCOMPLETE
from webapp.promotion.selection_words import miss_words, points
from webapp.task_forms.context import FormContext, TaskForm

_CANDIDATE: Final = Text("Peserta", "Candidate")
_HIGHEST: Final = 100
_NOT_FIRST: Final = Text(
    "Yang dipilih bukan peringkat pertama. Tulis alasannya, paling sedikit 20 huruf.",
    "This is not the first of the list. Please write the reason, at least 20 characters.",
)


class DocumentRow(AlurForm):
    """What an officer finds of the documents of a candidate."""

    candidate = TextField(_CANDIDATE, readonly=True)
    misses = TextField(Text("Syarat yang belum terpenuhi", "Requirements not met"), readonly=True)
    documents = RadioField(
        Text("Berkas", "Documents"),
        [Required()],
        options=[
            Option("complete", Text("Lengkap dan sah", "Complete and valid")),
            Option(INCOMPLETE, Text("Tidak lengkap", "Incomplete")),
        ],
    )
    reason = TextField(
        Text("Apa yang kurang", "What is missing"),
        [Required()],
        max_length=500,
        show_when=Condition("documents", equals=INCOMPLETE),
    )


class ScoreRow(AlurForm):
    """A score for a candidate."""

    candidate = TextField(_CANDIDATE, readonly=True)
    score = IntegerField(Text("Nilai (0–100)", "Score (0–100)"), [Required(), Between(0, _HIGHEST)])


class DocumentsForm(AlurForm):
    """The documents of all who applied."""

    rows = TableField(Text("Pelamar", "Applicants"), DocumentRow)


class ScoresForm(AlurForm):
    """The scores of one member, for all candidates."""

    rows = TableField(Text("Nilai Anda", "Your scores"), ScoreRow)


class AssessmentForm(AlurForm):
    """What the assessment centre found."""

    number = TextField(Text("Nomor laporan asesmen", "Number of the report"), [Required()], max_length=120)
    rows = TableField(Text("Nilai asesmen", "Scores of the assessment"), ScoreRow)
    document = FileField(Text("Laporan asesmen", "Report"), [Required()], accept=("pdf",), max_files=1)


def build_documents(context: FormContext) -> TaskForm:
    """Return the form of the administrative selection, with what the table found beside each name."""
    candidates = context.variables["screening"]["candidates"]
    shown = _named(context, candidates)
    checked = context.variables["checked"]
    rows = [
        {"candidate": name, "misses": " ".join(miss_words(code) for code in found["misses"]) or "–"}
        for name, found in zip(shown, checked, strict=True)
    ]
    return TaskForm(DocumentsForm, {"rows": rows})


def build_scores(context: FormContext) -> TaskForm:
    """Return the form of a member's scores; papers are scored by number, without names."""
    candidates = context.variables["jury"]["candidates"]
    is_paper = context.variables["scoring"]["stage"] == Stage.PAPER
    shown = _numbered(context, candidates) if is_paper else _named(context, candidates)
    return TaskForm(ScoresForm, {"rows": [{"candidate": name} for name in shown]})


def build_assessment(context: FormContext) -> TaskForm:
    """Return the form into which the assessment centre's scores are copied."""
    shown = _named(context, context.variables["jury"]["candidates"])
    return TaskForm(AssessmentForm, {"rows": [{"candidate": name} for name in shown]})


def build_choice(context: FormContext) -> TaskForm:
    """Return the form of the choice: the names in the order of the ranking, and why if not the first."""
    ranking = context.variables["ranking"]
    named: Sequence[Mapping[str, Any]] = [row for row in ranking["rows"] if row["is_named"]]
    names = names_of(context.read, context.actor, (int(row["employee"]) for row in named))
    options = []
    for row in named:
        name, value = names.get(int(row["employee"]), ""), points(Decimal(row["value"]))
        words = f"{int(row['place'])}. {name} ({value})"
        options.append(Option(str(int(row["number"])), Text(words, words)))
    first = frozenset(str(int(row["number"])) for row in named if int(row["place"]) == 1)
    return TaskForm(_choice_class(options, first))


def _choice_class(options: list[Option], first: frozenset[str]) -> type[AlurForm]:
    is_choice = Condition("outcome", equals="choose")

    class ChoiceForm(AlurForm):
        """Which of the names is chosen."""

        outcome = RadioField(
            Text("Keputusan", "Decision"),
            [Required()],
            options=[
                Option("choose", Text("Pilih salah satu nama", "Choose one of the names")),
                Option("close", Text("Tutup seleksi tanpa memilih", "Close without choosing")),
            ],
        )
        candidate = RadioField(
            Text("Nama menurut peringkat", "Names as ranked"), [Required()], options=options, show_when=is_choice
        )
        reason = TextAreaField(
            Text("Alasan", "Reason"),
            [Length(0)],
            max_length=2000,
            hint=Text(
                "Wajib bila bukan peringkat pertama, atau bila seleksi ditutup. Tersimpan dalam jejak audit.",
                "Needed unless it is the first, and to close. It is kept in the audit trail.",
            ),
        )

        def validate(self, extra_validators: Any = None) -> bool:
            """Return whether the reason is there where one is needed."""
            if not super().validate(extra_validators):
                return False
            is_first = self["outcome"].data == "choose" and self["candidate"].data in first
            if is_first or len(str(self["reason"].data or "").strip()) >= SHORTEST_REASON:
                return True
            self.add_error("reason", _NOT_FIRST.to(self.language))
            return False

    return ChoiceForm


def _named(context: FormContext, candidates: Iterable[Mapping[str, Any]]) -> list[str]:
    found = list(candidates)
    names = names_of(context.read, context.actor, (int(item["employee"]) for item in found))
    return [f"{int(item['number'])}. {names.get(int(item['employee']), '')}" for item in found]


def _numbered(context: FormContext, candidates: Iterable[Mapping[str, Any]]) -> list[str]:
    word = _CANDIDATE.to(context.language)
    return [f"{word} {int(item['number'])}" for item in candidates]


SELECTION_BUILDERS: Final[Mapping[str, Callable[[FormContext], TaskForm]]] = {
    "promotion.check_documents": build_documents,
    "promotion.score_candidates": build_scores,
    "promotion.enter_assessment": build_assessment,
    "promotion.choose_name": build_choice,
}
