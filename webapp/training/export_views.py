"""The file of completed training that SIASN takes as `rw-kursus`, quarter by quarter."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from flask import Blueprint
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.policy.actor import Actor
from processes.people.city import Period
from processes.training.queries.exported import Completed, completed_between
from webapp.current import ask, current_alur
from webapp.sheets import csv_file
from webapp.training.addresses import SIASN
from webapp.wiring import Alur

FIELDS: Final = (
    "nip",
    "namaKursus",
    "jumlahJam",
    "institusiPenyelenggara",
    "noSertipikat",
    "tanggalKursus",
    "tanggalSelesaiKursus",
    "tahunKursus",
)
_QUARTERS: Final = range(1, 5)


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(SIASN)(export_completed)


def export_completed(year: int, quarter: int) -> Response:
    """Give the training that was completed in a quarter as the rows that SIASN takes."""
    if quarter not in _QUARTERS:
        raise NotFound
    found = ask(read_completed, current_alur(), year, quarter)
    return csv_file(f"rw-kursus-{year}-{quarter}.csv", [FIELDS, *siasn_rows(found)])


def read_completed(read: Any, actor: Actor, alur: Alur, year: int, quarter: int) -> tuple[Completed, ...]:
    """Return what was completed in a quarter.

    :raise NotFound: the reader does not run the training.
    """
    alur.engine.policy.require(actor, "training:oversee", TenantSubject(actor.tenant), read)
    period = Period.quarter(year, quarter)
    return completed_between(read, actor.tenant, period.start, period.end)


def siasn_rows(completed: Iterable[Completed]) -> Iterator[tuple[str, ...]]:
    """Yield completed training by the field names of SIASN's `rw-kursus`; days as it writes them."""
    for one in completed:
        yield (
            one.nip,
            one.name,
            str(one.hours),
            one.provider,
            one.certificate,
            one.first_day.isoformat(),
            one.ended_on.isoformat(),
            str(one.ended_on.year),
        )
