"""Says on the page of a form why a command of the studio was refused; what was typed stays there."""

from typing import Final

from flask import flash

from engine.commands.save_design import StaleFile
from engine.designs.finding import DesignClosed
from engine.designs.reviewing import DesignOutdated, ReviewNeeded, ReviewOpen
from engine.errors import Conflict, DiagramRefused, EngineError, Invalid
from webapp.texts import gettext as _
from webapp.texts import language, text_for

#: What the person before the form can do something about; all else has pages of its own.
REFUSALS: Final = (Conflict, Invalid, DiagramRefused)
#: These say themselves what to do; any other conflict is somebody who saved at the same moment.
_TOLD: Final = (DesignClosed, DesignOutdated, ReviewNeeded, ReviewOpen, StaleFile)


def tell_refusal(refused: EngineError) -> int:
    """Say on the page that is shown next why nothing was done, and return the status of that answer."""
    for sentence in _sentences(refused):
        flash(sentence, "danger")
    return 409 if isinstance(refused, Conflict) else 422


def _sentences(refused: EngineError) -> list[str]:
    if isinstance(refused, DiagramRefused):
        return [problem.message(language()) for problem in refused.problems]
    if isinstance(refused, Conflict) and not isinstance(refused, _TOLD):
        return [
            _(
                "Orang lain mengubah hal yang sama pada saat bersamaan, jadi belum ada yang disimpan. Yang Anda isi "
                "masih ada di bawah: periksa, lalu tekan tombolnya sekali lagi."
            )
        ]
    return [text_for(refused.code, refused.params, language())]
