"""Tells of an error that nobody foresaw: a sentence for whoever typed the command, the trace for whoever mends it."""

import logging
import os
import tempfile
import traceback

import click

logger = logging.getLogger("alur")


def say_unforeseen(error: Exception) -> None:
    """Say that the command failed and where its trace is: in a file, and in the log where one is kept."""
    if logging.getLogger().handlers:
        logger.error("the command failed", exc_info=error)
    where = _write(error)
    click.echo(
        f"Galat: perintah ini gagal karena hal yang tidak terduga ({type(error).__name__}). {where}\nCoba sekali lagi; "
        "bila tetap gagal, kirimkan rincian itu kepada pengembang Alur.",
        err=True,
    )


def _write(error: Exception) -> str:
    trace = "".join(traceback.format_exception(error))
    try:
        # Only its owner reads it: the message of an error may name what people wrote.
        handle, name = tempfile.mkstemp(prefix="alur-galat-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(trace)
    except OSError:
        click.echo(trace, err=True)
        return "Rinciannya tercetak di atas."
    return f"Rinciannya tertulis di {name}."
