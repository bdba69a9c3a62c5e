"""Carry out background work."""

import signal
import threading

import click
from procrastinate import App

from engine.jobs import WorkerThread, run_until_idle
from engine.records.presence import present
from engine.records.superseding import require_in_use
from webapp.commands.adopting import require_own
from webapp.commands.serving import set_up_log
from webapp.commands.shell import installation
from webapp.commands.words import IndonesianCommand

#: How long the job that runs when the worker is told to end may take; after that another worker does it again.
PATIENCE_SECONDS = 30.0


@click.command("worker", cls=IndonesianCommand)
@click.option("--once", is_flag=True, help="Selesaikan pekerjaan yang sudah menunggu, lalu berhenti.")
def command(once: bool) -> None:
    """Kerjakan pekerjaan latar: tenggat, pesan antarkasus, pembukaan triwulan.

    Dengan SQLite, alur serve sudah menjalankannya; perintah ini untuk PostgreSQL, sebanyak yang diperlukan dan di
    komputer mana pun, dan untuk pekerjaan sekali jalan.
    """
    with installation(must_exist=True) as alur, present(alur.database):
        require_in_use(alur.database)
        require_own(alur)
        if once:
            click.echo(f"{run_until_idle(alur.jobs)} pekerjaan selesai.")
        else:
            set_up_log()
            alur.cities.keep_apart()
            _work_until_told(alur.jobs)


def _work_until_told(jobs: App) -> None:
    """Work until SIGTERM or SIGINT; should the database be away meanwhile, until it is back."""
    told, worker = threading.Event(), WorkerThread(jobs)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: told.set())
    worker.start()
    click.echo("Pekerjaan latar berjalan. Hentikan dengan Ctrl+C.")
    told.wait()
    click.echo("Menunggu pekerjaan yang sedang berjalan.")
    if not worker.stop(PATIENCE_SECONDS):
        click.echo("Satu pekerjaan belum selesai; ia diulang oleh pekerja lain atau pada awal berikutnya.")
    click.echo("Pekerjaan latar sudah berhenti.")
