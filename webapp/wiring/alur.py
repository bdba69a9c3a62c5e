"""An installation, put together."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from procrastinate import App
from sqlalchemy import select

from engine.bpmn.check import Catalogue
from engine.clock import Clock, system_clock
from engine.engine import Engine
from engine.jobs import make_app
from engine.policy.rules import Policy
from engine.records.database import Database
from engine.records.files import FileStore
from engine.records.tenant import require_open, tenant, unsettled
from engine.worker import TASKS, WorkerQueue
from plugins.manager import Cities
from webapp.wiring.directory import CityDirectory
from webapp.wiring.parts import collect_parts, import_records, offers
from webapp.wiring.settings import Settings
from webapp.wiring.upkeep import upkeep_of

FILES_FOLDER = "files"


@dataclass(frozen=True, slots=True)
class Alur:
    """Everything the web application, the worker, the command line and tests work with.

    :param jobs: the queue's application; whoever wants jobs to run gives it to a worker.
    """

    settings: Settings
    engine: Engine
    database: Database
    cities: Cities
    catalogue: Catalogue
    jobs: App
    files: FileStore
    clock: Clock

    @property
    def directory(self) -> CityDirectory:
        """What the engine knows of the world outside diagrams."""
        directory = self.engine.directory
        assert isinstance(directory, CityDirectory)
        return directory

    def zone(self, city: str) -> tzinfo:
        """Return a city's time zone."""
        return self.directory.zone(city)

    def now_in(self, city: str) -> datetime:
        """Return the present instant as the city's clocks show it."""
        return self.clock().astimezone(self.zone(city))

    def served(self) -> tuple[str, ...]:
        """Return the codes of the cities that were set up here and whose plugin works, in alphabetical order."""
        return tuple(sorted(self._set_up() & set(self.cities.codes)))

    def unavailable(self) -> frozenset[str]:
        """Return the codes of the cities that were set up here but whose plugin is gone or broken."""
        return self._set_up() - set(self.cities.codes)

    def away(self) -> frozenset[str]:
        """Return the codes of the cities that have moved to another installation, or are on their way out or in."""
        with self.database.reading() as read:
            return frozenset(read.execute(unsettled).scalars())

    def require_open(self, city: str) -> None:
        """Let pass what is done for a city that is open.

        :raise TenantClosed: it is closed, or away.
        """
        with self.database.reading() as read:
            require_open(read, city)

    def _set_up(self) -> frozenset[str]:
        with self.database.reading() as read:
            known = frozenset(read.execute(select(tenant.c.code)).scalars())
            return known - frozenset(read.execute(unsettled).scalars())

    def close(self) -> None:
        """Give the database's connections back, and end the processes of the cities."""
        self.cities.close()
        self.database.dispose()


def build(settings: Settings, *, clock: Clock = system_clock, cities: Cities | None = None) -> Alur:
    """Return the installation of these settings; the database is opened, not upgraded.

    :param cities: the plugins to use instead of those installed.
    :raise UnusableDatabase: the database's address leads nowhere.
    """
    import_records()
    offers("jobs")  # processes declare their tasks on `engine.worker.TASKS` when they are imported
    parts = collect_parts()
    database = Database(settings.database_url, settings.direct_url)
    files = FileStore(settings.home / FILES_FOLDER, clock)
    plugins = Cities.installed() if cities is None else cities
    engine = Engine(
        database,
        directory=CityDirectory(parts.services, plugins),
        policy=Policy(*parts.rules, limits=parts.limits),
        jobs=WorkerQueue(),
        clock=clock,
    )
    return Alur(
        settings=settings,
        engine=engine,
        database=database,
        cities=plugins,
        catalogue=parts.catalogue,
        jobs=make_app(database, (*TASKS, *upkeep_of(settings, files)), engine),
        files=files,
        clock=clock,
    )
