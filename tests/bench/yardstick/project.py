"""Sets Django up inside this process, on a SQLite file as durable as Alur's, and signs people in."""

import secrets
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

PEOPLE = ("pengusul", "penyetuju")
APPS = (
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "viewflow",
    "viewflow.workflow",
    "tests.bench.yardstick",
)
# What `django-admin startproject` puts there; permissions and cross-site tokens are checked.
MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
CONTEXT = ("request", "debug")
DURABLE = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"


def set_up(folder: Path) -> None:
    """Configure Django once in this process and make its tables and people.

    :param folder: takes the database; it exists.
    """
    settings.configure(
        SECRET_KEY=secrets.token_hex(),
        ALLOWED_HOSTS=["testserver"],
        INSTALLED_APPS=APPS,
        MIDDLEWARE=MIDDLEWARE,
        ROOT_URLCONF="tests.bench.yardstick.urls",
        TEMPLATES=[_templates()],
        DATABASES={"default": _database(folder)},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        STATIC_URL="static/",
        USE_TZ=True,
        TIME_ZONE="UTC",
    )
    django.setup()
    call_command("migrate", verbosity=0)
    _add_people()


def tear_down() -> None:
    """Close the database."""
    from django.db import connections

    connections.close_all()


def _templates() -> dict[str, Any]:
    processors = [f"django.template.context_processors.{name}" for name in CONTEXT]
    processors += ["django.contrib.auth.context_processors.auth", "django.contrib.messages.context_processors.messages"]
    return {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": processors},
    }


def _database(folder: Path) -> dict[str, Any]:
    # IMMEDIATE: with Django's own default two clients at once would only get "database is locked".
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "viewflow.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {"init_command": DURABLE, "transaction_mode": "IMMEDIATE"},
    }


def _add_people() -> None:
    from django.contrib.auth.models import Permission, User

    # Viewflow shows a flow to those who may view its processes.
    may_view = Permission.objects.get(content_type__app_label="yardstick", codename="view_approvalprocess")
    for name in PEOPLE:
        User.objects.create_user(name).user_permissions.add(may_view)


@contextmanager
def counting() -> Generator[list[str]]:
    """Collect the statements sent during a block, without those that frame a transaction."""
    from django.db import connection

    statements: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
        if not sql.upper().startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")):
            statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield statements
