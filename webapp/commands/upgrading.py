"""Bring the database up to date."""

import click

from webapp.commands.shell import installation
from webapp.commands.words import IndonesianCommand
from webapp.migrations import upgrade


@click.command("upgrade", cls=IndonesianCommand)
def command() -> None:
    """Sesuaikan basis data dengan versi Alur ini. Buat cadangan lebih dahulu."""
    with installation() as alur:
        was_changed = upgrade(alur.database)
    click.echo("Basis data sudah diperbarui." if was_changed else "Basis data sudah sesuai.")
