"""Looks at the cities: that each that was set up has a plugin, and that the plugin keeps its promises."""

from collections.abc import Iterator

from sqlalchemy import select

from engine.records.tenant import Standing, tenant
from plugins.report import check_city, list_plugins
from webapp.wiring.alur import Alur
from webapp.wiring.examination.finding import Finding, State, judged


def examine_cities(alur: Alur) -> Iterator[Finding]:
    """Yield a finding for each city that was set up, and for each plugin that is broken."""
    problems = {row.code: row.problem for row in list_plugins(alur.cities) if row.is_broken}
    for city in sorted(alur.unavailable()):
        advice = f"Pasang atau perbaiki alur-{city} (alur plugin list). Kasus kota ini menunggu; kota lain berjalan."
        yield Finding("cities.missing", f"Plugin {city}", State.ERROR, _said(problems.get(city)), advice)
    for city in alur.served():
        lines = [line for line in check_city(city, alur.cities).lines if line.problems]
        found = "; ".join(line.title.id for line in lines) or "memenuhi semua pemeriksaan"
        advice = f"Rinciannya: alur plugin check {city}. Beri tahu pembuat plugin."
        yield judged("cities.promises", f"Plugin {city}", found, advice, is_good=not lines)
    yield from _examine_closed(alur)
    yield from _examine_unused(alur)


def _examine_closed(alur: Alur) -> Iterator[Finding]:
    """Yield a finding for each city that is closed, and for each whose way in or out was broken off."""
    advice = {
        Standing.CLOSED: "Buka lagi bila tidak jadi dipindahkan: alur city reopen {}",
        Standing.ARRIVING: "Bila tidak sedang berjalan, ulangi alur city import, atau batalkan: alur city remove {}",
        Standing.LEAVING: "Bila tidak sedang berjalan, ulangi dengan arsip yang sama: alur city remove {} BERKAS",
    }
    words = {
        Standing.CLOSED: "ditutup",
        Standing.ARRIVING: "belum lengkap masuk",
        Standing.LEAVING: "belum lengkap keluar",
    }
    with alur.database.reading() as read:
        rows = read.execute(select(tenant.c.code, tenant.c.standing, tenant.c.since).order_by(tenant.c.code)).all()
    for code, standing, since in rows:
        if standing in advice:
            said = f"{words[standing]} sejak {since:%d/%m/%Y %H.%M} UTC"
            yield Finding("cities.closed", f"Kota {code}", State.WARNING, said, advice[standing].format(code))


def _said(problem: str | None) -> str:
    return "tidak terpasang" if problem is None else f"rusak: {problem}"


def _examine_unused(alur: Alur) -> Iterator[Finding]:
    for row in list_plugins(alur.cities):
        if row.is_broken and row.code not in alur.unavailable():
            advice = f"Copot {row.distribution}, atau pasang versi yang bekerja."
            yield Finding("cities.broken", f"Plugin {row.code}", State.WARNING, row.problem, advice)
    if not alur.served() and not alur.unavailable():
        advice = "Siapkan kota pertama: alur init KOTA (daftar kota: alur plugin list)."
        yield Finding("cities.none", "Kota", State.WARNING, "belum ada", advice)
