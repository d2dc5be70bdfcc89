"""What left a workspace before, as tables, so that whatever leaves next is attacked together with it."""

from __future__ import annotations

from collections.abc import Sequence

from earlyhelp.compare import read_pack
from earlyhelp.compare.pack import parsed
from earlyhelp.compare.tables import tables_of_pack
from earlyhelp.release.register_audit import Earlier
from earlyhelp.release.register_table import ReleasedTable, table_from
from earlyhelp.store.releases import Release, Releases, State
from earlyhelp.store.workspace import Workspace

PACK = "pack"
"""The kind of release that is a pack; the others keep their tables beside what left."""


def left_before(workspace: Workspace) -> list[Earlier]:
    """Every release that left, with its tables as they were, in the order of their proposals."""
    register = Releases(workspace)
    gone = [each for each in register.listed() if each.state is State.RELEASED]
    return [Earlier(each.id, tuple(_tables_of(register, each))) for each in gone]


def _tables_of(register: Releases, release: Release) -> Sequence[ReleasedTable]:
    if release.proposal.kind == PACK:
        return tables_of_pack(read_pack(register.bytes_of(release), release.id).pack)
    return [table_from(each) for each in parsed(register.content_of(release))["tables"]]
