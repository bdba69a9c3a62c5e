"""Reads the page of one post, and says how its need came about."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.policy.actor import Actor
from processes.people.city import City
from processes.promotion.posts.detail import LastResult, PostDetail, read_detail
from processes.promotion.posts.holding import Tenure
from processes.promotion.posts.need import AreaFactor, Duty, Need
from processes.promotion.posts.subjects import post_subject
from processes.promotion.posts.visible import units_with_levels
from webapp.promotion.post_words import predicate_words
from webapp.texts import gettext as _
from webapp.texts import ngettext, show_day, show_number
from webapp.wiring import Alur

#: An input of the tree that the page unfolds: label, value, formula, source, inputs.
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PostPage:
    """One post as the reader may see it."""

    detail: PostDetail
    city: City
    may_analyse: bool
    may_decide: bool
    names_people: bool


def read_post_page(read: Any, actor: Actor, alur: Alur, post_id: int) -> PostPage:
    """Return a post for somebody who sees the posts of its unit.

    :raise NotFound: there is none for this reader.
    """
    tenant, day = actor.tenant, alur.now_in(actor.tenant).date()
    subject, policy = post_subject(read, tenant, post_id, day), alur.engine.policy
    policy.require(actor, "post:view", subject, read)
    levels = {unit.id for unit in units_with_levels(read, actor)}
    city, is_named = alur.directory.city(tenant), subject.unit_id in levels
    detail = read_detail(read, tenant, post_id, day, city=city, is_named=is_named, candidates=levels)
    may = {name: policy.allows(actor, name, subject, read) for name in ("post:analyse", "post:decide")}
    return PostPage(detail, city, may["post:analyse"], may["post:decide"], is_named)


def explain_need(detail: PostDetail) -> list[Node]:
    """Return how the need came about, from the people down to each duty; empty while nothing is recorded."""
    need, analysis = detail.need, detail.analysis
    if analysis is None or need.people is None:
        return []
    computed = _computed(need, detail.workload.source) if need.duties else None
    if need.approved is None:
        return [computed] if computed is not None else []
    decided: Node = {
        "label": _("Kebutuhan yang ditetapkan untuk %(year)s", year=analysis.year),
        "value": _people(need.approved),
        "source": need.decree or "",
    }
    if computed is not None:
        decided["inputs"] = [computed]
    return [decided]


def tell_history(detail: PostDetail) -> list[dict[str, str]]:
    """Return who held the post, the newest first, as a timeline; with the newest predicate of those who hold it."""
    return [_tenure(item, detail) for item in detail.tenures]


def _tenure(item: Tenure, detail: PostDetail) -> dict[str, str]:
    first, last = show_day(item.first), show_day(item.last)
    found = detail.results.get(item.person) if item.last is None else None
    return {
        "title": item.name,
        "when": _("%(first)s sampai %(last)s", first=first, last=last) if last else _("sejak %(first)s", first=first),
        "detail": _last_result(found) if found is not None else "",
        "mark": "person" if item.last is None else "dot",
    }


def _last_result(found: LastResult) -> str:
    return _(
        "Predikat terakhir: %(predicate)s (triwulan %(quarter)s %(year)s)",
        predicate=predicate_words(found.predicate),
        quarter=found.quarter,
        year=found.year,
    )


def _computed(need: Need, source: str) -> Node:
    hours = show_number(need.effective_hours)
    formula = _(
        "%(work)s jam ÷ %(hours)s jam = %(exact)s, dibulatkan",
        work=_plain(need.weighted),
        hours=hours,
        exact=show_number(need.exact, 2),
    )
    inputs: list[Node] = [_workload(need)]
    if need.factors:
        inputs.append(_factors(need))
    inputs.append(
        {"label": _("Jam kerja efektif satu orang setahun"), "value": _hours(need.effective_hours), "source": source}
    )
    return {
        "label": _("Kebutuhan menurut beban kerja"),
        "value": _people(need.computed or 0),
        "formula": formula,
        "inputs": inputs,
    }


def _workload(need: Need) -> Node:
    inputs = [_duty(duty) for duty in need.duties]
    return {
        "label": _("Beban kerja setahun"),
        "value": _hours(need.workload),
        "formula": _("Jumlah semua uraian tugas"),
        "inputs": inputs,
    }


def _duty(duty: Duty) -> Node:
    volume, hours = show_number(duty.volume), show_number(duty.hours)
    formula = _("%(volume)s %(product)s × %(hours)s jam", volume=volume, product=duty.product, hours=hours)
    return {"label": f"{duty.number}. {duty.duty}", "value": _hours(duty.workload), "formula": formula}


def _factors(need: Need) -> Node:
    inputs = [_factor(factor) for factor in need.factors]
    formula = _(
        "%(work)s jam × (100%% + %(share)s) = %(weighted)s jam",
        work=_plain(need.workload),
        share=share(need.weight),
        weighted=_plain(need.weighted),
    )
    return {
        "label": _("Faktor wilayah"),
        "value": share(need.weight, is_signed=True),
        "formula": formula,
        "inputs": inputs,
    }


def _factor(factor: AreaFactor) -> Node:
    return {"label": factor.name, "value": share(factor.weight, is_signed=True), "source": factor.reason}


def share(weight: Decimal, *, is_signed: bool = False) -> str:
    """Return a share of one as percent, with its plus where it adds something."""
    sign = "+" if is_signed and weight > 0 else ""
    return f"{sign}{show_number((weight * 100).normalize())}%"


def _people(count: int) -> str:
    return ngettext("%(count)s orang", "%(count)s orang", count)


def _hours(hours: Decimal) -> str:
    return _("%(hours)s jam", hours=_plain(hours))


def _plain(number: Decimal) -> str:
    """Return a number with at most two digits behind the mark; what is computed from it is not rounded."""
    return show_number(number.quantize(Decimal("0.01")))
