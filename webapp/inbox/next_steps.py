"""What happens after a step, said to the person who has just done it."""

from collections.abc import Mapping
from typing import Any, Final

from webapp.texts import gettext as _
from webapp.texts import lazy

_SIGNED: Final = lazy("Evaluasi ditandatangani. Langkah berikutnya: sampaikan hasilnya dalam dialog kinerja.")
_AFTER: Final[Mapping[str, str]] = {
    "appraisal.realisation": lazy(
        "Realisasi Anda tercatat. Setelah penilai mengisi bagiannya dan predikat unit ditetapkan, rating disarankan."
    ),
    "appraisal.rating_inputs": lazy(
        "Penilaian perilaku dan umpan balik tercatat. Rating disarankan setelah realisasi dan predikat unit ada."
    ),
    "appraisal.confirm_ratings": lazy("Rating ditetapkan. Langkah berikutnya: tanda tangani evaluasinya."),
    "appraisal.sign": _SIGNED,
    "appraisal.sign_or_return": _SIGNED,
    "hand_over": lazy("Hasil disampaikan. Pegawai kini dapat menerima hasil atau mengajukan keberatan."),
    "appraisal.respond": lazy("Anda menerima hasil evaluasi. Hasil dilaporkan dan dikunci."),
    "appraisal.decide_objection": lazy("Keputusan tercatat dan disampaikan kepada pegawai. Hasil dikunci."),
    "org_predicate": lazy("Predikat unit ditetapkan. Rating pegawai unit ini sekarang dapat disarankan."),
    "distribution_justification": lazy("Pembenaran sebaran rating tercatat."),
}
_OBJECTED: Final = lazy("Keberatan Anda tercatat. Atasan pejabat penilai memutuskannya dalam 7 hari kerja.")
_RETURNED: Final = lazy("Evaluasi kembali ke penilaian. Perbaiki ratingnya dari daftar tugas, lalu tanda tangani.")
_GENERAL: Final = lazy("Tugas selesai. Alur berlanjut ke langkah berikutnya.")


def what_next(form_key: str | None, answers: Mapping[str, Any]) -> str:
    """Return the sentence for the person who has completed a task with these answers."""
    if form_key == "appraisal.respond" and answers.get("answer") == "object":
        return _(_OBJECTED)
    if form_key == "appraisal.sign_or_return" and answers.get("outcome") == "return":
        return _(_RETURNED)
    return _(_AFTER.get(form_key or "", _GENERAL))
