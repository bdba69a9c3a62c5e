"""Flask-Security and Flask-SQLAlchemy on the installation's own tables and engines.

What of Flask-Security is used, and why its views are not, is in docs/adr/0010-sign-in.md.
"""

from typing import Any, cast

from flask import Flask, current_app, g
from flask_security import Security, SQLAlchemyUserDatastore, UserMixin
from flask_security.core import RoleMixin
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Engine
from sqlalchemy.orm import DeclarativeBase

from engine.records.schema import metadata as shared_metadata
from webapp.auth.records import account
from webapp.current import SignedIn, current_alur
from webapp.texts.flask_security import SecurityTexts
from webapp.wiring import Alur

SHORTEST_PASSWORD = 12


class Base(DeclarativeBase):
    """Models of the sign-in tables; their tables hang on the shared metadata, without relationships to other tables."""

    metadata = shared_metadata


class TwoDoors(Session):
    """A session that reads through the read engine and writes through the write engine, which takes its turn."""

    def get_bind(self, *arguments: Any, **options: Any) -> Any:
        """Return the engine of what is about to be executed."""
        database = current_alur().database
        # `_flushing` is how SQLAlchemy's own documentation tells a write from a read here.
        return database.write if self._flushing else database.read


class SignInDatabase(SQLAlchemy):
    """Flask-SQLAlchemy that is handed its engine instead of making one."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        alur: Alur = app.extensions["alur"]
        return alur.database.write


db = SignInDatabase(model_class=Base, session_options={"class_": TwoDoors})


class Account(db.Model, UserMixin):  # type: ignore[name-defined]  # a class made at run time
    """An account as Flask-Security sees it."""

    __table__ = account
    #: Roles come with the session, from the grants of the day (`SignedIn.actor`), not with the account.
    roles: list[RoleMixin] = []  # noqa: RUF012  # never changed


class RoleName(RoleMixin):
    """A role by name: grants are rows of `processes.people`, which Flask-Security does not write."""

    def __init__(self, name: str) -> None:
        """Name it."""
        self.name = name


class Visitor:
    """The person of a request as Flask-Login and Flask-Security ask for him (`current_user`)."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, person: SignedIn) -> None:
        """Wrap what was loaded with the session."""
        self.person = person
        self.fs_uniquifier = str(person.account)
        self.roles = [RoleName(name) for name in sorted(person.actor.groups)]

    def get_id(self) -> str:
        """Return the account's key."""
        return self.fs_uniquifier

    def has_role(self, role: str) -> bool:
        """Say whether the person holds a role, in the whole city or a unit of it."""
        return self.person.actor.holds(role)


def start_flask_security(app: Flask, alur: Alur) -> None:
    """Give the application Flask-Security: hashing, password rules, datastore, `current_user`; no views of its own."""
    app.config.update(
        SQLALCHEMY_DATABASE_URI=alur.database.url,
        SESSION_PROTECTION=None,
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  # the name of the algorithm
        SECURITY_PASSWORD_SALT=alur.settings.pepper,
        SECURITY_PASSWORD_LENGTH_MIN=SHORTEST_PASSWORD,
        SECURITY_CACHE_CONTROL=None,
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
        SECURITY_JOIN_USER_ROLES=False,
        SECURITY_USER_IDENTITY_ATTRIBUTES=[],
    )
    db.init_app(app)
    security = Security(app, SQLAlchemyUserDatastore(db, Account, RoleName), register_blueprint=False)
    security.i18n_domain = cast("Any", SecurityTexts())
    # Their loaders read the account by itself, by a cookie that a sign-out does not end; ours came with the session.
    security.login_manager.user_loader(lambda _identifier: None)
    security.login_manager.request_loader(_visitor)


def _visitor(_request: Any) -> Visitor | None:
    person: SignedIn | None = g.get("signed_in")
    return Visitor(person) if person is not None and not person.must_choose else None


def datastore() -> SQLAlchemyUserDatastore:
    """Return Flask-Security's view of the accounts."""
    return cast("SQLAlchemyUserDatastore", current_app.extensions["security"].datastore)
