"""Decrees of appointment: those of a year, and SIASN's file of them."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.policy.actor import Actor
from processes.promotion.appointing.queries.post_decrees import PostDecree, decree_years, post_decrees_of
from processes.promotion.appointing.services import post_decree_name
from webapp.current import ask, current_actor, current_alur
from webapp.promotion.post_views import number
from webapp.wiring import Alur

DECREES = "/pengisian-jabatan/sk"
#: Field names of SIASN's `rw-jabatan`; those whose codes only SIASN knows (eselonId, jabatanFungsionalId,
#: jenisPenugasanId, jenisMutasiId) are left empty, and its own page fills them in.
_FIELDS = (
    "nip",
    "jenisJabatan",
    "unorId",
    "eselonId",
    "jabatanFungsionalId",
    "namaJabatan",
    "nomorSk",
    "tanggalSk",
    "tmtJabatan",
    "tmtPelantikan",
    "jenisPenugasanId",
    "jenisMutasiId",
)
#: `jenisJabatan` of managerial posts: 1 is structural.
_STRUCTURAL = "1"
#: How SIASN writes days.
_DAY = "%d-%m-%Y"


@dataclass(frozen=True, slots=True)
class DecreesOfYear:
    """The decrees of a year, and which years there are, each with how many."""

    year: int
    years: tuple[tuple[int, int], ...]
    rows: tuple[PostDecree, ...]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(DECREES)(show_post_decrees)
    blueprint.get(f"{DECREES}/<int(min=2000, max=2100):year>/siasn.csv")(export_post_decrees)


def show_post_decrees() -> str:
    """Show the decrees of appointment of a year, by default of this one."""
    found = ask(read_post_decrees, current_alur(), number("tahun") or _this_year())
    return render_template("promotion/post_decrees.html", found=found, decree_name=post_decree_name)


def export_post_decrees(year: int) -> Response:
    """Give those of a year by which somebody was inaugurated, as the rows that SIASN takes as `rw-jabatan`."""
    found = ask(read_post_decrees, current_alur(), year)
    answer = Response(post_file(found.rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="rw-jabatan-{year}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def read_post_decrees(read: Any, actor: Actor, alur: Alur, year: int) -> DecreesOfYear:
    """Return the decrees of a year.

    :raise NotFound: the reader may not see decrees.
    """
    alur.engine.policy.require(actor, "decree:view", TenantSubject(actor.tenant), read)
    return DecreesOfYear(year, decree_years(read, actor.tenant), post_decrees_of(read, actor.tenant, year))


def post_file(decrees: Iterable[PostDecree]) -> str:
    """Return decrees as CSV in the field names of SIASN's `rw-jabatan`; without an inauguration there is no row."""
    text = StringIO()
    sheet = csv.writer(text, lineterminator="\r\n")
    sheet.writerow(_FIELDS)
    sheet.writerows(_rows(decrees))
    return text.getvalue()


def _rows(decrees: Iterable[PostDecree]) -> Iterator[tuple[str, ...]]:
    for one in decrees:
        if one.inaugurated_on is not None and one.holds_from is not None:
            number_, days = post_decree_name(one.number, one.year), (one.decreed_on, one.holds_from, one.inaugurated_on)
            place = (one.nip, _STRUCTURAL, one.unit_code, "", "", one.post_name)
            yield (*place, number_, *(day.strftime(_DAY) for day in days), "", "")


def _this_year() -> int:
    return current_alur().now_in(current_actor().tenant).year
