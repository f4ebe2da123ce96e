"""The evidence of one SEF on this laptop: files taken in, read into pages, searched, bound."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from sefwriter.desk.fence import fenced, general_files, is_fenced, restricted_files
from sefwriter.desk.home import Home
from sefwriter.desk.requests import find_evidence
from sefwriter.evidence.passages import find_again, locate
from sefwriter.evidence.prepared import Prepared
from sefwriter.evidence.reader import Reader
from sefwriter.evidence.search import SearchIndex
from sefwriter.ledger.folder import SefFolder
from sefwriter.ledger.verify import Finding
from sefwriter.model.ids import EvidenceId, PassageId, SefId
from sefwriter.model.sef import PageFacts, Passage, Sef
from sefwriter.store.faults import WorldError
from sefwriter.store.files import Progress, Stop, told_kindly
from sefwriter.store.vault import Kept, Vault


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that lies in the vault and was read, on its way to becoming evidence."""

    name: str
    kept: Kept
    facts: PageFacts
    rendition: str
    converter: str

    def fields(self) -> dict[str, object]:
        """The fields an act on evidence wants of it."""
        return {
            "sha256": self.kept.sha256,
            "name": self.name,
            "size": self.kept.size,
            "rendition": self.rendition,
            "converter": self.converter,
        }


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page that has the words looked for. `snippet` marks them; larger scores come first."""

    evidence: EvidenceId
    page: int
    snippet: str
    score: float


class Library:
    """Files, pages and words of one SEF's evidence on this laptop."""

    def __init__(self, home: Home, sef: SefId) -> None:
        self.vault = Vault(home.vault)
        self._prepared = Prepared(home.prepared)
        self._index_path = home.search(sef)
        self._index: SearchIndex | None = None
        self._reader: Reader | None = None
        self._states: dict[tuple[PassageId, str], str] = {}

    def close(self) -> None:
        """Ends the reading process and lets go of the index."""
        if self._reader:
            self._reader.close()
        if self._index:
            self._index.close()

    # -- taking files in

    def take_in(
        self,
        path: Path,
        *,
        restricted: bool,
        stop: Stop | None = None,
        progress: Progress | None = None,
    ) -> Incoming:
        """Copies the file and reads it. Raises WorldError where it can't be copied at all.

        What was read is kept by `keep`, once nothing stands against the act. A damaged, locked or
        empty file is taken too: its state says so.
        """
        kept = self.vault.add(path, stop=stop, progress=progress)
        return self._read(kept, path.name, restricted=restricted, stop=stop)

    def keep(self, incoming: Incoming, *, restricted: bool) -> None:
        """Keeps what was read and makes the words findable. Never those of restricted evidence."""
        self._prepared.keep(incoming.kept.sha256, incoming.facts)
        if not restricted:
            self._search_index().put(incoming.kept.sha256, incoming.facts.texts)

    def fence(self, sef: Sef) -> None:
        """The words of restricted files leave the index and the prepared pages, where they are.

        The index is a cache and is thrown away whole, since SQLite keeps words of deleted rows.
        """
        restricted = restricted_files(sef)
        if not restricted:
            return
        if self._search_index().known() & restricted.keys():
            self._forget_index()
        for sha256 in restricted:
            facts = self._prepared.facts(sha256)
            if facts and (any(facts.texts) or facts.title):
                self._prepared.keep(sha256, fenced(facts))
        self.read_missing(sef)

    def _forget_index(self) -> None:
        self._search_index().close()
        self._index = None
        with told_kindly(self._index_path):
            for ending in ("", "-wal", "-shm"):
                Path(f"{self._index_path}{ending}").unlink(missing_ok=True)

    def bring(
        self, sef: Sef, source: Callable[[str], Path], *, look_at_bytes: bool = False
    ) -> None:
        """Copies general evidence that this laptop lacks from where it may lie, and reads it.

        A file whose bytes are not those its name says isn't taken. With `look_at_bytes` (a repair)
        what was damaged here is replaced too.
        """
        here = self.vault.verify if look_at_bytes else self.vault.has
        for sha256 in general_files(sef):
            path = source(sha256)
            if not here(sha256) and self.vault.is_true(path, sha256):
                self.vault.add(path)
        self.read_missing(sef)

    def bring_from(self, sef: Sef, files: Iterable[tuple[str, IO[bytes]]]) -> None:
        """As `bring`, from a hand-over file, and in place of what was damaged here."""
        wanted = general_files(sef)
        for sha256, file in files:
            if sha256 in wanted and not self.vault.verify(sha256):
                self.vault.add_blocks(_blocks(file))
        self.read_missing(sef)

    def read_missing(self, sef: Sef) -> None:
        """Reads every file of evidence that is here and wasn't read, or not with its words."""
        known = self._search_index().known()
        restricted = restricted_files(sef)
        for item in sef.evidence:
            for version in item.versions:
                sha256 = version.sha256
                if not self.vault.has(sha256):
                    continue
                facts = self._prepared.facts(sha256)
                if facts is None or (is_fenced(facts) and sha256 not in restricted):
                    facts = self._read_pages(sef, sha256, version.name)
                    self._prepared.keep(sha256, fenced(facts) if sha256 in restricted else facts)
                if sha256 not in restricted and sha256 not in known:
                    self._search_index().put(sha256, facts.texts)

    # -- looking

    def with_facts(self, sef: Sef) -> Sef:
        """The Sef with what reading its files here gave, and where each passage stands."""
        facts: dict[str, PageFacts] = {}
        for item in sef.evidence:
            for version in item.versions:
                if not self.vault.has(version.sha256):
                    continue
                found = self._prepared.facts(version.sha256)
                if found:
                    hidden = item.evidence_class == "restricted"
                    facts[version.sha256] = fenced(found) if hidden else found
        known = replace(sef, facts=facts)
        return replace(known, passage_states=self._passage_states(known))

    def search(self, sef: Sef, words: str, limit: int) -> list[FoundPage]:
        """The pages of general evidence that have these words, best first."""
        home = {
            item.current.sha256: item.id
            for item in sef.evidence
            if item.current and item.evidence_class == "general"
        }
        hits = self._search_index().search(words, among=frozenset(home), limit=limit)
        return [FoundPage(home[hit.sha256], hit.page, hit.snippet, -hit.score) for hit in hits]

    def locate(self, sef: Sef, given: Mapping[str, object]) -> dict[str, object]:
        """LinkPassage's fields with the quote found: page, page_to, the page's own words, context.

        Raises WorldError when the words don't stand there, with the nearest that do.
        """
        fields = dict(given)
        occurrence = int(str(fields.pop("occurrence", 1)))
        item = sef.evidence_by_id.get(
            EvidenceId(find_evidence(sef, str(fields.get("evidence", ""))))
        )
        quote = str(fields.get("quote", ""))
        if not quote or item is None or item.current is None or "before" in fields:
            return fields
        if item.evidence_class == "restricted":
            raise WorldError(
                f"{item.number} is restricted: bind its page, without quoting from it."
            )
        facts = sef.page_facts(item.current.sha256)
        if not any(facts.texts):
            reason = facts.reason or "its pages have no text"
            raise WorldError(
                f"Words can't be found in {item.number}: {reason} Bind a page instead."
            )
        page = int(str(fields.get("page", 0))) or None
        found = locate(quote, facts.texts, page=page, occurrence=occurrence)
        return fields | {
            "page": found.page,
            "page_to": found.page_to,
            "quote": found.quote,
            "before": found.before,
            "after": found.after,
        }

    def verify_folder_files(self, sef: Sef, folder: SefFolder) -> Iterator[Finding]:
        """The folder's copies of evidence against their hashes, and none of what may not travel."""
        for sha256, label in general_files(sef).items():
            path = folder.file(sha256)
            if path.is_file() and not self.vault.is_true(path, sha256):
                yield Finding(label, "its file in the SEF folder was changed")
        for sha256, label in restricted_files(sef).items():
            if folder.file(sha256).exists():
                yield Finding(
                    label, f"is restricted, and its file lies in the SEF folder: {sha256}"
                )

    # -- inside

    def _read(
        self, kept: Kept, name: str, *, restricted: bool, stop: Stop | None = None
    ) -> Incoming:
        reading = self._reading().read(self.vault.path(kept.sha256), name, stop=stop)
        rendition = ""
        if reading.pages_pdf is not None:
            rendition = self.vault.add_bytes(reading.pages_pdf).sha256
        elif reading.converter:
            rendition = kept.sha256
        facts = fenced(reading.facts) if restricted else reading.facts
        return Incoming(name, kept, facts, rendition, reading.converter)

    def _read_pages(self, sef: Sef, sha256: str, name: str) -> PageFacts:
        """The facts of a version by the rendition everybody uses, where that is here."""
        rendition = sef.renditions.get(sha256)
        if rendition and rendition.sha256 != sha256 and self.vault.has(rendition.sha256):
            return self._reading().read(self.vault.path(rendition.sha256), "pages.pdf").facts
        return self._reading().read(self.vault.path(sha256), name).facts

    def _passage_states(self, sef: Sef) -> dict[PassageId, str]:
        found: dict[PassageId, str] = {}
        for passage in sef.passages:
            item = sef.evidence_by_id.get(passage.evidence)
            if item is None or item.current is None:
                continue
            facts = sef.facts.get(item.current.sha256)
            if facts is None:
                found[passage.id] = "not-read"
                continue
            key = (passage.id, item.current.sha256)
            if key not in self._states:
                self._states[key] = _state(passage, facts)
            found[passage.id] = self._states[key]
        return found

    def _search_index(self) -> SearchIndex:
        if self._index is None:
            self._index = SearchIndex(self._index_path)
        return self._index

    def _reading(self) -> Reader:
        if self._reader is None:
            self._reader = Reader()
        return self._reader


def _state(passage: Passage, facts: PageFacts) -> str:
    if not passage.quote:
        return "page-only" if passage.cells or passage.page_to <= facts.pages else "gone"
    if not any(facts.texts):
        return "not-read"
    return find_again(passage.quote, passage.before, passage.after, passage.page, facts.texts).state


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(1 << 20):
        yield block
