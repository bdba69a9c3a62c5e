"""What a rule may know about a position and a period; never who holds the position."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from processes.people.city.plain import Plain
from processes.people.city.texts import Text


class PositionLevel(StrEnum):
    """The level of a post (UU 20/2023): JPT, administrator, pengawas, pelaksana, jabatan fungsional."""

    HIGH_LEADERSHIP_POST = "high_leadership_post"
    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"
    EXECUTOR = "executor"
    FUNCTIONAL_POSITION = "functional_position"


class UnitKind(StrEnum):
    """What a unit is there for; rules choose indicator sets by it."""

    SECRETARIAT = "secretariat"
    COUNCIL_SECRETARIAT = "council_secretariat"
    INSPECTORATE = "inspectorate"
    PLANNING_AGENCY = "planning_agency"
    FINANCE_AGENCY = "finance_agency"
    PERSONNEL_AGENCY = "personnel_agency"
    EDUCATION_OFFICE = "education_office"
    SCHOOL = "school"
    HEALTH_OFFICE = "health_office"
    HEALTH_CENTRE = "health_centre"
    HOSPITAL = "hospital"
    SOCIAL_OFFICE = "social_office"
    CIVIL_REGISTRY = "civil_registry"
    PERMIT_OFFICE = "permit_office"
    PUBLIC_WORKS = "public_works"
    PUBLIC_ORDER = "public_order"
    DISTRICT_OFFICE = "district_office"
    VILLAGE_OFFICE = "village_office"
    OTHER = "other"


UNIT_KINDS: dict[UnitKind, Text] = {
    UnitKind.SECRETARIAT: Text("Sekretariat Daerah", "Regional secretariat"),
    UnitKind.COUNCIL_SECRETARIAT: Text("Sekretariat DPRD", "Council secretariat"),
    UnitKind.INSPECTORATE: Text("Inspektorat", "Inspectorate"),
    UnitKind.PLANNING_AGENCY: Text("Badan Perencanaan Pembangunan", "Planning agency"),
    UnitKind.FINANCE_AGENCY: Text("Badan Keuangan dan Aset", "Finance and assets agency"),
    UnitKind.PERSONNEL_AGENCY: Text("Badan Kepegawaian", "Personnel agency"),
    UnitKind.EDUCATION_OFFICE: Text("Dinas Pendidikan", "Education office"),
    UnitKind.SCHOOL: Text("Sekolah", "School"),
    UnitKind.HEALTH_OFFICE: Text("Dinas Kesehatan", "Health office"),
    UnitKind.HEALTH_CENTRE: Text("Puskesmas", "Community health centre"),
    UnitKind.HOSPITAL: Text("Rumah Sakit Umum Daerah", "Public hospital"),
    UnitKind.SOCIAL_OFFICE: Text("Dinas Sosial", "Social office"),
    UnitKind.CIVIL_REGISTRY: Text("Dinas Kependudukan dan Pencatatan Sipil", "Civil registry office"),
    UnitKind.PERMIT_OFFICE: Text("Dinas Penanaman Modal dan Perizinan", "Investment and permit office"),
    UnitKind.PUBLIC_WORKS: Text("Dinas Pekerjaan Umum", "Public works office"),
    UnitKind.PUBLIC_ORDER: Text("Satuan Polisi Pamong Praja", "Public order unit"),
    UnitKind.DISTRICT_OFFICE: Text("Kecamatan", "District office"),
    UnitKind.VILLAGE_OFFICE: Text("Kelurahan", "Village office"),
    UnitKind.OTHER: Text("Perangkat daerah lain", "Other unit"),
}


@dataclass(frozen=True, slots=True)
class PositionFacts(Plain):
    """The facts about a post that rules may use; a `family` the city does not know counts as general."""

    family: str
    level: PositionLevel
    unit_kind: UnitKind


class PeriodKind(StrEnum):
    """Periodic evaluation is monthly or quarterly (PermenPANRB 6/2022 Ps 24(2)); the annual one covers the year."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period(Plain):
    """An appraisal period; rules in force on its last day apply."""

    code: str
    kind: PeriodKind
    start: date
    end: date

    @classmethod
    def quarter(cls, year: int, number: int) -> Period:
        """Return quarter 1 to 4 of a year, coded like `2026-TW1`."""
        first = 3 * number - 2
        start = date(year, first, 1)
        end = date(year, first + 2, (31, 30, 30, 31)[number - 1])
        return cls(f"{year}-TW{number}", PeriodKind.QUARTER, start, end)

    @classmethod
    def year(cls, year: int) -> Period:
        """Return the whole year, coded like `2026`."""
        return cls(str(year), PeriodKind.YEAR, date(year, 1, 1), date(year, 12, 31))
