"""Goes through everything there is to look at; what cannot be looked at is itself a finding."""

from collections.abc import Callable, Iterator
from typing import Final

from webapp.wiring.alur import Alur
from webapp.wiring.examination.belonging import examine_belonging
from webapp.wiring.examination.cities import examine_cities
from webapp.wiring.examination.clock import examine_clock
from webapp.wiring.examination.database import examine_database
from webapp.wiring.examination.disk import examine_disk
from webapp.wiring.examination.finding import Finding, State
from webapp.wiring.examination.web import examine_web
from webapp.wiring.examination.work import examine_work

#: In the order in which one thing explains the next: without a disk no database, without a database no work.
ROUNDS: Final[tuple[tuple[str, str, Callable[[Alur], Iterator[Finding]]], ...]] = (
    ("disk", "Folder dan disk", examine_disk),
    ("database", "Basis data", examine_database),
    ("belonging", "Folder berkas dan rahasia", examine_belonging),
    ("clock", "Jam", examine_clock),
    ("cities", "Plugin kota", examine_cities),
    ("work", "Pekerjaan latar", examine_work),
    ("web", "Alamat dan HTTPS", examine_web),
)


def examine_installation(alur: Alur) -> Iterator[Finding]:
    """Yield every finding, in order; nothing is changed."""
    for topic, what, look in ROUNDS:
        try:
            yield from look(alur)
        except Exception as error:
            # Whatever hinders one look, the others are wanted all the more.
            yield Finding(
                topic,
                what,
                State.ERROR,
                f"tidak dapat diperiksa: {type(error).__name__}: {error}",
                "Perbaiki dahulu galat di atas baris ini, lalu jalankan lagi alur doctor.",
            )
