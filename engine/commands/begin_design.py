"""Begin a design of a process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from engine.bpmn.outline import read_outline
from engine.bpmn.read import problem, read_xml
from engine.casework import find_release
from engine.command import Changes, Context, TenantSubject
from engine.designs.storable import check_storable
from engine.errors import DiagramRefused, NotFound, Problem
from engine.moving.runs import release_by_id
from engine.records.changes import write
from engine.records.design import DesignStatus, insert_design
from engine.records.packing import pack
from engine.records.release import latest_release


@dataclass(frozen=True, slots=True)
class BeginDesign:
    """Keep a working copy of a process, to be changed, tried, reviewed and released.

    The receipt's value and subject are the number of the design.

    :param files: what it begins with; they need not be fit to be deployed.
    :param base: the release that they were taken from; None for the release of that process in force, if there is one.
    :param taken: the files of the national default that went into them.
    """

    files: Mapping[str, bytes] = field(repr=False)
    base: int | None = None
    taken: Mapping[str, bytes] | None = field(default=None, repr=False)
    permission: ClassVar[str] = "design:begin"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Refuse what may not be kept, and keep the rest.

        :raise DiagramRefused: the files are hostile or unreadable, or hold no process.
        :raise NotFound: the base is no release of the process in this city.
        """
        process = process_of(self.files)
        identifier = context.new_id()
        row = write(
            insert_design,
            id=identifier,
            tenant=subject.tenant,
            process=process,
            status=DesignStatus.OPEN,
            base_id=self._base(context, subject.tenant, process),
            content=pack(dict(self.files)),
            taken=pack(dict(self.taken)) if self.taken is not None else None,
            version=1,
            begun_at=context.now,
            begun_by=context.actor.person,
            saved_at=context.now,
            saved_by=context.actor.person,
        )
        return Changes((row,), subject=identifier, value=identifier)

    def _base(self, context: Context, tenant: str, process: str) -> int | None:
        if self.base is None:
            latest = context.read.execute(latest_release, {"tenant": tenant, "process": process}).one_or_none()
            return latest.id if latest is not None else None
        found = release_by_id(context.read, tenant, self.base)
        if find_release(context.read, found.id, found.digest).process != process:
            raise NotFound()
        return found.id


def process_of(files: Mapping[str, bytes]) -> str:
    """Return the id of the process in the files of a design.

    :raise DiagramRefused: they may not be kept, or hold no single diagram with a process.
    """
    problems = check_storable(files)
    names = [name for name in files if name.endswith(".bpmn")]
    if not problems and len(names) == 1:
        outline, problems_of_reading = read_outline(read_xml(files[names[0]], names[0]), names[0])
        if outline is not None:
            return outline.process
        problems = tuple(problems_of_reading)
    raise DiagramRefused(problems or (_no_diagram(len(names)),))


def _no_diagram(count: int) -> Problem:
    return problem(
        "release",
        "one_diagram",
        f"rancangan harus memuat tepat satu berkas .bpmn, ditemukan {count}; sertakan satu saja.",
        f"a design must hold exactly one .bpmn file, found {count}; include just one.",
    )
