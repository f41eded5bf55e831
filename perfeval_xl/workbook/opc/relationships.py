"""部件之间的关系: which part a relationship id leads to, in either edition of the standard."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.markup import feed, local_name, new_parser
from perfeval_xl.workbook.opc.package import DAMAGED

if TYPE_CHECKING:
    from typing import Protocol

    class Parts(Protocol):
        """Parts by name: a package, or one that is being changed."""

        def find(self, name: str) -> object: ...
        def read(self, name: str) -> bytes: ...


class Relationship(Record):
    """一条关系: its last word of type (``worksheet``, ``styles`` …) and the target part's name."""

    kind: str
    target: str
    type: str = ""


def relationships(package: Parts, part: str) -> dict[str, Relationship]:
    """某部件的全部关系 by id, empty when it has none; external targets are left out.

    ``part`` "" stands for the package itself.
    """
    found: dict[str, Relationship] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "")
            target = resolved(part, attributes.get("Target", ""))
            found[attributes.get("Id", "")] = Relationship(kind.rpartition("/")[2], target, kind)

    name = relationship_part(part)
    if package.find(name) is not None:
        feed(new_parser(start), package.read(name), last=True)
    return found


def relationship_part(part: str) -> str:
    """关系部件名.

    >>> relationship_part("xl/workbook.xml"), relationship_part("")
    ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    folder, slash, name = part.rpartition("/")
    return f"{folder}{slash}_rels/{name}.rels"


def resolved(part: str, target: str) -> str:
    """关系目标的部件名: absolute, or relative to the folder of ``part``; never leaves the package.

    >>> resolved("xl/workbook.xml", "worksheets/sheet1.xml")
    'xl/worksheets/sheet1.xml'
    >>> resolved("xl/workbook.xml", "/xl/styles.xml"), resolved("xl/worksheets/s.xml", "../../../media/a.png")
    ('xl/styles.xml', 'media/a.png')
    """
    target = target.replace("\\", "/")
    steps = [] if target.startswith("/") else part.split("/")[:-1]
    for step in target.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def workbook_part(package: Parts) -> str:
    """工作簿主部件的名称."""
    for relationship in relationships(package, "").values():
        if relationship.kind == "officeDocument" and package.find(relationship.target):
            return relationship.target
    raise UnusableFile(DAMAGED)
