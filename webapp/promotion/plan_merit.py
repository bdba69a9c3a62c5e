"""The evidence of the merit system: live figures of each aspect, with the pages that show where they come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import Blueprint, render_template, url_for

from engine.command import TenantSubject
from engine.policy.actor import Actor
from processes.promotion.posts.merit import WEIGHTS, Aspect, MeritFigures, Part, read_merit
from webapp.current import ask, current_alur
from webapp.promotion.post_views import WORDS
from webapp.texts import gettext as _
from webapp.texts import lazy, show_number
from webapp.wiring import Alur

Pairs = tuple[tuple[str, str], ...]

_NAMES: Final[Mapping[Aspect, str]] = {
    Aspect.NEEDS: lazy("Perencanaan kebutuhan"),
    Aspect.RECRUITING: lazy("Pengadaan"),
    Aspect.CAREERS: lazy("Pengembangan karier"),
    Aspect.PROMOTION: lazy("Promosi dan mutasi"),
    Aspect.PERFORMANCE: lazy("Manajemen kinerja"),
    Aspect.PAY: lazy("Penggajian, penghargaan, dan disiplin"),
    Aspect.PROTECTION: lazy("Perlindungan dan pelayanan"),
    Aspect.INFORMATION: lazy("Sistem informasi"),
}


@dataclass(frozen=True, slots=True)
class ShownAspect:
    """An aspect with its figures and the pages behind them."""

    name: str
    weight: int
    figures: Pairs
    links: Pairs


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint this view."""
    blueprint.get("/jabatan/merit")(show_merit)


def show_merit() -> str:
    """Show what the records prove of each aspect."""
    figures, day = ask(read_figures, current_alur())
    aspects = [ShownAspect(_(_NAMES[one]), WEIGHTS[one], *_evidence(one, figures)) for one in Aspect]
    return render_template("promotion/merit.html", aspects=aspects, day=day, may_plan=True, **WORDS)


def read_figures(read: Any, actor: Actor, alur: Alur) -> tuple[MeritFigures, date]:
    """Return the figures of the reader's city today.

    :raise NotFound: they are not for this reader.
    """
    alur.engine.policy.require(actor, "needs:view", TenantSubject(actor.tenant), read)
    day = alur.now_in(actor.tenant).date()
    return read_merit(read, actor.tenant, day, city=alur.directory.city(actor.tenant)), day


def _evidence(aspect: Aspect, found: MeritFigures) -> tuple[Pairs, Pairs]:
    """Return the figures of an aspect and the pages behind them; of two aspects Alur keeps nothing."""
    posts = (_("Peta jabatan"), url_for("promotion.show_posts"))
    evidence: Mapping[Aspect, tuple[Pairs, Pairs]] = {
        Aspect.NEEDS: (
            (
                (_("Jabatan dengan analisis beban kerja"), part(found.analysed)),
                (_("Rencana lima tahun yang tersimpan"), show_number(found.plans)),
            ),
            (posts, (_("Rencana kebutuhan"), url_for("promotion.show_plan"))),
        ),
        Aspect.CAREERS: (
            (
                (_("Jabatan dengan standar kompetensi"), part(found.standards)),
                (_("Kompetensi yang sudah dinilai"), part(found.assessed)),
                (_("Penilaian yang memenuhi standar"), part(found.meeting)),
            ),
            ((_("Peta kompetensi"), url_for("promotion.show_skills")),),
        ),
        Aspect.PROMOTION: (
            (
                (_("Jabatan yang terisi pejabat definitif"), part(found.filled)),
                (_("Usulan kenaikan pangkat yang selesai"), part(found.promoted)),
            ),
            ((_("Pemantauan jabatan"), url_for("promotion.show_register")),),
        ),
        Aspect.PERFORMANCE: (
            (
                (_rated_label(found), part(found.rated)),
                (_("Evaluasi triwulanan yang selesai"), part(found.evaluated)),
            ),
            (),
        ),
        Aspect.PAY: (
            (
                (_("Penghargaan tahun ini"), show_number(found.awards)),
                (_("Hukuman disiplin yang berlaku hari ini"), show_number(found.sanctions)),
            ),
            (),
        ),
        Aspect.INFORMATION: (
            (
                (_("Pegawai dengan jabatan yang tercatat"), part(found.placed)),
                (_("Berkas data yang sudah diimpor"), show_number(found.imports)),
            ),
            (),
        ),
    }
    return evidence.get(aspect, ((), ()))


def part(found: Part) -> str:
    """Return how many of how many, with the share."""
    if found.percent is None:
        return _("belum ada")
    counted = {"count": show_number(found.count), "total": show_number(found.total)}
    return _("%(count)s dari %(total)s (%(percent)s%%)", **counted, percent=show_number(found.percent, 1))


def _rated_label(found: MeritFigures) -> str:
    if found.quarter is None:
        return _("Pegawai dengan hasil kinerja")
    year, quarter = found.quarter
    return _("Pegawai dengan hasil triwulan %(quarter)s %(year)s", quarter=quarter, year=year)
