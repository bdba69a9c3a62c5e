"""*Orang Saya* as the page shows it: a row for each person in the shape of `layout/people.html`."""

from collections.abc import Mapping, Sized
from dataclasses import dataclass
from typing import Final

from processes.appraisal.queries.people import PersonRow
from processes.appraisal.queries.team import UnitSpread, UnreadyPerson, WaitsFor
from processes.appraisal.queries.unopened import NoCase, UnopenedPerson
from processes.appraisal.rules import rating_matrix
from processes.appraisal.rules.distribution import GUIDE
from processes.people.city import Predicate, Rating
from webapp.appraisal.people_reading import Team
from webapp.appraisal.rating_forms import Sent, kept_values
from webapp.appraisal.standing import LABELS, Standing, StandingCount, read_standing
from webapp.appraisal.wording import in_digits, in_words, quarter_name, tell
from webapp.texts import gettext as _
from webapp.texts import lazy, show_day

_SHORT: Final[Mapping[Rating, str]] = {
    Rating.DIATAS_EKSPEKTASI: lazy("Di atas"),
    Rating.SESUAI_EKSPEKTASI: lazy("Sesuai"),
    Rating.DIBAWAH_EKSPEKTASI: lazy("Di bawah"),
}
#: Why there is no case, and what happens next.
_NO_CASE: Final[Mapping[NoCase, str]] = {
    NoCase.UNPAID_LEAVE: lazy(
        "Cuti di luar tanggungan negara sepanjang triwulan, jadi tidak dievaluasi. Tidak ada yang perlu Anda kerjakan."
    ),
    NoCase.NOT_IN_SERVICE: lazy(
        "Belum bertugas atau belum punya jabatan pada hari terakhir triwulan. Evaluasinya mulai triwulan berikutnya."
    ),
    NoCase.NOT_MINE: lazy(
        "Pada masa penilaian triwulan ini penilainya bukan Anda; Anda menilai mulai triwulan berikutnya. Bila keliru, "
        "hubungi pengelola kepegawaian unit."
    ),
    NoCase.OPENING: lazy("Kasusnya sedang disiapkan. Muat ulang halaman ini beberapa saat lagi."),
    NoCase.COMING: lazy(
        "Belum ada kasus, karena datanya datang setelah triwulan dibuka. Kasusnya disiapkan otomatis dalam satu jam."
    ),
    NoCase.TOO_LATE: lazy(
        "Tidak ada kasus, dan masa pelaporan triwulan ini sudah lewat. Hubungi pengelola kepegawaian bila perlu."
    ),
}


@dataclass(frozen=True, slots=True)
class RatingOption:
    """One of three choices."""

    value: str
    label: str
    short: str
    is_recommended: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class RatingChoice:
    """One of the two ratings of a person."""

    name: str
    label: str
    options: tuple[RatingOption, ...]


@dataclass(frozen=True, slots=True)
class PersonToRate:
    """A row whose ratings wait.

    :param has_recommendation: without one the reason is always needed.
    """

    id: int
    token: int
    name: str
    post: str
    realisation: str
    feedback: str
    recommendation: str
    tone: str
    reasons: tuple[str, ...]
    note: str
    note_name: str
    ratings: tuple[RatingChoice, ...]
    has_recommendation: bool
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonState:
    """A row of the other lists: where the evaluation stands, and the task that goes on with it.

    :param case_id: None for somebody of whom the quarter has no case.
    """

    case_id: int | None
    name: str
    post: str
    state: str
    predicate: str
    token: int | None


@dataclass(frozen=True, slots=True)
class TeamPage:
    """The whole page.

    :param chosen: the only part that the reader wants to see; None for all of them.
    """

    period: str
    chosen: Standing | None
    to_assess: tuple[PersonState, ...]
    to_rate: tuple[PersonToRate, ...]
    to_sign: tuple[PersonState, ...]
    not_ready: tuple[PersonState, ...]
    signed: tuple[PersonState, ...]
    passed_on: tuple[PersonState, ...]

    @property
    def is_empty(self) -> bool:
        """Nobody is rated by the reader."""
        return not self.total

    @property
    def total(self) -> int:
        """All people of the reader."""
        return sum(len(part) for part in self._parts.values())

    @property
    def counts(self) -> tuple[StandingCount, ...]:
        """How many people stand where; what nobody stands at is left out, unless the reader chose it."""
        return tuple(
            StandingCount(standing.value, _(LABELS[standing]), len(people))
            for standing, people in self._parts.items()
            if people or standing is self.chosen
        )

    def shows(self, value: str) -> bool:
        """Say whether a part has people and is not left out by the reader's choice."""
        return self.chosen in (None, value) and bool(self._parts[Standing(value)])

    @property
    def _parts(self) -> Mapping[Standing, Sized]:
        return {
            Standing.TO_ASSESS: self.to_assess,
            Standing.TO_RATE: self.to_rate,
            Standing.TO_SIGN: self.to_sign,
            Standing.NOT_READY: self.not_ready,
            Standing.SIGNED: self.signed,
            Standing.PASSED_ON: self.passed_on,
        }


