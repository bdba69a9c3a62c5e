"""The tree behind a value: its formulas and figures are said as people say them."""

from decimal import Decimal

import pytest

from processes.people.city import Explanation
from webapp.appraisal.explaining import tree_of
from webapp.appraisal.formulas import formula_in_words


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("min(max(raw, 0), cap) * gate", "capaian mentah, paling sedikit 0 dan paling banyak batas atas, lalu dikali"),
        ("100 * active / pupils", "100 × Siswa yang hadir ÷ pupils"),
        ("round(25 * m, 2)", "dibulatkan (25 × rata-rata jawaban, 2)"),
        ("share_below, feedback", ""),
    ],
)
def test_a_formula_calls_figures_as_the_form_does(formula: str, words: str) -> None:
    assert formula_in_words(formula, {"active": "Siswa yang hadir"}).startswith(words)


def test_a_letter_is_called_by_what_it_means_in_its_formula_and_nowhere_else() -> None:
    inputs = {"a": "0.6", "superior": "84", "b": "0.4", "peers": "84.95", "count": "5", "kept": "3"}
    forum = Explanation(label_id="", label_en="", formula="a * superior + b * peers", inputs=inputs, value="84.38")
    other = Explanation(label_id="", label_en="", formula="a * b", inputs={"a": "1"}, value="1")

    (said,), (plain,) = tree_of(forum), tree_of(other)

    assert said.formula == "bobot nilai atasan × nilai atasan + bobot nilai rekan × rata-rata rekan yang dipakai"
    assert said.source.startswith("bobot nilai atasan = 0,60; nilai atasan = 84; bobot nilai rekan = 0,40;")
    assert said.source.endswith("jumlah rekan = 5; nilai rekan yang dipakai = 3")
    assert plain.source == "a = 1"


def test_shares_are_percent_and_the_way_to_an_achievement_is_a_sentence() -> None:
    share = Explanation(
        label_id="Rekomendasi", label_en="Recommendation", inputs={"main_share_below": "0.385"}, value=""
    )
    way = Explanation(label_id="Capaian sebelum batas (naik)", label_en="Before limits (naik)", value=str(Decimal(64)))

    (recommended,), (achieved,) = tree_of(share), tree_of(way)

    assert recommended.source == "bagian indikator utama di bawah target = 39%"
    assert achieved.label == "Capaian sebelum batas (makin tinggi makin baik)"
