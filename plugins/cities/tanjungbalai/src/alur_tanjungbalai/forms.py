"""Tanjungbalai asks the employee to describe the innovation that the panel judges."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.api import REALISATION, FormSection, FormSpec, Indicator, Text, form_spec, long_text, realisation_sections

INNOVATION_CODE = "T4"


def realisation_form(task: str, indicators: Sequence[Indicator]) -> FormSpec | None:
    """Return the standard realisation with a section about the innovation; None for every other task."""
    if task != REALISATION or not any(item.code == INNOVATION_CODE for item in indicators):
        return None
    described = FormSection(
        Text("T4 Inovasi layanan", "T4 Service innovation"),
        (
            {
                "name": "T4__title",
                "type": "text",
                "label": {"id": "Nama inovasi", "en": "Name of the innovation"},
                "hint": {
                    "id": "Kosongkan bila tidak ada inovasi pada periode ini.",
                    "en": "Leave empty if there was no innovation in this period.",
                },
                "max_length": 200,
            },
            long_text("T4__effect", Text("Perubahan sebelum dan sesudah", "What changed, before and after")),
        ),
    )
    title = Text("Realisasi hasil kerja dan inovasi", "Realised work results and innovation")
    return form_spec(title, [described, *realisation_sections(indicators)])
