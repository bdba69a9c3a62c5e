"""Which dated numbers services read is found in their code, and every one of these numbers has words."""

from decimal import Decimal

from flask import Flask, g

from engine.services import ServiceContext, ServiceResult
from processes.incentive.rules.basis import NEEDED
from webapp.studio.comparing.parameter_words import has_words, number_name, number_text, title_of
from webapp.wiring import collect_parts
from webapp.wiring.parameter_use import keys_read, national_sets

KNOWN = frozenset(item.key for item in national_sets())
SERVICES = collect_parts().services


def unknown(context: ServiceContext) -> ServiceResult:
    return ServiceResult(context.inputs)


def test_the_numbers_of_a_service_are_those_that_its_code_and_what_it_calls_name() -> None:
    def read(name: str) -> frozenset[str]:
        return keys_read([SERVICES[name]], KNOWN)

    assert read("promotion.board_compose") == {"promotion.board"}
    assert read("incentive.compute_month") == set(NEEDED)
    assert read("training.rank") == {"training.priority"}
    assert read("appraisal.recommend_ratings") == {"appraisal.score"}
    assert read("recognition.record_award") == frozenset()
    assert keys_read([unknown, SERVICES["training.rank"]], {"training.other"}) == frozenset()


def test_every_number_that_a_service_reads_has_words_of_its_own() -> None:
    read = keys_read(SERVICES.values(), KNOWN)
    numbers = [(item.key, name) for item in national_sets() if item.key in read for name in item.values]

    assert not {number for number in numbers if not has_words(*number)}
    with Flask("reader").test_request_context():
        for g.language in ("id", "en"):
            named = [(title_of(key), number_name(key, name)) for key, name in numbers]
            assert len(set(named)) == len(set(numbers))


def test_a_number_is_shown_with_its_unit() -> None:
    with Flask("reader").test_request_context():
        g.language = "id"
        assert number_text("incentive.attendance", "late_3.rate", Decimal("0.0125")) == "1,25 %"
        assert number_name("incentive.attendance", "late_3.rate") == "Terlambat tingkat 3, setiap kali"
        assert number_text("promotion.retirement", "teacher", Decimal(60)) == "60 tahun"
        assert number_name("incentive.class_allowance", "7.beban_kerja").startswith("Kelas jabatan 7, beban kerja")
        assert number_text("incentive.class_allowance", "7.beban_kerja", Decimal(1_500_000)) == "1.500.000"
        assert (title_of("city.own"), number_name("city.own", "a_b")) == ("city.own", "a b")
