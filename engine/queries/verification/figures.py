"""Proves the figures of processes: counted again from the journals, as far as their steps were taken in."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from engine.calendar import WorkCalendar
from engine.mining.figures import Figures, Place
from engine.mining.folding import CaseTrace, Folding
from engine.mining.moments import Moment
from engine.mining.office import OfficeTime
from engine.moving.timeline import told_by_release
from engine.queries.verification.dossier import Dossier
from engine.queries.verification.findings import Finding
from engine.records.mining import earlier, element_figure, mined_case, mining_mark
from engine.services import Directory

#: Sums that the journal alone gives, whatever the working days and due dates were.
PROVED: Final = ("entered", "left_count", "withdrawn", "returned", "failed", "wall_minutes")
_versions = select(mined_case.c.case_id, mined_case.c.version).order_by(mined_case.c.case_id)
_NO_DAYS: Final = WorkCalendar("", frozenset(), 5)


class MinedFigures:
    """Adds up what the journals say, case by case, and compares it with the figures in the end."""

    def __init__(self, read: Connection, directory: Directory) -> None:
        """Read how far the steps of each city are taken in."""
        self._read, self._directory = read, directory
        marks = read.execute(select(mining_mark.c.tenant, mining_mark.c.cases_to))
        self._known_to: Mapping[str, int] = {row.tenant: row.cases_to for row in marks}
        self._versions: Mapping[int, int] = {row.case_id: row.version for row in read.execute(_versions)}
        self._sums: defaultdict[str, defaultdict[Place, Figures]] = defaultdict(lambda: defaultdict(Figures))

    def note(self, case: Dossier) -> None:
        """Add the steps of a case that are taken in; a city whose rules cannot be asked is left out."""
        if not self._is_taken_in(case):
            return
        last = self._versions.get(case.id, len(case.journal))
        try:
            office = OfficeTime(_NO_DAYS, self._directory.zone(case.tenant))
        except Exception:
            # The plugin of the city, which may raise anything: its figures are not compared.
            self._known_to = {tenant: to for tenant, to in self._known_to.items() if tenant != case.tenant}
            return
        folding = Folding(case.process, case.subject, office, CaseTrace())
        try:
            moments = list(self._moments(case, last))
        except SQLAlchemyError:
            raise
        except Exception:
            return  # its release is damaged, which is said where contents are read
        for moment in moments:
            folding.take(moment)
        for place, figures in folding.figures.items():
            self._sums[case.tenant][place].add(figures)

    def _is_taken_in(self, case: Dossier) -> bool:
        """Say whether the figures hold a case; one that begins late, behind others, they may not hold yet."""
        known_to = self._known_to.get(case.tenant)
        return known_to is not None and (case.id in self._versions or case.id <= earlier(known_to))

    def _moments(self, case: Dossier, last: int) -> Iterator[Moment]:
        contents = [entry.content or {} for entry in case.journal]
        told = told_by_release(self._read, contents, case.release_id, case.digest)
        for entry, (content, release_id, outline, is_move) in zip(case.journal, told, strict=True):
            if entry.version <= last:
                yield Moment(entry.version, entry.at, entry.actor, content, release_id, outline, is_move)

    def check(self) -> Iterator[Finding]:
        """Yield each city and process whose figures are not what its journals add up to."""
        stored: defaultdict[str, dict[Place, Mapping[str, int]]] = defaultdict(dict)
        columns = (element_figure.c[name] for name in ("tenant", *Place._fields, *PROVED))
        for tenant, *row in self._read.execute(select(*columns)):
            place = Place(*row[: len(Place._fields)])
            stored[tenant][place] = dict(zip(PROVED, row[len(Place._fields) :], strict=True))
        for tenant in sorted(self._known_to):
            counted = {place: _proved(figures) for place, figures in self._sums[tenant].items()}
            odd = {
                place.process
                for place in counted.keys() | stored[tenant].keys()
                if _differs(place, counted, stored[tenant])
            }
            yield from (Finding("figures_differ", params={"tenant": tenant, "process": name}) for name in sorted(odd))


def _proved(figures: Figures) -> Mapping[str, int]:
    return {name: getattr(figures, name) for name in PROVED}


def _differs(
    place: Place, counted: Mapping[Place, Mapping[str, int]], stored: Mapping[Place, Mapping[str, int]]
) -> bool:
    nothing = dict.fromkeys(PROVED, 0)
    return counted.get(place, nothing) != stored.get(place, nothing)
