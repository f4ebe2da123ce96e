"""The two kinds of ending that the window tells of, for those who may not enter the store."""

from sefwriter.store.faults import Cancelled, WorldError

__all__ = ["Cancelled", "WorldError"]
