"""The command `alur`."""

import importlib
import os
import sys
from collections.abc import Sequence

import click

from webapp.commands.unforeseen import say_unforeseen
from webapp.commands.words import IndonesianGroup, say_error

#: Command by name, each in the module of `webapp.commands` that is named beside it; loaded only when it is used.
COMMANDS = {
    "serve": "serving",
    "web": "answering",
    "init": "opening",
    "upgrade": "upgrading",
    "backup": "backing_up",
    "restore": "restoring",
    "copy": "copying",
    "city": "cities",
    "adopt": "adopting",
    "doctor": "examining",
    "import": "importing",
    "check": "checking",
    "test": "testing",
    "verify": "verifying",
    "migrate": "migrating",
    "process": "process_files",
    "plugin": "plugins",
    "feel": "expressions",
    "decide": "deciding",
    "tpp": "allowances",
    "worker": "working",
}


#: What `alur --help` puts together; a command that is in no group stands at the end.
GROUPS = {
    "Menjalankan": ("serve", "web", "worker"),
    "Menyiapkan dan mengisi": ("init", "import", "upgrade"),
    "Mencadangkan, memulihkan, dan memindahkan": ("backup", "restore", "copy", "city", "adopt"),
    "Memindahkan kasus": ("migrate",),
    "Mengubah proses": ("process",),
    "Memeriksa dan mencoba": ("doctor", "check", "test", "verify", "plugin", "feel", "decide", "tpp"),
}
WIDEST_HELP = 100
#: Set to anything, it shows the trace of an error that nobody foresaw where it happens.
DEBUG = "ALUR_DEBUG"


class LazyGroup(IndonesianGroup):
    """Imports a command when somebody asks for it, so that `alur --version` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"webapp.commands.{COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in groups, each with its first sentence."""
        grouped = {name for names in GROUPS.values() for name in names}
        rest = tuple(name for name in self.list_commands(ctx) if name not in grouped)
        for title, names in {**GROUPS, "Lainnya": rest}.items():
            if names:
                with formatter.section(title):
                    formatter.write_dl([(name, self._sentence(ctx, name)) for name in names])

    def _sentence(self, ctx: click.Context, name: str) -> str:
        command = self.get_command(ctx, name)
        return command.get_short_help_str(WIDEST_HELP) if command is not None else ""


@click.group(
    cls=LazyGroup,
    help="Alur: alur kerja kepegawaian daerah, dijalankan dari diagram BPMN.",
    epilog="Penjelasan satu perintah: alur PERINTAH --help",
    context_settings={"max_content_width": WIDEST_HELP},
)
@click.version_option(package_name="alur", message="%(version)s", help="Tampilkan versi.")
def alur() -> None:
    """Do nothing: the commands do."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process: 0 good, 1 refused, 2 wrongly used, 130 interrupted."""
    try:
        ended = alur.main(args=arguments, prog_name="alur", standalone_mode=False)
    except click.ClickException as error:
        say_error(error)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Dihentikan.", err=True)
        sys.exit(130)
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        say_unforeseen(error)
        sys.exit(1)
    sys.exit(ended if isinstance(ended, int) else 0)
