"""Reads designs and releases for the studio's pages, for whoever may see them."""

from collections.abc import Mapping
from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest

from engine.command import TenantSubject
from engine.designs.finding import Design, find_design
from engine.policy.actor import Actor
from engine.queries.designs import release_in_city
from webapp.current import ask, current_alur
from webapp.wiring import Alur, shipped_scenarios


def read_design(read: Any, actor: Actor, alur: Alur, design_id: int) -> Design:
    """Return a design.

    :raise NotFound: it does not exist, or is not for this reader.
    """
    found = find_design(read, actor.tenant, design_id)
    alur.engine.policy.require(actor, "design:view", found, read)
    return found


def current_design(design_id: int) -> Design:
    """Return a design for the person of this request.

    :raise NotFound: it does not exist, or is not for this reader.
    """
    return ask(read_design, current_alur(), design_id)


def read_release_files(read: Any, actor: Actor, alur: Alur, release_id: int) -> Mapping[str, bytes]:
    """Return the files of a release of the city; one that Alur ships has its scenarios with it.

    :raise NotFound: it does not exist, or is not for this reader.
    """
    release = release_in_city(read, actor, release_id)
    alur.engine.policy.require(actor, "design:begin", TenantSubject(actor.tenant), read)
    return with_scenarios(release.process, release.files)


def with_scenarios(process: str, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return files together with the scenarios that Alur ships for the process, if they have none of their own."""
    if any(name.startswith("scenarios/") for name in files):
        return files
    return {**files, **shipped_scenarios(process)}


def sent_json() -> Any:
    """Return what a script sent as JSON; None if it is none.

    :raise BadRequest: it is nested too deeply to be read.
    """
    try:
        return request.get_json(silent=True)
    except RecursionError:
        raise BadRequest from None
