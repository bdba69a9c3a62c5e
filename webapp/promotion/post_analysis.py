"""The form of a post's workload analysis, and the decision about its need."""

import secrets
from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.policy.actor import Actor
from forms import AlurForm, Between, DecimalField, IntegerField, Required, TableField, Text, TextField
from processes.promotion.posts.commands.decide_need import DecideNeed
from processes.promotion.posts.commands.record_analysis import RecordAnalysis
from processes.promotion.posts.need import HIGHEST_FACTOR, LOWEST_FACTOR, MOST_HOLDERS, AreaFactor, Duty
from processes.promotion.posts.subjects import post_subject
from webapp.current import KEY_BYTES, ask, current_actor, current_alur, run_command
from webapp.promotion.post_detail import PostPage, explain_need, read_post_page
from webapp.promotion.post_views import POST, WORDS
from webapp.texts import gettext as _
from webapp.texts import language
from webapp.wiring import Alur

_HUNDRED = Decimal(100)
_MOST = 10_000_000


class DutyForm(AlurForm):
    """A duty of the post."""

    duty = TextField(Text("Uraian tugas", "Duty"), [Required()], max_length=300)
    product = TextField(Text("Hasil kerja", "Product"), [Required()], max_length=60)
    volume = DecimalField(Text("Volume setahun", "Volume a year"), [Required(), Between(0, _MOST)])
    hours = DecimalField(Text("Jam per hasil", "Hours for one"), [Required(), Between(Decimal("0.01"), _MOST)])


class FactorForm(AlurForm):
    """Something of the area that makes the duties heavier or lighter."""

    name = TextField(Text("Faktor wilayah", "Factor of the area"), [Required()], max_length=120)
    weight = DecimalField(
        Text("Bobot", "Weight"),
        [Required(), Between(LOWEST_FACTOR * _HUNDRED, HIGHEST_FACTOR * _HUNDRED)],
        unit=Text("%", "%"),
    )
    reason = TextField(Text("Alasan", "Reason"), [Required()], max_length=300)


class AnalysisForm(AlurForm):
    """The workload of a post in a year."""

    duties = TableField(
        Text("Uraian tugas", "Duties"),
        DutyForm,
        [Required()],
        hint=Text(
            "Volume: berapa hasil setahun untuk seluruh pemangku. Jam: waktu untuk satu hasil.",
            "Volume: how many a year for all holders together. Hours: the time for one.",
        ),
    )
    factors = TableField(
        Text("Faktor wilayah", "Factors of the area"),
        FactorForm,
        max_rows=10,
        hint=Text(
            "Misalnya wilayah kepulauan: 10% menambah sepersepuluh beban kerja. Sebutkan alasannya.",
            "Such as islands: 10% adds a tenth of the workload. Please give the reason.",
        ),
    )


class DecisionForm(AlurForm):
    """What the city has decided on."""

    approved = IntegerField(
        Text("Jumlah yang ditetapkan", "Number decided on"),
        [Required(), Between(0, MOST_HOLDERS)],
        unit=Text("orang", "people"),
    )
    decree = TextField(Text("Nomor keputusan", "Number of the decision"), [Required()], max_length=120)


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(f"{POST}/analisis")(show_analysis)
    blueprint.post(f"{POST}/analisis")(record_analysis)
    blueprint.post(f"{POST}/ketetapan")(decide_need)


def show_analysis(post: int) -> str:
    """Show the duties and factors of this year, or of the newest year before it as a draft."""
    page = ask(read_analysed, current_alur(), post)
    return _page(page, AnalysisForm(None, language=language(), data=_known(page)), _decision(page))


