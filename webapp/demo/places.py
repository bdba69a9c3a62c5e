"""The demonstration cities as data: their units with size and layout. A further city is one more entry."""

from dataclasses import dataclass
from enum import Enum

from processes.people.city import UnitKind
from webapp.demo.names import BULUNGAN, MATARAM, NORTH_SUMATRA, SERANG, TANJUNGBALAI, Region

TOP = "SETDA"
AGENCY = "BKPSDM"
#: The unit whose head appraises exactly forty people, for the page *Orang Saya*.
FORTY = "SMP-1"


class Layout(Enum):
    """How a unit is staffed and who appraises whom in it."""

    SECRETARIAT = "secretariat"
    OFFICE = "office"
    VILLAGE = "village"
    SCHOOL = "school"
    HEALTH_CENTRE = "health_centre"


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit to make up: `size` counts the head."""

    code: str
    name: str
    parent: str | None
    kind: UnitKind
    layout: Layout
    size: int
    week: int = 5


@dataclass(frozen=True, slots=True)
class CityPlan:
    """A city to make up.

    :param tour_unit: where the persona *pegawai* works.
    :param vacant_unit: whose head has retired and is replaced by a Plt.
    """

    code: str
    region: Region
    units: tuple[UnitPlan, ...]
    tour_unit: str
    vacant_unit: str = "DINSOS"


_OFFICES: tuple[tuple[str, str, UnitKind, int], ...] = (
    (AGENCY, "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia", UnitKind.PERSONNEL_AGENCY, 18),
    ("ITKOT", "Inspektorat Daerah", UnitKind.INSPECTORATE, 12),
    ("BAPPEDA", "Badan Perencanaan Pembangunan Daerah", UnitKind.PLANNING_AGENCY, 14),
    ("DISDIK", "Dinas Pendidikan dan Kebudayaan", UnitKind.EDUCATION_OFFICE, 24),
    ("DISDUKCAPIL", "Dinas Kependudukan dan Pencatatan Sipil", UnitKind.CIVIL_REGISTRY, 26),
    ("DINKES", "Dinas Kesehatan", UnitKind.HEALTH_OFFICE, 22),
    ("DPMPTSP", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", UnitKind.PERMIT_OFFICE, 14),
    ("DINSOS", "Dinas Sosial", UnitKind.SOCIAL_OFFICE, 16),
    ("SATPOLPP", "Satuan Polisi Pamong Praja", UnitKind.PUBLIC_ORDER, 18),
)


def _units(
    district: str, villages: tuple[str, str], schools: tuple[str, str], centres: tuple[str, str]
) -> tuple[UnitPlan, ...]:
    head = UnitPlan(TOP, "Sekretariat Daerah", None, UnitKind.SECRETARIAT, Layout.SECRETARIAT, 22)
    offices = [UnitPlan(code, name, TOP, kind, Layout.OFFICE, size) for code, name, kind, size in _OFFICES]
    camat = UnitPlan("KEC-1", f"Kecamatan {district}", TOP, UnitKind.DISTRICT_OFFICE, Layout.OFFICE, 14)
    below = [
        UnitPlan(f"KEL-{number}", f"Kelurahan {name}", "KEC-1", UnitKind.VILLAGE_OFFICE, Layout.VILLAGE, 8)
        for number, name in enumerate(villages, start=1)
    ]
    below += [
        UnitPlan(f"SMP-{number}", name, "DISDIK", UnitKind.SCHOOL, Layout.SCHOOL, size, week=6)
        for number, (name, size) in enumerate(zip(schools, (41, 24), strict=True), start=1)
    ]
    below += [
        UnitPlan(
            f"PKM-{number}", f"Puskesmas {name}", "DINKES", UnitKind.HEALTH_CENTRE, Layout.HEALTH_CENTRE, 22, week=6
        )
        for number, name in enumerate(centres, start=1)
    ]
    return (head, *offices, camat, *below)


_PLANS = (
    CityPlan(
        "tebingtinggi",
        NORTH_SUMATRA,
        _units(
            "Padang Hilir",
            ("Tambangan", "Satria"),
            ("SMP Negeri 1 Tebing Tinggi", "SMP Negeri 9 Tebing Tinggi"),
            ("Pasar Gambir", "Rambung"),
        ),
        tour_unit="SMP-2",
    ),
    CityPlan(
        "tanjungselor",
        BULUNGAN,
        _units(
            "Tanjung Selor",
            ("Tanjung Selor Hilir", "Tanjung Selor Hulu"),
            ("SMP Negeri 1 Tanjung Selor", "SMP Negeri 2 Tanjung Selor"),
            ("Tanjung Selor", "Bumi Rahayu"),
        ),
        tour_unit="DISDIK",
    ),
    CityPlan(
        "serang",
        SERANG,
        _units(
            "Cipocok Jaya",
            ("Banjarsari", "Penancangan"),
            ("SMP Negeri 1 Kota Serang", "SMP Negeri 7 Kota Serang"),
            ("Ciracas", "Unyur"),
        ),
        tour_unit="DISDIK",
    ),
    CityPlan(
        "tanjungbalai",
        TANJUNGBALAI,
        _units(
            "Datuk Bandar",
            ("Sijambi", "Pahang"),
            ("SMP Negeri 1 Tanjungbalai", "SMP Negeri 5 Tanjungbalai"),
            ("Sipori-pori", "Datuk Bandar"),
        ),
        tour_unit="DISDUKCAPIL",
    ),
    CityPlan(
        "mataram",
        MATARAM,
        _units(
            "Ampenan",
            ("Pejeruk", "Dayan Peken"),
            ("SMP Negeri 1 Mataram", "SMP Negeri 12 Mataram"),
            ("Ampenan", "Karang Taliwang"),
        ),
        tour_unit="DINKES",
    ),
)

#: The demonstration cities by code.
CITY_PLANS: dict[str, CityPlan] = {plan.code: plan for plan in _PLANS}
