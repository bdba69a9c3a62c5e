"""The evidence of the merit system: live figures of each aspect, with the pages that show where they come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.errors import Forbidden
from engine.policy.actor import Actor
from forms import AlurForm, ChoiceField, Option, Text, TextField
from processes.people.city import ParameterSet
from processes.promotion.parameters import numbers_on
from processes.promotion.posts.commands.record_marks import LONGEST_EVIDENCE, RecordMarks
from processes.promotion.posts.merit import WEIGHTS, Aspect, MeritFigures, Part, read_merit
from processes.promotion.posts.merit_marks import (
    BANDS,
    HIGHEST_MARK,
    LOWEST_MARK,
    Band,
    Mark,
    SelfAssessment,
    band_of,
    newest_marks,
)
from webapp.current import ask, current_alur, run_command
from webapp.promotion.post_views import WORDS
from webapp.texts import english, language, lazy, show_number
from webapp.texts import gettext as _
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
_BANDS: Final[Mapping[Band, str]] = {
    Band.VERY_GOOD: lazy("Sangat baik"),
    Band.GOOD: lazy("Baik"),
    Band.FAIR: lazy("Kurang"),
    Band.POOR: lazy("Buruk"),
}
#: What else an aspect asks for, which is kept elsewhere.
_OUTSIDE: Final[Mapping[Aspect, str]] = {
    Aspect.RECRUITING: lazy("Pengumuman, seleksi, dan pelatihan dasar CPNS disimpan di SSCASN dan SIASN."),
    Aspect.PROTECTION: lazy("Jaminan kesehatan, kecelakaan kerja, kematian, dan bantuan hukum disimpan di luar Alur."),
}


@dataclass(frozen=True, slots=True)
class ShownAspect:
    """An aspect with its mark, its figures and the pages behind them.

    :param outside: what is kept elsewhere, in words; empty where Alur keeps all that it shows.
    """

    name: str
    outside: str
    weight: int
    mark: Mark | None
    figures: Pairs
    links: Pairs


@dataclass(frozen=True, slots=True)
class MeritPage:
    """The figures of today, and the marks of the newest year that has any.

    :param may_mark: the reader may give the marks of this year.
    """

    figures: MeritFigures
    day: date
    assessment: SelfAssessment | None
    bounds: ParameterSet
    may_mark: bool


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/jabatan/merit")(show_merit)
    blueprint.post("/jabatan/merit")(record_marks)


def show_merit() -> str:
    """Show what the records prove of each aspect."""
    return _page(ask(read_page, current_alur()))


def record_marks() -> Response | tuple[str, int]:
    """Keep the marks that the city gives itself."""
    page = ask(read_page, current_alur())
    if not page.may_mark:
        raise Forbidden()
    form = marks_form()(request.form, language=language())
    given = _given(form) if form.validate() else {}
    if not given and not form.error_summary():
        form.add_error(None, _("Isi paling sedikit satu nilai dengan buktinya."))
    if form.error_summary():
        return _page(page, form), 422
    run_command(RecordMarks(given))
    flash(_("Nilai mandiri disimpan."), "success")
    return redirect(url_for("promotion.show_merit"), 303)


def read_page(read: Any, actor: Actor, alur: Alur) -> MeritPage:
    """Return the figures of the reader's city today, with its marks.

    :raise NotFound: they are not for this reader.
    """
    policy, subject = alur.engine.policy, TenantSubject(actor.tenant)
    policy.require(actor, "needs:view", subject, read)
    day, city = alur.now_in(actor.tenant).date(), alur.directory.city(actor.tenant)
    return MeritPage(
        read_merit(read, actor.tenant, day, city=city),
        day,
        newest_marks(read, actor.tenant),
        numbers_on(read, actor.tenant, BANDS, day, city),
        policy.allows(actor, "merit:mark", subject, read),
    )


def marks_form() -> "partial[AlurForm]":
    """Return the form with a mark and its evidence for each aspect; what is left empty stays as it is."""
    marks = [Option(str(mark), Text(str(mark), str(mark))) for mark in range(LOWEST_MARK, HIGHEST_MARK + 1)]
    fields: dict[str, Any] = {}
    for one in Aspect:
        name = str(_NAMES[one])
        english_name = english().get(name, (name,))[0]
        fields[f"mark_{one}"] = ChoiceField(Text(f"Nilai: {name}", f"Mark: {english_name}"), options=marks)
        words = Text(f"Bukti: {name}", f"Evidence: {english_name}")
        fields[f"evidence_{one}"] = TextField(words, max_length=LONGEST_EVIDENCE)
    return partial(type("MarksForm", (AlurForm,), fields))


def _given(form: AlurForm) -> dict[Aspect, Mark]:
    """Return the marks that were given; one without evidence is told of at its field."""
    typed: dict[str, Any] = dict(form.typed_data())
    found: dict[Aspect, Mark] = {}
    for one in Aspect:
        mark, evidence = typed[f"mark_{one}"], (typed[f"evidence_{one}"] or "").strip()
        if mark and not evidence:
            form.add_error(f"evidence_{one}", _("Tulis bukti untuk nilai ini."))
        elif mark:
            found[one] = Mark(int(mark), evidence)
    return found


def _page(page: MeritPage, form: AlurForm | None = None) -> str:
    marks = page.assessment.marks if page.assessment is not None else {}
    aspects = [_shown(one, marks.get(one), page.figures) for one in Aspect]
    known = {f"mark_{one}": str(item.mark) for one, item in marks.items()}
    known |= {f"evidence_{one}": item.evidence for one, item in marks.items()}
    return render_template(
        "promotion/merit.html",
        page=page,
        aspects=aspects,
        form=form or marks_form()(language=language(), data=known),
        total=_total(page),
        may_plan=True,
        **WORDS,
    )


def _shown(aspect: Aspect, mark: Mark | None, figures: MeritFigures) -> ShownAspect:
    outside = _OUTSIDE.get(aspect)
    said = _(outside) if outside is not None else ""
    return ShownAspect(_(_NAMES[aspect]), said, WEIGHTS[aspect], mark, *_evidence(aspect, figures))


def _total(page: MeritPage) -> str:
    """Return what the marks add up to, or that they are not whole yet; empty without marks."""
    if page.assessment is None:
        return ""
    total, year = page.assessment.total, page.assessment.year
    if total is None:
        counts = {"count": len(page.assessment.marks), "all": len(WEIGHTS), "year": year}
        return _("Nilai mandiri %(year)s baru diisi untuk %(count)s dari %(all)s aspek.", **counts)
    band = _(_BANDS[band_of(total, page.bounds.values)])
    return _("Nilai mandiri %(year)s: %(total)s dari 400 (%(band)s).", year=year, total=total, band=band)


def _evidence(aspect: Aspect, found: MeritFigures) -> tuple[Pairs, Pairs]:
    """Return the figures of an aspect and the pages behind them."""
    posts = (_("Peta jabatan"), url_for("promotion.show_posts"))
    evidence: Mapping[Aspect, tuple[Pairs, Pairs]] = {
        Aspect.NEEDS: (
            (
                (_("Jabatan dengan analisis beban kerja"), part(found.analysed)),
                (_("Rencana lima tahun yang tersimpan"), show_number(found.plans)),
            ),
            (posts, (_("Rencana kebutuhan"), url_for("promotion.show_plan"))),
        ),
        Aspect.RECRUITING: (
            (
                (_("Pegawai yang mulai bertugas tahun ini"), show_number(found.needed.total)),
                (_("Di antaranya pada jabatan yang kebutuhannya tercatat"), part(found.needed)),
            ),
            (),
        ),
        Aspect.PROTECTION: (
            (
                (_("Sanggahan tunjangan yang selesai"), part(found.disputes)),
                (_("Pegawai yang cutinya tercatat tahun ini"), show_number(found.on_leave)),
            ),
            (),
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
    return evidence[aspect]


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
