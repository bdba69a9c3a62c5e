"""Carry out background work."""

import click

from engine.jobs import run_until_idle
from webapp.commands.shell import installation
from webapp.commands.words import IndonesianCommand


@click.command("worker", cls=IndonesianCommand)
@click.option("--once", is_flag=True, help="Selesaikan pekerjaan yang sudah menunggu, lalu berhenti.")
def command(once: bool) -> None:
    """Kerjakan pekerjaan latar: tenggat, pesan antarkasus, pembukaan triwulan.

    Dengan SQLite, alur serve sudah menjalankannya; perintah ini untuk PostgreSQL dan untuk pekerjaan sekali jalan.
    """
    with installation() as alur:
        if once:
            click.echo(f"{run_until_idle(alur.jobs)} pekerjaan selesai.")
        else:
            alur.jobs.run_worker()
