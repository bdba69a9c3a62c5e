"""Answer requests, and nothing else: one of several hosts on the same PostgreSQL."""

import click

from engine.records.presence import present
from webapp.commands.adopting import require_own
from webapp.commands.serving import ON_ADDRESS, ON_PORT, set_up_log, take_port
from webapp.commands.shell import installation
from webapp.commands.words import IndonesianCommand, Refused


@click.command("web", cls=IndonesianCommand)
@ON_ADDRESS
@ON_PORT
def command(host: str, port: int) -> None:
    """Layani halaman saja, tanpa pekerjaan latar; untuk beberapa komputer dengan satu PostgreSQL.

    Pekerjaan latar dikerjakan perintah alur worker, di komputer ini atau yang lain. Semua komputer memakai
    ALUR_DATABASE_URL yang sama, salinan secrets.json yang sama, dan folder files bersama di bawah ALUR_HOME.
    """
    set_up_log()
    with installation(must_exist=True) as alur, present(alur.database):
        if alur.database.is_sqlite:
            raise Refused("Berkas SQLite dilayani satu proses saja. Jalankan: alur serve")
        require_own(alur)
        alur.cities.keep_apart()  # as in `alur serve`
        server = take_port(alur, host, port, works=False)
        click.echo(f"Alur siap: {server.address}")
        server.run()
        click.echo("Alur sudah berhenti.")
