"""Addresses and small questions that the pages of recognition share."""

from datetime import date
from typing import Any

from engine.policy.actor import Actor
from webapp.current import current_actor, current_alur

# SQLite and PostgreSQL hold 63 bits; a longer number names nothing.
_NUMBER = "int(max=9223372036854775807)"
HOME = "/apresiasi"
THANK = f"{HOME}/beri"
ONE_THANKS = f"{HOME}/<{_NUMBER}:kudos_id>"
IDEAS = f"{HOME}/inovasi"
ONE_IDEA = f"{IDEAS}/<{_NUMBER}:innovation_id>"
AWARDS = f"{HOME}/penghargaan"
ONE_PROGRAM = f"{AWARDS}/<{_NUMBER}:program_id>"
PERSON = f"<{_NUMBER}:person>"
ONE_NOMINATION = f"{AWARDS}/usulan/<{_NUMBER}:case_id>"
ONE_UNIT_AWARD = f"{AWARDS}/unit/<{_NUMBER}:case_id>"
PROPOSE_UNIT = f"{AWARDS}/unit/usulkan/<{_NUMBER}:unit_id>"
CITIZENS = f"{HOME}/warga"
ONE_CITIZEN_THANKS = f"{CITIZENS}/<{_NUMBER}:thanks_id>"
EVIDENCE = f"{ONE_IDEA}/bukti"


def today() -> date:
    """Return the day in the city."""
    return current_alur().now_in(current_actor().tenant).date()


def may(read: Any, actor: Actor, permission: str, subject: Any) -> bool:
    """Say whether the reader may do something, to offer it on a page; the command asks again."""
    return current_alur().engine.policy.allows(actor, permission, subject, read)


def require(read: Any, actor: Actor, permission: str, subject: Any) -> None:
    """Do nothing if the reader may do something.

    :raise NotFound: he may not.
    """
    current_alur().engine.policy.require(actor, permission, subject, read)
