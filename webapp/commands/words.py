"""Help and errors of the command line in Indonesian; imports nothing heavy."""

import re

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

#: A number that a database gave: more digits than it holds name nothing.
A_NUMBER = click.IntRange(1, 9_223_372_036_854_775_807)

QUOTED = r"['\"].*['\"]"
#: What click says of a value, and what a person reads; it says nothing else to the commands that there are.
SENTENCES = (
    (rf"(File|Directory|Path) (?P<value>{QUOTED}) does not exist\.", "{value} tidak ada."),
    (rf"(File|Path) (?P<value>{QUOTED}) is a directory\.", "{value} adalah folder, bukan berkas."),
    (rf"(Directory|Path) (?P<value>{QUOTED}) is a file\.", "{value} adalah berkas, bukan folder."),
    (rf"(File|Directory|Path) (?P<value>{QUOTED}) is not readable\.", "{value} tidak dapat dibaca."),
    (rf"(File|Directory|Path) (?P<value>{QUOTED}) is not writable\.", "{value} tidak dapat ditulisi."),
    (rf"(?P<value>{QUOTED}) is not a valid (integer|integer range)\.", "{value} bukan bilangan bulat."),
    (r"(?P<value>\S+) is not in the range (?P<known>.+)\.", "{value} di luar batas {known}."),
    (rf"(?P<value>{QUOTED}) is not (one of )?(?P<known>.+)\.", "{value} tidak dikenal. Pilihan: {known}."),
    (r"Got unexpected extra arguments? \((?P<value>.*)\)", "isian ini tidak diharapkan: {value}."),
    (rf"Option (?P<value>{QUOTED}) requires an argument\.", "pilihan {value} memerlukan nilai."),
    (rf"Option (?P<value>{QUOTED}) does not take a value\.", "pilihan {value} tidak memakai nilai."),
    (rf"No such command (?P<value>{QUOTED})\.", "tidak ada perintah {value}."),
    (r"Missing command\.", "perintahnya belum diberikan."),
)


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
    """Write an error of the command line to the error stream; a group without a command only shows its help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.message, err=True)
        return
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx is not None else "alur"
    click.echo(f"Galat: {_sentence(error)}", err=True)
    if isinstance(error, click.UsageError):
        click.echo(f"Bantuan: {path} --help", err=True)


def _sentence(error: click.ClickException) -> str:
    name = _name(error)
    if isinstance(error, click.MissingParameter):
        return f"isian {name} belum diberikan."
    if isinstance(error, click.NoSuchOption):
        return f"pilihan {error.option_name} tidak dikenal."
    if isinstance(error, click.BadParameter):
        return f"isian {name} tidak dapat dipakai: {_translated(error.message)}"
    return _translated(error.message) if isinstance(error, click.UsageError) else error.message


def _name(error: click.ClickException) -> str:
    """Return what a person calls the value: as the help writes an argument, as one types an option."""
    param = getattr(error, "param", None)
    if isinstance(param, click.Option):
        return param.opts[0]
    return str(getattr(error, "param_hint", None) or getattr(param, "human_readable_name", ""))


def _translated(message: str) -> str:
    for pattern, sentence in SENTENCES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found is not None:
            return sentence.format_map(found.groupdict())
    return message