def team_page(team: Team, sent: Mapping[int, Sent], problems: Mapping[int, list[str]], chosen: str = "") -> TeamPage:
    """Return the page with what is kept as drafts, or with what was just sent and is not good yet.

    :param chosen: a `Standing` to narrow the page down to; what is none shows everybody.
    """
    year, quarter = team.page.year, team.page.quarter
    return TeamPage(
        quarter_name(year, quarter) if year and quarter else "",
        read_standing(chosen),
        tuple(_state(row, _("Perilaku dan rubrik belum Anda isi")) for row in team.to_assess),
        tuple(_to_rate(row, sent.get(case_id), problems) for case_id, row in team.to_confirm.items()),
        tuple(_state(row, _("Rating ditetapkan, menunggu tanda tangan")) for row in team.to_sign.values()),
        (
            *(_unready(person) for person in team.waiting),
            *(_unopened(person) for person in team.unopened),
        ),
        tuple(_state(row, _signed_state(row)) for row in team.signed),
        tuple(_state(row, _("Beralih kepada atasan Anda karena batas waktu lewat")) for row in team.passed_on),
    )


def _to_rate(row: PersonRow, sent: Sent | None, problems: Mapping[int, list[str]]) -> PersonToRate:
    values = sent if sent is not None else kept_values(row)
    prefix = f"p{row.case_id}"
    has_both = row.recommended_work is not None and row.recommended_behaviour is not None
    return PersonToRate(
        id=row.case_id,
        token=row.token or 0,
        name=row.name,
        post=row.post,
        realisation=_realisation(row),
        feedback=_feedback(row),
        recommendation=_recommendation(row),
        tone="info" if has_both else "warning",
        reasons=_reasons(row),
        note=values.note,
        note_name=f"{prefix}-note",
        ratings=(
            _choice(f"{prefix}-work", _("Hasil kerja"), row.recommended_work, values.work),
            _choice(f"{prefix}-behaviour", _("Perilaku kerja"), row.recommended_behaviour, values.behaviour),
        ),
        has_recommendation=has_both,
        problems=tuple(problems.get(row.case_id, ())),
    )


def _choice(name: str, label: str, recommended: Rating | None, chosen: str) -> RatingChoice:
    return RatingChoice(
        name,
        label,
        tuple(
            RatingOption(
                rating.value, in_words(rating), _(_SHORT[rating]), rating is recommended, rating.value == chosen
            )
            for rating in Rating
        ),
    )


def _realisation(row: PersonRow) -> str:
    value = _("Nilai %(value)s", value=in_digits(row.value)) if row.value is not None else _("Belum ada nilai")
    if not row.has_realisation:
        return _("%(value)s, tanpa realisasi", value=value)
    return _("%(value)s, %(count)s bukti", value=value, count=row.evidence)


def _feedback(row: PersonRow) -> str:
    if not row.feedback:
        return _("Belum ada umpan balik")
    return _("%(positive)s dari %(count)s umpan balik positif", positive=row.positive, count=row.feedback)


def _recommendation(row: PersonRow) -> str:
    """Return the predicate that both recommended ratings lead to; the ratings themselves are marked at the choices."""
    if row.recommended_work is None or row.recommended_behaviour is None:
        return _("Data belum cukup")
    return in_words(rating_matrix()[row.recommended_work, row.recommended_behaviour])


def _reasons(row: PersonRow) -> tuple[str, ...]:
    if row.score is None:
        return ()
    return (*(tell(reason) for reason in row.score.reasons), *(tell(cap.reason) for cap in row.score.caps))


def _state(row: PersonRow, state: str) -> PersonState:
    predicate = in_words(row.predicate) if row.predicate is not None else ""
    return PersonState(row.case_id, row.name, row.post, state, predicate, row.token)


def _signed_state(row: PersonRow) -> str:
    if row.element == "hand_over":
        return _("Ditandatangani, menunggu Anda sampaikan dalam dialog")
    return _("Ditandatangani dan disampaikan")


def _unready(person: UnreadyPerson) -> PersonState:
    why = _why(person)
    if not person.is_assessed:
        why = _("Batas pengisian perilaku dan rubrik sudah lewat tanpa isian. %(why)s", why=why)
    return PersonState(person.case_id, person.name, "", why, "", None)


def _unopened(person: UnopenedPerson) -> PersonState:
    return PersonState(None, person.name, "", _(_NO_CASE[person.reason]), "", None)


def _why(person: UnreadyPerson) -> str:
    """Say what an evaluation waits for, and what the rater can do about it."""
    if person.waits_for is WaitsFor.REPAIR:
        return _("Tertahan karena gangguan sistem; pengelola kepegawaian mencobanya lagi. Anda tidak perlu mengulang.")
    if person.waits_for is WaitsFor.ORG_PREDICATE:
        return _("Menunggu predikat unit dari atasan unit. Tidak ada yang perlu Anda kerjakan.")
    if person.due is None:
        return _("Menunggu realisasi pegawai. Ingatkan pegawai bila perlu.")
    return _("Menunggu realisasi pegawai sampai %(day)s. Ingatkan pegawai bila perlu.", day=show_day(person.due))


@dataclass(frozen=True, slots=True)
class Bar:
    """One predicate of a unit, as `layout/explain.html` draws it."""

    label: str
    count: int
    limit: int | None


def bars_of(unit: UnitSpread) -> tuple[Bar, ...]:
    """Return how many people of a unit have each predicate, with the most that the guide gives once it is read."""
    limits, counts = _limits(unit), unit.spread.counts
    return tuple(Bar(in_words(item), counts.get(item, 0), limits.get(item)) for item in Predicate)


def _limits(unit: UnitSpread) -> dict[Predicate, int]:
    found = unit.spread
    is_read = found.coverage is not None and found.coverage.is_enough
    rules = GUIDE[found.org] if found.org is not None and is_read else ()
    # Only a rule about one predicate is an upper limit; those about several ask for a least number.
    most = [(getattr(rule, "predicate", None), rule.percent) for rule in rules]
    return {predicate: percent * unit.total // 100 for predicate, percent in most if predicate is not None}
