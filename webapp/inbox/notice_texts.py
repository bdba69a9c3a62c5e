"""Sentences of notices that the appraisal's services give and the shared catalogue does not hold."""

from collections.abc import Mapping
from typing import Final

from webapp.texts import Language, text_for

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "appraisal.accepted": (
        "Pegawai menerima hasil penilaian triwulan {quarter} tahun {year}.",
        "The employee accepted the result of quarter {quarter}, {year}.",
    ),
    "appraisal.objected": (
        "Pegawai mengajukan keberatan atas hasil penilaian triwulan {quarter} tahun {year}. Atasan Anda memutuskannya.",
        "The employee objected to the result of quarter {quarter}, {year}. Your superior decides.",
    ),
    "appraisal.silent": (
        "Pegawai tidak menanggapi hasil penilaian triwulan {quarter} tahun {year} sampai batas waktu; hasil berlaku.",
        "The employee did not answer to the result of quarter {quarter}, {year}, in time; the result stands.",
    ),
    "appraisal.decided_uphold": (
        "Keberatan Anda untuk triwulan {quarter} telah diputuskan: hasil tetap.",
        "Your objection for quarter {quarter} was decided: the result stays.",
    ),
}


def notice_text(code: str, params: Mapping[str, object], language: Language) -> str:
    """Return what a notice says in a language."""
    texts = TEXTS.get(code)
    if texts is None:
        return text_for(code, params, language)
    return texts[0 if language == "id" else 1].format_map({"quarter": "…", "year": "…", **params})
