"""Help and errors of the command line in Indonesian; imports nothing heavy."""

import click

WORDS = {
    "Usage: ": "Cara pakai: ",
    "Options:": "Pilihan:",
    "Commands:": "Perintah:",
    "[OPTIONS]": "[PILIHAN]",
    "COMMAND [ARGS]...": "PERINTAH [ISIAN]...",
    "Show this message and exit.": "Tampilkan bantuan ini.",
    "[required]": "[wajib]",
    "[default: ": "[bawaan: ",
}


class Refused(click.ClickException):
    """The command could not do what was asked; the message says why and what to do."""

    exit_code = 1


class IndonesianCommand(click.Command):
    """A command whose help is Indonesian."""

    def get_help(self, ctx: click.Context) -> str:
        """Return the help with click's own words in Indonesian."""
        return in_indonesian(super().get_help(ctx))


class IndonesianGroup(click.Group):
    """A group of commands whose help is Indonesian."""

    command_class = IndonesianCommand

    def get_help(self, ctx: click.Context) -> str:
        """Return the help with click's own words in Indonesian."""
        return in_indonesian(super().get_help(ctx))


def in_indonesian(text: str) -> str:
    """Return click's text with its own words in Indonesian: it can only translate them from compiled catalogues."""
    for english, indonesian in WORDS.items():
        text = text.replace(english, indonesian)
    return text


def say_error(error: click.ClickException) -> None:
    """Write an error of the command line to the error stream."""
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx is not None else "alur"
    click.echo(f"Galat: {_sentence(error)}", err=True)
    if isinstance(error, click.UsageError):
        click.echo(f"Bantuan: {path} --help", err=True)


def _sentence(error: click.ClickException) -> str:
    name = getattr(error, "param_hint", None) or getattr(getattr(error, "param", None), "human_readable_name", "")
    if isinstance(error, click.MissingParameter):
        return f"isian {name} belum diberikan."
    if isinstance(error, click.NoSuchOption):
        return f"pilihan {error.option_name} tidak dikenal."
    if isinstance(error, click.BadParameter):
        return f"isian {name} tidak dapat dipakai: {error.message}"
    if isinstance(error, click.UsageError) and error.message.startswith("No such command"):
        return error.message.replace("No such command", "tidak ada perintah")
    return error.message
