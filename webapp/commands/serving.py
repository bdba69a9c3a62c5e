"""Serve the pages."""

import errno
import logging
import socket

import click

from engine.records.locks import serve_lock
from engine.records.presence import present
from engine.records.superseding import require_in_use
from plugins.manager import Cities
from webapp.commands.adopting import require_own
from webapp.commands.shell import installation
from webapp.commands.words import IndonesianCommand, Refused
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
        present(alur.database),
    ):
        alur.database.checkpoint()
        require_in_use(alur.database)
        require_own(alur)
        click.echo(f"Alur sedang disiapkan. Datanya di {alur.settings.home}")
        require_free(host, port)  # before minutes of loading, not after them
        if demo:
            load_demonstration(alur, click.echo)
        _run(alur, host, port, is_demo=demo)


def set_up_log() -> None:
    """Log to the error stream what an administrator wants to read of a process that lasts."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for noisy in ("procrastinate", "waitress", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def require_free(host: str, port: int) -> None:
    """Say at once that an address cannot be listened on; `take_port` is what takes it.

    :raise Refused: the port is taken, or the address is none of this computer.
    """
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except (OSError, ValueError) as error:  # the latter of a name that is none
        raise _refusal(error, host, port) from error


def take_port(alur: Alur, host: str, port: int, *, works: bool = True) -> Server:
    """Return a server that has its port; requests wait until it runs.

    :param works: whether it carries out jobs as well.
    :raise Refused: the port is taken, or the address is none of this computer.
    """
    try:
        return Server(alur, host, port, works=works)
    except (OSError, ValueError) as error:  # waitress hides what is wrong with a name behind a ValueError
        raise _refusal(error, host, port) from error


def _refusal(error: Exception, host: str, port: int) -> Refused:
    reasons = {
        errno.EADDRINUSE: f"Porta {port} sudah dipakai program lain. Hentikan program itu, atau pilih porta lain "
        "dengan --port (make run PORT=8421).",
        errno.EACCES: f"Porta {port} hanya untuk root. Pilih porta 1024 ke atas dengan --port.",
    }
    elsewhere = f"Alamat {host!r} bukan alamat komputer ini. Periksa --host; tanpa pilihan itu dipakai 127.0.0.1."
    return Refused(reasons.get(getattr(error, "errno", None) or 0, elsewhere))


def _run(alur: Alur, host: str, port: int, *, is_demo: bool) -> None:
    alur.cities.keep_apart()  # its threads all share one process, which no city may hold up
    server = take_port(alur, host, port)
    if is_demo:
        _print_sign_ins(alur.cities, alur.served(), server.address)
        _print_examples(alur)
    if not alur.served():
        click.echo("Belum ada kota. Siapkan kota pertama: alur init KOTA (daftar kota: alur plugin list)")
    # Last, so that it is still on the screen below fifty sign-ins.
    click.echo(f"Alur siap: {server.address}")
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
