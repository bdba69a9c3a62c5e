"""Keeps scenarios among the files of a design."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from engine.commands.save_design import SaveDesign, StaleFile
from engine.designs.finding import Design, DesignClosed, content_mark
from engine.errors import Conflict, DiagramRefused
from engine.scenarios import SCENARIO_FOLDER, Scenario, scenario_bytes
from webapp.current import run_command
from webapp.studio.play.typed import NotPlayable
from webapp.texts import gettext as _
from webapp.texts import language

LONGEST_NAME: Final = 120
_NO_LETTERS: Final = re.compile(r"[^a-z0-9]+")


def file_of(name: str) -> str:
    """Return the name of the file of a scenario that people call so; empty if nothing in it can name a file."""
    stem = _NO_LETTERS.sub("_", name.lower()).strip("_")[:60].strip("_")
    return f"{SCENARIO_FOLDER}{stem}.json" if stem else ""


def free_file(name: str, taken: Mapping[str, object]) -> str:
    """Return such a name that no file has yet."""
    first = file_of(name) or f"{SCENARIO_FOLDER}usulan.json"
    stem = first.removesuffix(".json")
    numbered = (f"{stem}_{number}.json" for number in range(2, len(taken) + 3))
    return first if first not in taken else next(file for file in numbered if file not in taken)


def keep_named(design: Design, scenario: Scenario, name: str, *, replaces: bool) -> str:
    """Keep a scenario under a name that somebody typed; return its file.

    :param replaces: one of that name that is there already is replaced.
    :raise NotPlayable: the name is none, or taken.
    """
    name = " ".join(name.split())
    file = file_of(name)
    if not file or len(name) > LONGEST_NAME:
        raise NotPlayable(_("Beri skenario nama dengan huruf atau angka, paling banyak 120 huruf."))
    if file in design.files and not replaces:
        raise NotPlayable(_("Sudah ada skenario dengan nama ini. Pilih nama lain, atau centang “Ganti yang lama”."))
    keep_files(design, {file: scenario_bytes(replace(scenario, names={"id": name, "en": name}))})
    return file


def keep_files(design: Design, files: Mapping[str, bytes | None]) -> None:
    """Keep some scenarios of a design; None takes one away.

    :raise NotPlayable: somebody changed one of them meanwhile, or it may not be kept.
    """
    seen = {name: content_mark(design.files[name]) if name in design.files else None for name in files}
    try:
        run_command(SaveDesign(design.id, files, seen))
    except StaleFile as error:
        raise NotPlayable(_("Orang lain baru saja mengubah skenario ini. Muat ulang halaman, lalu ulangi.")) from error
    except DesignClosed as error:
        raise NotPlayable(
            _(
                "Sementara itu rancangan ini sudah dirilis atau disingkirkan, jadi tidak ada yang disimpan. Mulailah "
                "rancangan baru untuk menyimpan skenario."
            )
        ) from error
    except Conflict as error:
        raise NotPlayable(
            _(
                "Orang lain sedang menyimpan rancangan ini pada saat yang sama, jadi perubahan Anda belum disimpan. "
                "Tunggu sebentar, lalu tekan tombolnya sekali lagi."
            )
        ) from error
    except DiagramRefused as refused:
        why = "; ".join(found.message(language()) for found in refused.problems)
        raise NotPlayable(_("Skenario tidak dapat disimpan: %(why)s", why=why)) from refused
