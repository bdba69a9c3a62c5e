"""Set up an empty city."""

import click

from engine.errors import Invalid
from engine.records.superseding import require_in_use
from webapp.commands.shell import installation
from webapp.commands.words import IndonesianCommand, Refused
from webapp.migrations import prepare
from webapp.setup import open_city


@click.command("init", cls=IndonesianCommand)
@click.argument("city", metavar="KOTA")
def command(city: str) -> None:
    """Siapkan KOTA yang masih kosong.

    Mencetak tautan sekali pakai untuk admin pertamanya.
    """
    with installation(needs=prepare) as alur:
        require_in_use(alur.database)
        try:
            link = open_city(alur, city)
        except Invalid as error:
            raise Refused(f"{city} sudah punya admin kota. Kode masuk baru dibuat oleh admin itu.") from error
        click.echo(
            f"{alur.cities.city(city).info.name} sudah siap. Buka tautan ini satu kali, paling lambat 7 hari lagi:"
        )
        click.echo(link)
