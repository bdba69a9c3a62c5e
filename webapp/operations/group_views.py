"""What is stuck in the city, by cause: seen, and tried again together."""

import secrets

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.retry_incidents import RetryIncidents
from engine.errors import NotFound
from processes.people.queries.left_tasks import PAGE
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.operations.group_reading import GroupPage, read_group, read_overview
from webapp.operations.naming import described, label_of
from webapp.reasons import in_plain_words
from webapp.texts import gettext as _
from webapp.texts import ngettext

GROUP = "/operasi/hambatan/<process>/<cause>"
LONGEST_PLACE = 18


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/operasi")(show_groups)
    blueprint.get(GROUP)(show_group)
    blueprint.get(f"{GROUP}/coba-lagi")(show_retry)
    blueprint.post(f"{GROUP}/coba-lagi")(retry_group)


def show_groups() -> str:
    """Show what is stuck by cause, and which cases are suspended."""
    overview = ask(read_overview, current_alur())
    return render_template(
        "operations/groups.html", overview=overview, plain=in_plain_words, label=label_of, most_left=PAGE
    )


def show_group(process: str, cause: str) -> str | Response:
    """Show one cause with its cases; whoever comes back when nothing is stuck for it any more is led to the others."""
    try:
        page = ask(read_group, current_alur(), process, cause, after=_after())
    except NotFound:
        ask(read_overview, current_alur())
        flash(_("Tidak ada lagi yang tertahan karena penyebab ini."), "success")
        return redirect(url_for("operations.show_groups"), 303)
    return _page("operations/group.html", page)


def show_retry(process: str, cause: str) -> str:
    """Ask whether everything that is stuck for this cause is to be tried again."""
    return _page("operations/retry_group.html", ask(read_group, current_alur(), process, cause))


def retry_group(process: str, cause: str) -> Response:
    """Have everything that is stuck for this cause tried again in the background."""
    receipt = run_command(RetryIncidents(process, cause))
    if receipt.value is not None:
        flash(
            ngettext(
                "%(count)s kasus dicoba lagi di latar belakang; Anda boleh menutup halaman ini.",
                "%(count)s kasus dicoba lagi di latar belakang; Anda boleh menutup halaman ini.",
                receipt.value,
            ),
            "success",
        )
    return redirect(url_for("operations.show_group", process=process, cause=cause), 303)


def _page(template: str, page: GroupPage) -> str:
    return render_template(
        template,
        page=page,
        group=page.group,
        plain=in_plain_words,
        label=label_of,
        described=described,
        is_first=_after() == (0, 0),
        key=secrets.token_hex(KEY_BYTES),
    )


def _after() -> tuple[int, int]:
    """Return the case and token after which the page begins."""
    parts = request.args.get("setelah", "").split("-")
    is_good = len(parts) == 2 and all(p.isascii() and p.isdigit() and len(p) <= LONGEST_PLACE for p in parts)
    return (int(parts[0]), int(parts[1])) if is_good else (0, 0)
