"""Succession lists of key posts: drawn by the personnel agency, approved by the appointing authority."""

import csv
import secrets
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import Conflict, Forbidden, Invalid
from forms import AlurForm, Required, Text, TextField
from processes.promotion.posts.holding import Post
from processes.promotion.succession.commands.approve_list import LONGEST_DECREE, ApproveList
from processes.promotion.succession.commands.draw_list import DrawList
from processes.promotion.succession.drawing import Exclusion, Readiness
from processes.promotion.succession.lists import Listed, SuccessionList
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.errors import answer_to
from webapp.promotion.post_views import WORDS, number
from webapp.promotion.succession_reading import PostSuccession, read_key_posts, read_list, read_succession
from webapp.texts import gettext as _
from webapp.texts import language, lazy

_ID = "int(max=9223372036854775807)"
POST = f"/suksesi/<{_ID}:post>"
LIST = f"/suksesi/daftar/<{_ID}:succession>"
READINESS: Final[Mapping[Readiness, tuple[str, str]]] = {
    Readiness.NOW: (lazy("Siap sekarang"), "success"),
    Readiness.SOON: (lazy("Siap 1–2 tahun"), "info"),
}
EXCLUSIONS: Final[Mapping[Exclusion, str]] = {
    Exclusion.CONFLICT: lazy("Benturan kepentingan: keluarga, atau ia sendiri yang menyusun atau menyetujui"),
    Exclusion.SANCTION: lazy("Hukuman disiplin sedang atau berat masih berlaku"),
    Exclusion.RETIRING: lazy("Pensiun dalam waktu dekat"),
}
_FIELDS: Final = (
    "jabatan",
    "versi",
    "disusun",
    "disetujui",
    "keputusan",
    "peringkat",
    "nip",
    "nama",
    "kotak",
    "nilai",
    "kesiapan",
    "kecocokan_persen",
    "kompetensi_di_bawah_standar",
    "belum_dinilai",
    "dikecualikan",
)
_WORDS: Final[dict[str, Any]] = {"readiness": READINESS, "exclusions": EXCLUSIONS}


class ApproveForm(AlurForm):
    """By which decision a list is put in force."""

    decree = TextField(Text("Nomor keputusan", "Number of the decision"), [Required()], max_length=LONGEST_DECREE)


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/suksesi")(show_successions)
    blueprint.get(POST)(show_succession)
    blueprint.post(POST)(draw_succession)
    blueprint.post(LIST)(approve_succession)
    blueprint.get(f"{LIST}/suksesi.csv")(export_succession)


def show_successions() -> str:
    """Show the key posts with their newest lists."""
    found = ask(read_key_posts, current_alur(), number("halaman") or 1)
    return render_template(
        "promotion/successions.html",
        found=found,
        page_url=lambda page: url_for("promotion.show_successions", halaman=page),
        **WORDS,
    )


def show_succession(post: int) -> str:
    """Show the lists of a key post, one of them with its names."""
    return _page(ask(read_succession, current_alur(), post, number("versi")))


def draw_succession(post: int) -> Response:
    """Draw a new version of the list."""
    if not ask(read_succession, current_alur(), post, None).may_draw:
        raise Forbidden()
    try:
        run_command(DrawList(post))
    except (Invalid, Conflict) as error:
        flash(" ".join(answer_to(error).lines), "danger")
    else:
        flash(_("Daftar disusun dan menunggu persetujuan PPK."), "success")
    return redirect(url_for("promotion.show_succession", post=post), 303)


def approve_succession(succession: int) -> Response | tuple[str, int]:
    """Put the newest version in force."""
    drawn, post, _names = ask(read_list, current_alur(), succession)
    found = ask(read_succession, current_alur(), post.id, drawn.version)
    if not found.may_approve:
        raise Forbidden()
    form = ApproveForm(request.form, language=language())
    if not form.validate():
        return _page(found, form), 422
    try:
        run_command(ApproveList(succession, str(form.typed_data()["decree"])))
    except (Invalid, Conflict) as error:
        flash(" ".join(answer_to(error).lines), "danger")
    else:
        flash(_("Daftar suksesi disetujui dan berlaku."), "success")
    return redirect(url_for("promotion.show_succession", post=post.id), 303)


def export_succession(succession: int) -> Response:
    """Give a version as a file."""
    found, post, listed = ask(read_list, current_alur(), succession)
    answer = Response(succession_file(found, post, listed), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="suksesi-{post.code}-{found.version}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def succession_file(found: SuccessionList, post: Post, listed: Iterable[Listed]) -> str:
    """Return a version as CSV, one line for each name."""
    text = StringIO()
    sheet = csv.writer(text, lineterminator="\r\n")
    sheet.writerow(_FIELDS)
    sheet.writerows(_rows(found, post, listed))
    return text.getvalue()


def _rows(found: SuccessionList, post: Post, listed: Iterable[Listed]) -> Iterator[tuple[str, ...]]:
    for item in listed:
        one = item.successor
        yield (
            post.name,
            str(found.version),
            found.drawn_on.isoformat(),
            found.approved_on.isoformat() if found.approved_on is not None else "",
            found.decree or "",
            str(one.place) if one.place is not None else "",
            item.nip,
            item.name,
            str(one.box),
            f"{one.value:.2f}",
            _(READINESS[one.readiness][0]) if one.readiness is not None else "",
            f"{one.fit:.0f}",
            str(one.short),
            str(one.unassessed),
            _(EXCLUSIONS[one.excluded]) if one.excluded is not None else "",
        )


def _page(found: PostSuccession, form: ApproveForm | None = None) -> str:
    tabs = [
        (
            _("Versi %(number)s", number=item.version),
            url_for("promotion.show_succession", post=found.post.id, versi=item.version),
            found.shown is not None and item.id == found.shown.id,
            None,
        )
        for item in found.versions
    ]
    return render_template(
        "promotion/succession.html",
        found=found,
        form=form or ApproveForm(language=language()),
        versions=tabs,
        key=secrets.token_hex(KEY_BYTES),
        **_WORDS,
    )
