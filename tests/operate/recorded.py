"""Records an installation with running cases, to be kept when its tables are released: later ones must take it over.

`python -m tests.operate.recorded FILE` writes a backup of it, made by the code it is run from.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from engine.commands.deploy_release import DeployRelease
from engine.commands.save_draft import SaveDraft
from engine.jobs import run_until_idle
from engine.policy.actor import Actor, system_actor
from processes.appraisal.commands.open_quarter import OpenQuarter
from processes.appraisal.schedule import last_quarter
from processes.people.queries import employee_by_nip
from tests.cities import cities_of
from tests.functional.quarter_world import CITY, MORNING, Quarter
from webapp.auth.commands.open_city import OpenCity
from webapp.demo import load_demo, personas
from webapp.migrations import upgrade
from webapp.setup import hash_demo_password, let_personas_in
from webapp.wiring import Alur, Settings, build, shipped_releases
from webapp.wiring.backups import Source, make_backup

#: Of an installation that lies in the open: good for nothing else.
SECRETS = {"secret_key": "made up for tests", "pepper": "made up for tests as well"}
SETTINGS = {"ALUR_BASE_URL": "https://kinerja.example/alur"}
LETTER = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def open_installation(home: Path, at: datetime = MORNING) -> Alur:
    """Return the installation of a folder, in which the clock stands still."""
    settings = Settings(
        home=home,
        database_url=f"sqlite:///{home / 'alur.db'}",
        secret_key=SECRETS["secret_key"],
        pepper=SECRETS["pepper"],
    )
    return build(settings, clock=lambda: at, cities=cities_of(CITY))


def open_office(alur: Alur) -> Quarter:
    """Load the city and open its quarter; of one team two are rated, one has reported and one has begun to."""
    upgrade(alur.database)
    alur.engine.run(OpenCity(None), system_actor(CITY))
    for files in shipped_releases().values():
        alur.engine.run(DeployRelease(files, alur.catalogue), system_actor(CITY))
    load_demo(alur.engine, CITY, system_actor(CITY))
    let_personas_in(alur, CITY, personas(CITY), hash_demo_password(alur))
    alur.engine.run(OpenQuarter(*last_quarter(alur.now_in(CITY).date())), system_actor(CITY))
    run_until_idle(alur.jobs)
    return Quarter(alur, persona_ids(alur), [alur.clock()])


def work_a_little(quarter: Quarter) -> None:
    """Leave the cases of one team at different steps, with a draft and a file."""
    team = quarter.team_of(quarter.people["appraiser"])
    quarter.until_recommended(*team[:2])
    quarter.does(team[2], "record_realisation", team[2])
    letter = quarter.alur.files.put(LETTER, filename="surat.pdf", limit=1000)
    quarter.alur.files.claim(letter.sha256)
    row = quarter.tasks(team[3])[0]
    draft = {"note": "belum selesai"}
    quarter.alur.engine.run(SaveDraft(row.case_id, row.token, draft), Actor(CITY, team[3]))


def record(target: Path, at: datetime = MORNING, work: Callable[[Quarter], None] = work_a_little) -> None:
    """Write the backup of an installation in which the quarter that ended last was opened at a moment.

    :param work: what is done in it before.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "secrets.json").write_text(json.dumps(SECRETS))
        (home / "secrets.json").chmod(0o600)
        with closing(open_installation(home, at)) as alur:
            work(open_office(alur))
            make_backup(Source(alur.settings, alur.database, at, SETTINGS), target)


def persona_ids(alur: Alur) -> dict[str, int]:
    """Return the personas' keys in the records, by their part."""
    with alur.database.reading() as read:
        found = {persona.key: employee_by_nip(read, CITY, persona.nip) for persona in personas(CITY)}
    return {key: person.id for key, person in found.items() if person is not None}


if __name__ == "__main__":
    record(Path(sys.argv[1]).absolute())
