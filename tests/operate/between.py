"""What people do and see before, during and after the sections of the page."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from threading import Event
from urllib.error import HTTPError

from tests.operate.visitor import ROOT, Visitor
from tests.operate.walk import Walk, expect, shell

SECRET_PART = "a-link-that-lets-somebody-in"
PASSWORD = "panci sendok wajan kompor"
ADMIN = {"name": "Nurul Nasution", "nip": "198304042009042001", "password": PASSWORD, "again": PASSWORD}


def see_what_was_installed(walk: Walk) -> None:
    """The program comes from the wheels, the cities named are there, and the shipped diagrams are good."""
    expect("serang" in walk.printed["Install"], "the city's plugin to be listed")
    expect("periodic_evaluation: tidak ada masalah" in walk.printed["Install"], "the shipped diagrams to be checked")
    expect("mataram" not in shell("alur plugin list"), "no city that was not named")


def check_the_units(walk: Walk) -> None:
    """systemd understands the units and finds little that they expose."""
    units = "cd /opt/alur-bundle/deploy && systemd-analyze"
    shell(f"{units} verify ./alur*.service ./alur-backup.timer")
    shell(f"{units} security --offline=true --threshold=20 ./alur.service | tail -n 1")


def let_the_first_administrator_in(walk: Walk) -> None:
    """The link that was printed lets somebody in, over TLS, below the path; once."""
    link = next(line for line in walk.printed["Open a city"].splitlines() if line.startswith(f"{ROOT}/serang/mulai/"))
    admin = Visitor()
    admin.wait()
    admin.get(link)
    admin.send(**ADMIN)
    expect("Keluar" in admin.page, f"the administrator to be let in; the page says {admin.text}")
    expect(admin.address.startswith(f"{ROOT}/serang/"), f"to stay below the path, not {admin.address}")
    for cookie in admin.cookies:
        expect(cookie.secure and cookie.path.startswith("/alur/serang"), f"{cookie.name} to stay on TLS and its city")
    (style, *_) = admin.tree.xpath("//link[@rel='stylesheet']/@href")
    admin.get(style)
    expect(_refused(link), "the link to be good once")
    check_the_way("/var/log/nginx")


def go_by_the_other_web_server(_walk: Walk) -> None:
    """The administrator comes by Caddy as well as by nginx; then nginx is there again."""
    visitor = Visitor()
    visitor.wait()
    visitor.sign_in("serang", ADMIN["nip"], PASSWORD)
    expect("Keluar" in visitor.page, f"the administrator to be let in; the page says {visitor.text}")
    expect(all(cookie.secure for cookie in visitor.cookies), "every cookie to stay on TLS")
    check_the_way("/run/services")
    shell("systemctl disable --now caddy\nsystemctl enable --now nginx")


def check_the_way(logs: str) -> None:
    """Plain HTTP leads to TLS and the bare path to the application; no address is logged, even where Alur is away."""
    visitor = Visitor()
    visitor.wait()
    for address in (f"http{ROOT.removeprefix('https')}/", ROOT):
        visitor.get(address)
        expect(visitor.address.startswith(f"{ROOT}/"), f"{address} to lead below {ROOT}/, not to {visitor.address}")
        expect("max-age" in visitor.headers.get("Strict-Transport-Security", ""), "browsers to be told to stay on TLS")
    shell("systemctl stop alur")
    expect(_status(f"{ROOT}/serang/mulai/{SECRET_PART}") == 502, "the web server to say that Alur is away")
    shell("systemctl start alur")
    visitor.wait()
    said = "".join(log.read_text() for log in Path(logs).glob("*.log"))
    expect(SECRET_PART not in said, f"no address in {logs}")


def go_on_with_people(walk: Walk) -> None:
    """The city was imported; from here on the machine serves one in which a quarter is open."""
    expect("2 baru" in walk.printed["Import"], "the units to be imported")
    walk.replace_installation(walk.today)
    shell("systemctl start alur")
    walk.task = walk.come().links("/tugas/")[0]


@contextmanager
def people_at_work(walk: Walk) -> Iterator[None]:
    """People come and go while the commands run, and one of them does a task."""
    stop = Event()

    def come_and_go() -> int:
        visits = 0
        while not stop.is_set():
            walk.come()
            visits += 1
        return visits

    with ThreadPoolExecutor(1) as pool:
        others = pool.submit(come_and_go)
        try:
            work_the_task(walk)
            yield
        finally:
            stop.set()
    expect(others.result() > 0, "people to come while the backup was made")


def work_the_task(walk: Walk) -> None:
    """The person reports what was achieved, and the task is gone from the inbox."""
    visitor = walk.come()
    visitor.get(walk.task)
    form = (
        visitor.tree.forms[-1]
        if not visitor.tree.xpath("//form[@id='task-form']")
        else visitor.tree.get_element_by_id("task-form")
    )
    answers = {str(name): "10" for name in form.fields if str(name).endswith("__value") and not form.fields[name]}
    answers |= {str(name): "Selesai" for name in form.fields if str(name).endswith("__note")}
    visitor.send(**answers)
    expect(_is_done(walk, visitor), f"the task to be done; the page says {visitor.text}")


def look_at_the_backups(walk: Walk) -> None:
    """Both backups are whole and hold the task that was done."""
    made = sorted(Path("/var/backups/alur").glob("alur-*.zip"))
    expect(len(made) == 2, f"one backup by hand and one by the service, not {made}")
    for archive in made:
        expect("utuh" in shell(f"alur backup --check {archive}"), f"{archive} to be whole")


def find_the_work_again(walk: Walk) -> None:
    """After the restore the person's task is still done, and the proof was printed."""
    expect("Semua catatan cocok" in walk.printed["Restore"], "the restored cases to be proved")
    expect(_is_done(walk, walk.come()), "the task to be done still")


