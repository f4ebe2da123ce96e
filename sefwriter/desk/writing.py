"""Writing in a section at this desk: undo and redo, own edits only."""

from dataclasses import dataclass

from sefwriter.desk.project import Project
from sefwriter.model.ids import SectionId


@dataclass(frozen=True, slots=True)
class Steps:
    """How many edits of a section can be undone at this desk, and how many made again."""

    undo: int = 0
    redo: int = 0


def steps_of(project: Project, section: SectionId) -> Steps:
    """What can be undone and redone in this section now."""
    return Steps(*project.replica.undo_depth(section))


def undo(project: Project, section: SectionId) -> Steps:
    """Takes back the last own edit of this section. Raises WorldError where there is none."""
    project.replica.undo_text(section)
    return steps_of(project, section)


def redo(project: Project, section: SectionId) -> Steps:
    """Makes the own edit undone last again. Raises WorldError where there is none."""
    project.replica.redo_text(section)
    return steps_of(project, section)
