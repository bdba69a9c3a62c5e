"""Serve the pages."""

import logging

import click

from engine.records.locks import serve_lock
from plugins.manager import Cities
from webapp.commands.shell import installation
from webapp.commands.words import IndonesianCommand
from webapp.demo import personas
from webapp.migrations import prepare
from webapp.serve import Server
from webapp.setup import DEMO_PASSWORD, EXAMPLES_FOLDER, load_demonstration
from webapp.wiring import Alur

ON_ADDRESS = click.option("--host", default="127.0.0.1", show_default=True, help="Alamat untuk didengarkan.")
ON_PORT = click.option("--port", default=8420, show_default=True, type=click.IntRange(0, 65535), help="Nomor porta.")


@click.command("serve", cls=IndonesianCommand)
@click.option("--demo", is_flag=True, help="Muat lima kota peragaan bila belum ada kota satu pun.")
@ON_ADDRESS
@ON_PORT
def command(demo: bool, host: str, port: int) -> None:
    """Jalankan Alur di komputer ini sampai dihentikan (Ctrl+C)."""
    set_up_log()
    with (
        installation(needs=prepare) as alur,
        serve_lock(alur.database.path or alur.settings.home / "alur"),
    ):
        if demo:
            load_demonstration(alur, click.echo)
        _run(alur, host, port, is_demo=demo)


def set_up_log() -> None:
    """Log to the error stream what an administrator wants to read of a process that lasts."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for noisy in ("procrastinate", "waitress", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _run(alur: Alur, host: str, port: int, *, is_demo: bool) -> None:
    alur.cities.keep_apart()  # its threads all share one process, which no city may hold up
    server = Server(alur, host, port)
    click.echo(f"Alur siap: {server.address}")
    if is_demo:
        _print_sign_ins(alur.cities, alur.served(), server.address)
        _print_examples(alur)
    if not alur.served():
        click.echo("Belum ada kota. Siapkan kota pertama: alur init KOTA (daftar kota: alur plugin list)")
    click.echo("Hentikan dengan Ctrl+C.")
    server.run()
    click.echo("Alur sudah berhenti.")


def _print_examples(alur: Alur) -> None:
    folder = alur.settings.home / EXAMPLES_FOLDER
    if folder.is_dir():
        click.echo(f"  Berkas contoh untuk halaman Impor (realisasi triwulan yang dibuka): {folder}\n")


def _print_sign_ins(cities: Cities, served: tuple[str, ...], address: str) -> None:
    click.echo(f"\nMasuk sebagai (kata sandi semuanya: {DEMO_PASSWORD})")
    for code in served:
        click.echo(f"\n  {cities.city(code).info.name}: {address}{code}/")
        for persona in personas(code):
            click.echo(f"    {persona.nip}  {persona.title_id}: {persona.name}")
    click.echo("")
