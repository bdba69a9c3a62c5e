"""What may be done in a play: every action makes another scenario, which is then played from its start."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from engine.scenarios import Complete, Expectation, Hear, Pass, Retry, Scenario, Standing, Step, look, time_limit
from engine.scenarios.beginning import guessed_scenario
from engine.scenarios.compared import compared_values
from forms.cleaning import InputError
from forms.dates import parse_date
from webapp.studio.play.ground import SECONDS, Ground
from webapp.studio.play.holidays import with_holidays
from webapp.studio.play.typed import NotPlayable, read_rows, read_typed
from webapp.texts import gettext as _
from webapp.texts import language

MOST_STEPS: Final = 200
MOST_DAYS: Final = 366
Sent = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Played:
    """A play so far, and where it stands."""

    scenario: Scenario
    standing: Standing


def begun(ground: Ground, name: str, now: datetime, holidays: Collection[date], *, whole: bool) -> Scenario:
    """Return the scenario with which a play begins.

    :param name: of the file of a scenario; of none the beginning is guessed from the diagram.
    :param whole: all its steps have happened already, else only its beginning.
    :param now: the instant at which a guessed case begins.
    :param holidays: those that the city knows; a scenario that goes on keeps its own.
    """
    assert ground.release is not None
    known = ground.scenarios.get(name)
    if known is None:
        at = now.replace(hour=8, minute=0, second=0, microsecond=0)
        return with_holidays(guessed_scenario(ground.release, at, compared_values(ground.release)), holidays)
    return known if whole else with_holidays(replace(known, steps=(), expect=Expectation()), holidays)


def acted(ground: Ground, scenario: Scenario, action: str, sent: Sent) -> Played:
    """Return the play after an action.

    :raise NotPlayable: it cannot be done as it was typed, or the case does not offer it.
    """
    act = _ACTIONS.get(action)
    if act is None:
        raise NotPlayable(_("Pilih salah satu tombol di halaman ini."))
    return played(ground, act(ground, scenario, sent), was=scenario)


def completed(ground: Ground, scenario: Scenario, element: str, place: int, answers: Mapping[str, Any]) -> Played:
    """Return the play after a person has completed a task.

    :raise NotPlayable: the case does not offer the task.
    """
    return played(ground, _with(scenario, Complete(element, answers, place)), was=scenario)


def played(ground: Ground, scenario: Scenario, was: Scenario | None = None) -> Played:
    """Play a scenario from its start.

    :param was: the scenario before the last action, which is undone if the case does not offer it.
    :raise NotPlayable: the case does not offer the last step.
    """
    assert ground.release is not None
    standing = look(ground.release, scenario, time_limit(SECONDS))
    if standing.problem is not None and was is not None and len(scenario.steps) > len(was.steps):
        raise NotPlayable(_("Langkah ini tidak dapat dilakukan: %(why)s", why=standing.problem.texts[language()]))
    return Played(scenario, standing)


def _with(scenario: Scenario, step: Step) -> Scenario:
    if len(scenario.steps) >= MOST_STEPS:
        raise NotPlayable(_("Uji coba ini sudah %(most)s langkah. Simpan, lalu mulai yang baru.", most=MOST_STEPS))
    return replace(scenario, steps=(*scenario.steps, step))


def _open(ground: Ground, scenario: Scenario, sent: Sent) -> Scenario:
    return scenario


def _again(ground: Ground, scenario: Scenario, sent: Sent) -> Scenario:
    return replace(scenario, steps=())


def _back(ground: Ground, scenario: Scenario, sent: Sent) -> Scenario:
    return replace(scenario, steps=scenario.steps[:-1])


def _start(ground: Ground, scenario: Scenario, sent: Sent) -> Scenario:
    return replace(scenario, start=read_rows(sent), steps=())


def _answer(ground: Ground, scenario: Scenario, sent: Sent) -> Scenario:
    """Give a service one more answer: a value, a failure, or an error that the diagram catches."""
    service, kind = sent.get("_service", ""), sent.get("_kind", "")
    given: Any = read_typed(sent.get("_answer", ""))
    if kind.startswith("known "):
        given = _known_answer(ground, service, kind.removeprefix("known "))
    elif kind == "fails":
        given = {"fails": _("Layanan gagal dalam uji coba ini.")}
    elif kind.startswith("throws "):
        given = {"throws": kind.removeprefix("throws ")}
    before = scenario.services.get(service, ())
    return replace(scenario, services={**scenario.services, service: (*before, given)})


def _known_answer(ground: Ground, service: str, number: str) -> Any:
    known = ground.service_answers(service)
    if not number.isdecimal() or len(number) > len(str(len(known))) or int(number) >= len(known):
        raise NotPlayable(_("Jawaban itu sudah tidak ada. Pilih jawaban lain, atau ketik sendiri."))
    return known[int(number)]


def _answers(ground: Ground, scenario: Scenario, sent: Sent) -> Scenario:
    """Give a service other answers, call by call; without any it asks again."""
    service = sent.get("_service", "")
    given = read_typed(sent.get("_answers", ""))
    if given is not None and not isinstance(given, list):
        raise NotPlayable(_("Tulis jawabannya sebagai daftar di dalam kurung siku, satu untuk setiap panggilan."))
    others = {name: answers for name, answers in scenario.services.items() if name != service}
    return replace(scenario, services={**others, service: tuple(given)} if given else others)


def _message(ground: Ground, scenario: Scenario, sent: Sent) -> Scenario:
    return _with(scenario, Hear(sent.get("_message", ""), sent.get("_key") or None, read_rows(sent)))


def _retry(ground: Ground, scenario: Scenario, sent: Sent) -> Scenario:
    return _with(scenario, Retry(sent.get("_element", "")))


def _timer(ground: Ground, scenario: Scenario, sent: Sent) -> Scenario:
    due = played(ground, scenario).standing.next_timer
    if due is None:
        raise NotPlayable(_("Tidak ada batas waktu yang menunggu. Kerjakan langkah yang lain."))
    return _with(scenario, Pass(until=due.astimezone(_zone(scenario))))


def _days(ground: Ground, scenario: Scenario, sent: Sent) -> Scenario:
    count = sent.get("_days", "").strip()
    if not count.isdecimal() or len(count) > 3 or not 0 < int(count) <= MOST_DAYS:
        raise NotPlayable(_("Tulis banyaknya hari kerja, dari 1 sampai %(most)s.", most=MOST_DAYS))
    now = _now(ground, scenario)
    try:
        day = scenario.work_days.add_working_days(now.date(), int(count))
    except ValueError as error:
        raise NotPlayable(_("Waktu tidak dapat melewati tahun 9999.")) from error
    return _with(scenario, Pass(until=datetime.combine(day, now.timetz())))


def _date(ground: Ground, scenario: Scenario, sent: Sent) -> Scenario:
    now = _now(ground, scenario)
    try:
        day = parse_date(sent.get("_date", ""))
    except InputError as error:
        raise NotPlayable(_("Tulis tanggalnya sebagai hari/bulan/tahun, misalnya 17/08/2026.")) from error
    until = now.replace(year=day.year, month=day.month, day=day.day)
    if until <= now:
        raise NotPlayable(_("Waktu hanya dapat maju. Pilih tanggal sesudah hari ini di uji coba."))
    return _with(scenario, Pass(until=until))


def _now(ground: Ground, scenario: Scenario) -> datetime:
    return played(ground, scenario).standing.now.astimezone(_zone(scenario))


def _zone(scenario: Scenario) -> tzinfo | None:
    return scenario.begins.tzinfo


_ACTIONS: Final[Mapping[str, Callable[[Ground, Scenario, Sent], Scenario]]] = {
    "open": _open,
    "again": _again,
    "back": _back,
    "start": _start,
    "answer": _answer,
    "answers": _answers,
    "message": _message,
    "retry": _retry,
    "timer": _timer,
    "days": _days,
    "date": _date,
}