def find_the_city_where_it_arrived(walk: Walk) -> None:
    """The city is the same, its cases were proved, and its administrator gets in by a link."""
    said = walk.printed["Move a city"]
    chains = {line.rpartition(" ")[2].rstrip(".") for line in said.splitlines() if "jejak audit" in line}
    expect(len(chains) == 1, f"one chain of the audit trail wherever the city was, not {chains}")
    expect("Semua catatan cocok" in said, "the cases to be proved where they arrived")
    expect(f"{ROOT}/serang/mulai/" in said, "a link for the administrator")
    expect("Kota serang sudah dihapus" in said, "the city to be taken away where it left")
    expect("Tidak ada kasus yang diperiksa." in said, "nothing of it to be left there")
    Visitor().wait()


def go_back_to_the_earlier_release(walk: Walk) -> None:
    """The machine holds what an earlier release left; the new program does not touch it without being told."""
    walk.replace_installation(walk.earlier)
    said = shell("alur serve", ends_with=1)
    expect("alur upgrade" in said, "to be told to upgrade")


def find_running_cases(walk: Walk) -> None:
    """The people of before sign in, and their cases go on."""
    expect("Cadangan: /var/backups/alur/" in walk.printed["Upgrade"], "a backup before the upgrade")
    expect("Semua catatan cocok" in walk.printed["Upgrade"], "the upgraded cases to be proved")
    walk.come()


def refuse_the_downgrade() -> None:
    """An older program refuses the database of a newer one and leaves it as it is."""
    shell("systemctl stop alur")
    with closing(sqlite3.connect("/var/lib/alur/alur.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in ("alur serve", "alur worker --once", "alur upgrade"):
        expect("Alur yang lebih baru" in shell(command, ends_with=1), f"{command} to refuse")
    expect("Alur yang lebih baru" in shell("alur doctor", ends_with=1), "the doctor to say so")


def _is_done(walk: Walk, visitor: Visitor) -> bool:
    visitor.get("/serang/")
    return walk.task not in visitor.links("/tugas/")


def _refused(link: str) -> bool:
    return _status(link) == 404


def _status(link: str) -> int:
    try:
        Visitor().get(link)
    except HTTPError as error:
        return error.code
    return 200


BEFORE: dict[str, Callable[[Walk], None]] = {"Upgrade": go_back_to_the_earlier_release}
DURING: dict[str, Callable[[Walk], AbstractContextManager[None]]] = {"Back up": people_at_work}
AFTER: dict[str, Callable[[Walk], None]] = {
    "Install": see_what_was_installed,
    "The service": check_the_units,
    "TLS, and a path of a host": let_the_first_administrator_in,
    "Caddy instead of nginx": go_by_the_other_web_server,
    "Import": go_on_with_people,
    "Back up": look_at_the_backups,
    "Restore": find_the_work_again,
    "Move a city": find_the_city_where_it_arrived,
    "Upgrade": find_running_cases,
}
