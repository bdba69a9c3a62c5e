"""Where notices about designs and releases lead."""

from webapp.texts import lazy

_WAITING = "studio.show_waiting", lazy("Lihat rancangan")
_PROCESSES = "studio.show_processes", lazy("Lihat di Studio")

LINKS = {
    "design.invited": _WAITING,
    "design.answered": _WAITING,
    "design.review_asked": _WAITING,
    **dict.fromkeys(("design.remarked", "design.approved", "design.returned"), _PROCESSES),
    **dict.fromkeys(("design.released", "release.restored"), _PROCESSES),
}