def record_analysis(post: int) -> Response | str | tuple[str, int]:
    """Keep the duties and factors, or add and take away a row of the form."""
    page = ask(read_analysed, current_alur(), post)
    form = AnalysisForm(request.form, language=language())
    if not form.validate():
        return _page(page, form, _decision(page)), 200 if form.row_change else 422
    given: dict[str, Any] = dict(form.typed_data())
    factors = tuple(AreaFactor(row["name"], row["weight"] / _HUNDRED, row["reason"]) for row in given["factors"] or ())
    if len({factor.name for factor in factors}) < len(factors):
        form.add_error("factors", _("Faktor yang sama tertulis dua kali. Gabungkan menjadi satu baris."))
        return _page(page, form, _decision(page)), 422
    duties = tuple(
        Duty(number, row["duty"], row["product"], row["volume"], row["hours"])
        for number, row in enumerate(given["duties"], start=1)
    )
    run_command(RecordAnalysis(post, _year(), duties, factors))
    flash(_("Analisis beban kerja disimpan. Kebutuhannya dihitung kembali."), "success")
    return redirect(url_for("promotion.show_post", post=post), 303)


def decide_need(post: int) -> Response | tuple[str, int]:
    """Keep how many people the city has decided on."""
    page = ask(read_decided, current_alur(), post)
    form = DecisionForm(request.form, language=language(), prefix="k")
    if not form.validate():
        return _page(page, AnalysisForm(None, language=language(), data=_known(page)), form), 422
    given: dict[str, Any] = dict(form.typed_data())
    run_command(DecideNeed(post, _year(), given["approved"], given["decree"]))
    flash(_("Kebutuhan jabatan ditetapkan."), "success")
    return redirect(url_for("promotion.show_post", post=post), 303)


def read_analysed(read: Any, actor: Actor, alur: Alur, post_id: int) -> PostPage:
    """Return a post whose analysis the reader may change.

    :raise NotFound: there is none for this reader.
    :raise Forbidden: he may see the post but not analyse it, or holds it himself.
    """
    return _required(read, actor, alur, post_id, "post:analyse")


def read_decided(read: Any, actor: Actor, alur: Alur, post_id: int) -> PostPage:
    """Return a post about whose need the reader may decide.

    :raise NotFound: there is none for this reader.
    :raise Forbidden: he may see the post but not decide about it, or holds it himself.
    """
    return _required(read, actor, alur, post_id, "post:decide")


def _required(read: Any, actor: Actor, alur: Alur, post_id: int, permission: str) -> PostPage:
    page = read_post_page(read, actor, alur, post_id)
    day = alur.now_in(actor.tenant).date()
    alur.engine.policy.require(actor, permission, post_subject(read, actor.tenant, post_id, day), read)
    return page


def _known(page: PostPage) -> dict[str, Any]:
    need = page.detail.need
    duties = [
        {"duty": one.duty, "product": one.product, "volume": one.volume, "hours": one.hours} for one in need.duties
    ]
    factors = [{"name": one.name, "weight": one.weight * _HUNDRED, "reason": one.reason} for one in need.factors]
    return {"duties": duties, "factors": factors}


def _decision(page: PostPage) -> DecisionForm:
    need = page.detail.need
    known = {"approved": need.people, "decree": need.decree if _is_of_this_year(page) else None}
    return DecisionForm(None, language=language(), data=known, prefix="k")


def _is_of_this_year(page: PostPage) -> bool:
    return page.detail.analysis is not None and page.detail.analysis.year == _year()


def _year() -> int:
    return current_alur().now_in(current_actor().tenant).year


def _page(page: PostPage, form: AnalysisForm, decision: DecisionForm) -> str:
    shown: dict[str, Any] = {"page": page, "form": form, "decision": decision, "year": _year()}
    keys = {"key": secrets.token_hex(KEY_BYTES), "decision_key": secrets.token_hex(KEY_BYTES)}
    is_older = page.detail.analysis is not None and not _is_of_this_year(page)
    return render_template(
        "promotion/analysis.html", **shown, **keys, is_older=is_older, tree=explain_need(page.detail), **WORDS
    )
