"""Section text as a Yjs text (pycrdt), and the one place where positions change their units.

Python counts code points, Yrs counts UTF-8 bytes (Qt, later, UTF-16 units). A position inside a
character raises nothing and loses the character at the next load, so every edit goes through here.
"""

import secrets
from collections.abc import Callable, Iterable
from typing import cast

import pycrdt

from sefwriter.ledger.yjs import ROOT, NotOurUpdate, read_update, standing_clients
from sefwriter.model.text.splices import Splice

_OWN = "own"
"""The origin of what is written here; only that can be undone."""


def client_prefix(log: str) -> int:
    """The upper 29 bits of every Yjs client id that this log may write."""
    return int(log[:8], 16) >> 3


def new_client(log: str) -> int:
    """A fresh client id: 29 bits of the log's id, 24 random ones; 53 in all, as JavaScript holds.

    Never used twice: one client id in two places diverges without an error.
    """
    return client_prefix(log) << 24 | secrets.randbits(24)


def byte_position(text: str, position: int) -> int:
    """A code-point position in text as UTF-8 bytes. The one converter."""
    return len(text[:position].encode("utf-8"))


class SectionText:
    """One section's text with all its history. Not for several threads at once.

    What was edited here since it was opened can be undone, edit by edit; what others wrote stays.
    """

    def __init__(self, log: str = "0" * 32) -> None:
        self._document = pycrdt.Doc[pycrdt.Text](client_id=new_client(log))
        self._text = self._document.get(ROOT, type=pycrdt.Text)
        self._undo = pycrdt.UndoManager(scopes=[self._text], capture_timeout_millis=0)
        self._undo.include_origin(_OWN)

    def __str__(self) -> str:
        return str(self._text)

    def apply(self, updates: Iterable[bytes]) -> None:
        """Takes in updates in causal order. Raises NotOurUpdate for one that can't be read."""
        for update in updates:
            read_update(update)
            try:
                self._document.apply_update(update)
            except (ValueError, RuntimeError) as error:
                raise NotOurUpdate(str(error)) from None

    def edit(self, splices: Iterable[Splice]) -> bytes:
        """Applies splices in turn; the update that says just these edits."""

        def run() -> None:
            with self._document.transaction(origin=_OWN):
                text = str(self._text)
                for splice in splices:
                    start = byte_position(text, splice.position)
                    end = byte_position(text, splice.position + splice.cut)
                    if end > start:
                        del self._text[start:end]
                    if splice.insert:
                        self._text.insert(start, splice.insert)
                    text = (
                        text[: splice.position]
                        + splice.insert
                        + text[splice.position + splice.cut :]
                    )

        return self._update_of(run)

    @property
    def depth(self) -> tuple[int, int]:
        """How many edits can be undone, and how many done again."""
        stacks = cast("tuple[list[object], ...]", (self._undo.undo_stack, self._undo.redo_stack))  # pyright: ignore[reportUnknownMemberType] - the library types them loosely
        return len(stacks[0]), len(stacks[1])

    def undo(self) -> bytes:
        """Takes back the last edit made here: its update. Only where `depth` has one."""
        return self._update_of(self._undo.undo)

    def redo(self) -> bytes:
        """Makes the edit undone last again: its update. Only where `depth` has one."""
        return self._update_of(self._undo.redo)

    def _update_of(self, change: Callable[[], object]) -> bytes:
        """The update of one change of the text.

        It comes from the transaction's own event: asking the document for "what is new" repeats
        every deletion ever made.
        """
        events: list[bytes] = []

        def keep(event: object) -> None:
            events.append(cast("bytes", getattr(event, "update")))  # noqa: B009

        subscription = self._document.observe(
            cast("Callable[[pycrdt.TransactionEvent], None]", keep)
        )
        try:
            change()
        finally:
            self._document.unobserve(subscription)
        return events[0] if len(events) == 1 else pycrdt.merge_updates(*events)

    def standing_prefixes(self) -> frozenset[int]:
        """The client prefixes (so, the logs) whose characters stand in the text now."""
        return frozenset(client >> 24 for client in standing_clients(self._document.get_update()))
