"""Say that the folder of files and the secrets on this host are those of the database."""

import click

from webapp.commands.shell import installation
from webapp.commands.words import IndonesianCommand, Refused
from webapp.wiring import Alur
from webapp.wiring.belonging import adopt, claim
from webapp.wiring.examination.belonging import said_of
from webapp.wiring.reasons import reason_of


@click.command("adopt", cls=IndonesianCommand)
def command() -> None:
    """Nyatakan bahwa folder berkas dan rahasia di komputer ini milik basis data ini.

    Hanya perlu sesudah folder files dipindahkan tanpa tandanya, atau secrets.json memang diganti. Komputer lain yang
    masih memakai folder atau rahasia lain tidak mau berjalan lagi sesudahnya. Isi folder tidak diubah.
    """
    with installation(must_exist=True) as alur:
        try:
            adopt(alur)
        except OSError as error:
            raise Refused(f"Tanda tidak dapat ditulis: {reason_of(error)}.") from error
        click.echo(f"{alur.settings.home}: folder berkas dan rahasia di komputer ini sekarang milik basis data ini.")
        click.echo("Periksa isinya: alur verify")


def require_own(alur: Alur) -> None:
    """Mark what is new, and go on only where the folder of files and the secrets belong to the database.

    :raise Refused: they are others', with what to do.
    """
    troubles = sorted(claim(alur), key=lambda item: item.value)
    if troubles:
        said = ("\n".join(said_of(item, alur.settings.home)) for item in troubles)
        raise Refused("\n".join(said))
