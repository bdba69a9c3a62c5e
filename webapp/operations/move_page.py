"""What moving a token does, in sentences."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.plans import MovePlan
from webapp.current import current_alur, current_city
from webapp.operations.case_reading import OperatedCase
from webapp.operations.naming import name_of
from webapp.reasons import in_plain_words
from webapp.texts import gettext as _
from webapp.texts import show_day, show_instant


@dataclass(frozen=True, slots=True)
class PlanInWords:
    """A plan as its page shows it: what ends, what begins, what waits afterwards, and what to beware of."""

    ends: tuple[str, ...]
    begins: tuple[str, ...]
    stays: tuple[str, ...]
    warnings: tuple[str, ...]


def plan_in_words(plan: MovePlan, case: OperatedCase, names: Mapping[int, str]) -> PlanInWords:
    """Return a plan in the reader's language.

    :param names: of those who will be asked, as far as the reader may know them.
    """
    begins = (*_runs(plan, case), *_opens(plan, case, names))
    return PlanInWords(tuple(_ends(plan, case)), begins, tuple(_stays(plan, case)), tuple(_warnings(plan, case)))


def _ends(plan: MovePlan, case: OperatedCase) -> Iterator[str]:
    yield from (_("Tugas “%(name)s” ditutup, termasuk drafnya.", name=name) for name in _names(plan.tasks, case))
    yield from (_("Batas waktu “%(name)s” tidak berlaku lagi.", name=name) for name in _names(plan.timers, case))
    yield from (_("“%(name)s” tidak lagi menunggu pesan.", name=name) for name in _names(plan.messages, case))
    yield from (_("Hambatan di “%(name)s” dianggap selesai.", name=name) for name in _names(plan.incidents, case))
    for element, count in plan.inside.items():
        name = name_of(case.standing.outline, element)
        yield _("Yang berjalan di dalam “%(name)s” dihentikan (%(count)s).", name=name, count=count)


def _runs(plan: MovePlan, case: OperatedCase) -> Iterator[str]:
    passed = _names(plan.outcome.passed, case)
    if passed:
        yield _("Dilalui otomatis: %(names)s.", names=", ".join(passed))
    yield from (_("Pesan “%(name)s” dikirim ke kasus lain.", name=item.message) for item in plan.outcome.messages)


def _opens(plan: MovePlan, case: OperatedCase, names: Mapping[int, str]) -> Iterator[str]:
    for task in plan.outcome.tasks:
        more = [names[task.assignee]] if task.assignee is not None and task.assignee in names else []
        more += [_("paling lambat %(day)s", day=show_day(task.due))] if task.due else []
        opened = _("Tugas “%(name)s” dibuka", name=name_of(case.standing.outline, task.element))
        yield f"{opened} ({'; '.join(more)})." if more else f"{opened}."
    for timer in plan.outcome.timers:
        name = name_of(case.standing.outline, plan.elements[timer.token])
        yield _("Batas waktu “%(name)s” mulai berlaku: %(when)s.", name=name, when=_when(timer.due))
    yield from (_("Mulai menunggu pesan “%(name)s”.", name=item.message) for item in plan.outcome.subscriptions)


def _stays(plan: MovePlan, case: OperatedCase) -> Iterator[str]:
    yield from (_("“%(name)s” tetap menunggu.", name=name) for name in _names(plan.stays, case))
    for join in plan.joins:
        name, missing = name_of(case.standing.outline, join.element), ", ".join(_names(join.missing, case))
        yield _("%(name)s menunggu sampai ini juga selesai: %(missing)s.", name=name, missing=missing)


def _warnings(plan: MovePlan, case: OperatedCase) -> Iterator[str]:
    for item in plan.outcome.incidents:
        name = name_of(case.standing.outline, item.element)
        yield _("“%(name)s” akan langsung tertahan.", name=name) + " " + in_plain_words(item.code, item.text)
    if plan.is_finished:
        yield _("Sesudah ini tidak ada lagi yang menunggu: kasus berakhir.")


def _names(elements: Iterable[str], case: OperatedCase) -> list[str]:
    return [name_of(case.standing.outline, element) for element in elements]


def _when(instant: datetime) -> str:
    city = current_city()
    return show_instant(instant, current_alur().zone(city.code), label=city.zone_label)
