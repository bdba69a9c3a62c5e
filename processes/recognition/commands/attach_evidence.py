"""Attach a file that shows what an idea has changed."""

from dataclasses import dataclass, field
from typing import ClassVar, Final

from engine.command import Changes, Context
from engine.errors import Conflict
from engine.records.changes import write
from engine.records.files import StoredFile
from processes.recognition.queries.ideas import Idea, evidence_of, find_idea
from processes.recognition.records import innovation_file

MOST_FILES: Final = 10


class EnoughFiles(Conflict):
    """The idea has as many files as one may have, or this very one."""

    code = "innovation.files"


@dataclass(frozen=True, slots=True)
class AttachEvidence:
    """Add a file to one's own idea, whatever its stage; everybody who reads the idea may open it.

    :param file: which was uploaded before.
    """

    innovation_id: int
    file: StoredFile = field(repr=False)
    permission: ClassVar[str] = "innovation:follow"

    def subject(self, context: Context) -> Idea:
        """Return the idea.

        :raise NotFound: there is none of that id in the city.
        """
        return find_idea(context.read, context.actor.tenant, self.innovation_id)

    def execute(self, context: Context, subject: Idea) -> Changes:
        """Add the row.

        :raise EnoughFiles: there are ten, or this one is there.
        """
        known = evidence_of(context.read, subject.tenant, subject.id)
        if len(known) >= MOST_FILES or any(one.sha256 == self.file.sha256 for one in known):
            raise EnoughFiles()
        row = write(
            innovation_file.insert(),
            id=context.new_id(),
            tenant=subject.tenant,
            innovation_id=subject.id,
            sha256=self.file.sha256,
            filename=self.file.filename,
            media_type=self.file.media_type,
            size=self.file.size,
            added_at=context.now,
            added_by=context.actor.person,
        )
        return Changes((row,), subject=subject.owner)
