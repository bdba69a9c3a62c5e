"""What every city must pass, as plain functions: the pytest kit and `alur plugin check` run the same ones."""

from plugins.conformance.manners import check_colours, check_outside, check_source
from plugins.conformance.scores import Monotonic, check_arguments, check_monotonic, check_random, check_speed
from plugins.conformance.sets import check_forms, check_plans, check_sets
from plugins.conformance.subject import SEED, Check, Subject
from plugins.conformance.versions import check_parameters, check_versions
from processes.appraisal.rules import Text

#: Every check without arguments of its own, with what it finds in order, as a person reads it.
CHECKS: tuple[tuple[Text, Check], ...] = (
    (Text("Sumber kode tidak menjangkau keluar", "Source does not reach outside"), check_source),
    (Text("Bobot 100, nama dua bahasa", "Weights of 100, names in both languages"), check_sets),
    (Text("Set jabatan lolos aturan rencana", "Position sets pass the plan rules"), check_plans),
    (Text("Formulir dapat dibuat", "Forms can be built"), check_forms),
    (
        Text("Parameter bersumber dan tidak tumpang tindih", "Parameters have sources, no overlap"),
        check_parameters,
    ),
    (Text("Semua versi aturan dapat dipakai", "Every rule version works"), check_versions),
    (Text("1.000 masukan acak tidak menggagalkan", "1,000 random inputs never fail"), check_random),
    (Text("Warna kota terbaca", "The city's colours can be read"), check_colours),
    (Text("Masukan tidak diubah", "Arguments are not changed"), check_arguments),
    (Text("Tanpa berkas, jaringan, jam, acak", "No file, network, clock, random"), check_outside),
    (Text("Cukup cepat", "Fast enough"), check_speed),
)

__all__ = [
    "CHECKS",
    "SEED",
    "Check",
    "Monotonic",
    "Subject",
    "check_arguments",
    "check_colours",
    "check_forms",
    "check_monotonic",
    "check_outside",
    "check_parameters",
    "check_plans",
    "check_random",
    "check_sets",
    "check_source",
    "check_speed",
    "check_versions",
]
