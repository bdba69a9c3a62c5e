"""Sets cities up: empty ones with a link for their first administrator, and the demonstration."""

from collections.abc import Callable, Iterable

from engine.commands.deploy_release import DeployRelease
from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from engine.queries.designs import releases_in_force
from processes.appraisal.commands.open_quarter import OpenQuarter
from processes.appraisal.schedule import last_quarter
from processes.people.queries import employee_by_nip
from webapp.app import create_app
from webapp.auth.accounts import give_guest_password, give_password
from webapp.auth.code_address import city_address
from webapp.auth.codes import make_token
from webapp.auth.commands.open_city import OpenCity
from webapp.auth.passwords import hash_new_password
from webapp.demo import DEMO_CITIES, Persona, load_demo, personas
from webapp.demo.guests import invite_guest
from webapp.demo.incentive import show_allowances
from webapp.wiring import Alur, shipped_releases

#: Known to everybody who reads this: for the made-up people of the demonstration only.
DEMO_PASSWORD = "mari mencoba alur"  # noqa: S105  # no secret

#: In the installation's folder: for each city of the demonstration a file to try the import with.
EXAMPLES_FOLDER = "contoh"

Say = Callable[[str], None]


def open_city(alur: Alur, city: str) -> str:
    """Make an empty city with the shipped diagrams, and return the address of its one-time link.

    For a city that is open but has no administrator yet, the link before it stops working.

    :raise CityUnavailable: no working plugin is installed for it.
    :raise Invalid: it has an administrator already.
    """
    alur.cities.city(city)
    token = make_token()
    alur.engine.run(OpenCity(token), system_actor(city))
    deploy_shipped(alur, city)
    address = city_address(alur.settings, city) or f"{alur.settings.base_url}/{city}"
    return f"{address}/mulai/{token}"


def deploy_shipped(alur: Alur, city: str) -> None:
    """Deploy the diagrams that come with Alur; a process of which the city has a release already stays as it is."""
    there = {found.process for found in alur.engine.read(releases_in_force, system_actor(city))}
    for process, files in shipped_releases().items():
        if process not in there:
            alur.engine.run(DeployRelease(files, alur.catalogue, process), system_actor(city))


def load_demonstration(alur: Alur, say: Say) -> tuple[str, ...]:
    """Load the demonstration cities into an empty installation, and return the codes of those that were loaded.

    :param say: called with a line of progress a city.
    """
    if alur.served():
        return ()
    cities, hashed = tuple(city for city in DEMO_CITIES if city in alur.cities.codes), hash_demo_password(alur)
    for number, city in enumerate(cities, start=1):
        say(f"[{number}/{len(cities)}] {alur.cities.city(city).info.name}")
        alur.engine.run(OpenCity(None), system_actor(city))
        deploy_shipped(alur, city)
        load_demo(alur.engine, city, system_actor(city), examples=alur.settings.home / EXAMPLES_FOLDER)
        let_personas_in(alur, city, personas(city), hashed)
        open_newest_quarter(alur, city)
        show_allowances(alur.engine, alur.jobs, city)
    return cities


def open_newest_quarter(alur: Alur, city: str) -> None:
    """Open the quarter that ended last, from today on, and start its cases, so that there is work to try."""
    year, quarter = last_quarter(alur.now_in(city).date())
    alur.engine.run(OpenQuarter(year, quarter), system_actor(city))
    run_until_idle(alur.jobs)


def hash_demo_password(alur: Alur) -> str:
    """Return the hash of the demonstration's password: it is slow to make, so all its people share one."""
    with create_app(alur, parts=("auth",)).app_context():
        return hash_new_password(DEMO_PASSWORD)


def let_personas_in(alur: Alur, city: str, people: Iterable[Persona], hashed: str) -> None:
    """Give the people of the demonstration in a city the password of this hash."""
    for persona in people:
        with alur.database.reading() as read:
            person = employee_by_nip(read, city, persona.nip)
        assert person is not None, "personas are among the imported employees"
        with alur.database.writing() as connection:
            give_password(connection, city, person.id, hashed, account_id=alur.engine.new_id(), now=alur.clock())
    guest = invite_guest(alur, city)
    if guest is not None:
        with alur.database.writing() as connection:
            give_guest_password(connection, guest, hashed)
