"""*Orang Saya* as the page shows it: a row for each person in the shape of `layout/people.html`."""

from collections.abc import Mapping, Sized
from dataclasses import dataclass

from webapp.appraisal.people_rating import PersonToRate, person_to_rate
from webapp.appraisal.people_reading import Team
from webapp.appraisal.people_standing import PersonState, person_in, signed_in_words, unopened_person, unready_person
from webapp.appraisal.quarter_switch import QuarterSwitch, quarter_switch
from webapp.appraisal.rating_forms import Problem, Sent
from webapp.appraisal.standing import LABELS, Standing, StandingCount, read_standing
from webapp.appraisal.wording import quarter_name
from webapp.texts import gettext as _


@dataclass(frozen=True, slots=True)
class TeamPage:
    """The whole page.

    :param chosen: the only part that the reader wants to see; None for all of them.
    """

    period: str
    switch: QuarterSwitch
    chosen: Standing | None
    to_assess: tuple[PersonState, ...]
    to_rate: tuple[PersonToRate, ...]
    to_sign: tuple[PersonState, ...]
    not_ready: tuple[PersonState, ...]
    signed: tuple[PersonState, ...]
    passed_on: tuple[PersonState, ...]

    @property
    def is_empty(self) -> bool:
        """Nobody is rated by the reader."""
        return not self.total

    @property
    def total(self) -> int:
        """All people of the reader."""
        return sum(len(part) for part in self._parts.values())

    @property
    def counts(self) -> tuple[StandingCount, ...]:
        """How many people stand where; what nobody stands at is left out, unless the reader chose it."""
        return tuple(
            StandingCount(standing.value, _(LABELS[standing]), len(people))
            for standing, people in self._parts.items()
            if people or standing is self.chosen
        )

    def shows(self, value: str) -> bool:
        """Say whether a part has people and is not left out by the reader's choice."""
        return self.chosen in (None, value) and bool(self._parts[Standing(value)])

    @property
    def next_person(self) -> PersonState | None:
        """Whose step comes next in the part that the reader chose; only two parts have steps of their own page."""
        people = {Standing.TO_ASSESS: self.to_assess, Standing.SIGNED: self.signed}
        waiting = people.get(self.chosen, ()) if self.chosen else ()
        return next((person for person in waiting if person.token is not None), None)

    @property
    def _parts(self) -> Mapping[Standing, Sized]:
        return {
            Standing.TO_ASSESS: self.to_assess,
            Standing.TO_RATE: self.to_rate,
            Standing.TO_SIGN: self.to_sign,
            Standing.NOT_READY: self.not_ready,
            Standing.SIGNED: self.signed,
            Standing.PASSED_ON: self.passed_on,
        }


def team_page(
    team: Team, sent: Mapping[int, Sent], problems: Mapping[int, list[Problem]], chosen: str = ""
) -> TeamPage:
    """Return the page with what is kept as drafts, or with what was just sent and is not good yet.

    :param chosen: a `Standing` to narrow the page down to; what is none shows everybody.
    """
    year, quarter = team.page.year, team.page.quarter
    return TeamPage(
        quarter_name(year, quarter) if year and quarter else "",
        quarter_switch(team.page.quarters),
        read_standing(chosen),
        tuple(person_in(row, _("Perilaku dan rubrik belum Anda isi")) for row in team.to_assess),
        tuple(person_to_rate(row, sent.get(case_id), problems) for case_id, row in team.to_confirm.items()),
        tuple(person_in(row, _("Rating ditetapkan, menunggu tanda tangan")) for row in team.to_sign.values()),
        (
            *(unready_person(person) for person in team.waiting),
            *(unopened_person(person) for person in team.unopened),
        ),
        tuple(person_in(row, signed_in_words(row)) for row in team.signed),
        tuple(person_in(row, _("Beralih kepada atasan Anda karena batas waktu lewat")) for row in team.passed_on),
    )
