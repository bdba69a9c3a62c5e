"""The people whom the tour follows; only they get a password, and that elsewhere."""

from dataclasses import dataclass, field

from processes.people.records import Role
from webapp.demo.places import AGENCY, FORTY, TOP, Layout
from webapp.demo.town import Person, Town, build_town


@dataclass(frozen=True, slots=True)
class Persona:
    """A demonstration sign-in.

    :param key: names the part in the tour and in tests.
    :param role: granted when the city is loaded; None for parts that follow from the reporting line.
    :param role_unit: code of the unit that a unit's HR officer looks after.
    """

    key: str
    title_id: str
    title_en: str
    name: str
    unit: str
    nip: str = field(repr=False)
    role: Role | None = None
    role_unit: str | None = None


_TITLES = {
    "employee": ("Pegawai", "Employee"),
    "appraiser": ("Pejabat penilai", "Appraiser"),
    "superior": ("Atasan pejabat penilai", "Appraiser's superior"),
    "unit_hr": ("Pengelola kepegawaian", "Unit HR officer"),
    "verifier": ("Verifikator BKPSDM", "HR verifier"),
    "treasurer": ("Bendahara", "Treasurer"),
    "official": ("Sekretaris Daerah", "Authorized official"),
    "owner": ("Pemilik proses", "Process owner"),
    "owner2": ("Pemilik proses kedua", "Second process owner"),
    "admin": ("Admin daerah", "City administrator"),
    "head_of_40": ("Kepala 40 orang", "Head of 40"),
}


def personas(code: str) -> tuple[Persona, ...]:
    """Return the personas of a demonstration city.

    :raise KeyError: no such demonstration city.
    """
    town = build_town(code)
    employee = _tour_employee(town)
    appraiser = town.appraiser(employee)
    assert appraiser is not None, "the tour follows somebody who is appraised"
    superior = town.appraiser(appraiser)
    assert superior is not None, "and whose appraiser is appraised"
    office = superior.unit.code if superior.unit.code != TOP else appraiser.unit.code
    own_office = Role.UNIT_HR_OFFICER, office
    return (
        _persona("employee", employee),
        _persona("appraiser", appraiser),
        _persona("superior", superior),
        _persona("unit_hr", town.at(office, "general"), *own_office),
        _persona("verifier", town.at(AGENCY, "staff1"), Role.HR_VERIFIER),
        _persona("treasurer", town.at(TOP, "staff1"), Role.TREASURER),
        _persona("official", town.at(TOP), Role.AUTHORIZED_OFFICIAL),
        _persona("owner", town.at(AGENCY, "chief1"), Role.PROCESS_OWNER),
        _persona("owner2", town.at(AGENCY, "chief2"), Role.PROCESS_OWNER),
        _persona("admin", town.at(AGENCY, "staff2"), Role.CITY_ADMIN),
        _persona("head_of_40", town.at(FORTY)),
    )


def officers(code: str) -> tuple[Persona, ...]:
    """Return the HR officers of the offices that no persona looks after, so that every unit has one."""
    town = build_town(code)
    taken = {persona.role_unit for persona in personas(code)}
    offices = [unit.code for unit in town.plan.units if unit.layout is Layout.OFFICE and unit.code not in taken]
    found = [(office, town.at(office, "general")) for office in offices]
    found.append((TOP, town.at(TOP, "chief3")))
    return tuple(_persona("unit_hr", person, Role.UNIT_HR_OFFICER, office) for office, person in found)


def _tour_employee(town: Town) -> Person:
    """Return the first pelaksana, teacher or other of the tour's unit whose appraiser is there."""
    staff = [person for person in town.people if person.unit.code == town.plan.tour_unit]
    return next(person for person in staff if person.seat.key in ("staff1", "teacher1"))


def _persona(key: str, person: Person, role: Role | None = None, role_unit: str | None = None) -> Persona:
    title_id, title_en = _TITLES[key]
    return Persona(key, title_id, title_en, person.name, person.unit.code, person.nip, role, role_unit)
