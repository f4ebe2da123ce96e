"""From tables to the frozen Sef."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from sefwriter.ledger.fold import Fold
from sefwriter.ledger.meetings import open_meetings
from sefwriter.ledger.stored import stored_entry, stored_json
from sefwriter.ledger.things import Thing, Things
from sefwriter.model import sef as model
from sefwriter.model.ids import (
    LETTERS,
    ActionId,
    ClaimId,
    CommentId,
    EvidenceId,
    LinkId,
    MarkId,
    MeasureId,
    PassageId,
    PersonId,
    RenditionId,
    SectionId,
    SefId,
    SignOffId,
    ValueId,
    VersionId,
)
from sefwriter.model.numbers import labels
from sefwriter.model.order import settled
from sefwriter.model.sef import Sef

_Item = TypeVar("_Item")


def build_sef(fold: Fold, sef: SefId, *, signatures: bool = True) -> Sef:
    """The frozen Sef of these tables. Without signatures it is what a signer looked at."""
    things = Things(fold)
    settings = dict(things.sef_fields())
    texts = {
        str(obj): (str(text), frozenset(PersonId(p) for p in stored_json(standing)))
        for obj, text, standing in fold.db.rows("SELECT * FROM text")
    }
    sections = _sections(things, {obj: text for obj, (text, _) in texts.items()})
    evidence = _evidence(things)
    return Sef(
        id=sef,
        name=settings.pop("area", ""),
        framework=settings.pop("framework", ""),
        settings=settings,
        people=tuple(fold.roster.people.values()),
        sections=sections,
        claims={ClaimId(t.id): _claim(t) for t in things.of("claim")},
        evidence=evidence,
        renditions=_renditions(things),
        passages=_passages(things, {item.id for item in evidence}),
        actions=_actions(things),
        links=tuple(
            model.ActionLink(
                LinkId(t.id), ClaimId(t.word("claim")), ActionId(t.word("action")), things.person(t)
            )
            for t in things.of("link")
        ),
        measures=_measures(things),
        comments=_comments(things),
        sign_offs=_sign_offs(fold, things) if signatures else (),
        agreements=_agreements(things) if signatures else (),
        marks=_marks(things),
        meetings=open_meetings(fold, sections),
        also=things.also,
        also_by=things.also_by,
        came_back=frozenset(SectionId(s.id) for s in sections if s.id in things.came_back),
        setters=things.setters,
        standing={SectionId(obj): people for obj, (_, people) in texts.items()},
        newer=frozenset(things.newer),
        forks=_aside(fold, "fork"),
        waiting=_aside(fold, "waits%"),
    )


def _aside(fold: Fold, why: str) -> tuple[model.Aside, ...]:
    rows = fold.db.rows(
        "SELECT signature, header, body FROM parked WHERE why LIKE ? ORDER BY log, n", (why,)
    )
    headers = [stored_entry(*row).header for row in rows]
    return tuple(
        model.Aside(h.log, h.n, fold.roster.alias.get(h.person, PersonId(h.person)))
        for h in headers
    )


def _sections(things: Things, texts: Mapping[str, str]) -> tuple[model.Section, ...]:
    found = [
        model.Section(
            id=SectionId(t.id),
            ref=t.word("ref"),
            title=t.word("title"),
            text=texts.get(t.id, ""),
            owner=t.word("owner"),
            target_words=t.number("target_words"),
            position=settled(t.word("position")),
            made_by_newer=_touched_by_newer(things, t.id, texts.get(t.id, "")),
        )
        for t in things.of("section")
    ]
    return tuple(sorted(found, key=lambda section: (section.position, section.id)))


def _touched_by_newer(things: Things, section: str, text: str) -> bool:
    """Whether a newer version left marks on the section, its claims, or what hangs on them."""
    if section in things.newer:
        return True
    hanging = [
        t
        for kind in ("passage", "link")
        for t in things.of(kind)
        if t.id in things.newer or t.word("action") in things.newer
    ]
    inside = {c for c in things.newer if c[:1] == LETTERS["claim"]}
    inside |= {t.word("claim") for t in hanging}
    return any(f"claim:{claim}" in text for claim in inside)


def _claim(t: Thing) -> model.Claim:
    return model.Claim(
        ClaimId(t.id), t.word("kind"), t.words("partners"), t.words("inquiries"), t.word("as_at")
    )


def _evidence(things: Things) -> tuple[model.Evidence, ...]:
    versions: dict[str, list[model.Version]] = {}
    for t in things.of("version"):
        versions.setdefault(t.word("evidence"), []).append(
            model.Version(
                VersionId(t.id),
                t.word("sha256"),
                t.word("name"),
                t.number("size"),
                things.person(t),
                things.entry(t)[0],
            )
        )
    found = things.of("evidence")
    names = labels("E", (t.number("number") for t in found))
    items = [
        model.Evidence(
            id=EvidenceId(t.id),
            number=name,
            title=t.word("title"),
            kind=t.word("kind"),
            partner=t.word("partner"),
            owner=t.word("owner"),
            as_at=t.word("as_at"),
            review_by=t.word("review_by"),
            evidence_class=t.word("evidence_class") or "general",
            note=t.word("note"),
            versions=tuple(versions.get(t.id, ())),
        )
        for t, name in zip(found, names, strict=True)
    ]
    return _by_number(items, lambda item: item.number)


def _renditions(things: Things) -> Mapping[str, model.Rendition]:
    """The first rendition recorded for each version's bytes; everybody uses that one."""
    found: dict[str, model.Rendition] = {}
    for t in things.of("rendition"):
        source = t.word("source")
        found.setdefault(
            source,
            model.Rendition(RenditionId(t.id), source, t.word("sha256"), t.word("converter")),
        )
    return found


def _passages(things: Things, evidence: set[EvidenceId]) -> tuple[model.Passage, ...]:
    return tuple(
        model.Passage(
            id=PassageId(t.id),
            claim=ClaimId(t.word("claim")),
            evidence=EvidenceId(t.word("evidence")),
            sha256=t.word("sha256"),
            rendition=t.word("rendition"),
            page=t.number("page"),
            page_to=t.number("page_to"),
            quote=t.word("quote"),
            before=t.word("before"),
            after=t.word("after"),
            sheet=t.word("sheet"),
            cells=t.word("cells"),
            stance=t.word("stance") or "supports",
            note=t.word("note"),
            added_by=things.person(t),
        )
        for t in things.of("passage")
        if t.word("evidence") in evidence
    )


def _actions(things: Things) -> tuple[model.Action, ...]:
    found = things.of("action")
    names = labels("A", (t.number("number") for t in found))
    items = [
        model.Action(
            id=ActionId(t.id),
            number=name,
            text=t.word("text"),
            owner=t.word("owner"),
            partner=t.word("partner"),
            start=t.word("start"),
            due=t.word("due"),
            priority=t.word("priority"),
            status=t.word("status") or "not-started",
            rag=t.word("rag"),
            rag_reason=t.word("rag_reason"),
            baseline=t.word("baseline"),
            target=t.word("target"),
            measure=t.word("measure"),
            progress=t.word("progress"),
            impact=t.word("impact"),
        )
        for t, name in zip(found, names, strict=True)
    ]
    return _by_number(items, lambda item: item.number)


def _measures(things: Things) -> tuple[model.Measure, ...]:
    values: dict[str, list[model.MeasureValue]] = {}
    for t in things.of("value"):
        values.setdefault(t.word("measure"), []).append(
            model.MeasureValue(ValueId(t.id), t.word("value"), t.word("as_at"), t.word("passage"))
        )
    return tuple(
        model.Measure(
            MeasureId(t.id),
            t.word("name"),
            t.word("unit"),
            t.word("target"),
            tuple(values.get(t.id, ())),
        )
        for t in things.of("measure")
    )


def _comments(things: Things) -> tuple[model.Comment, ...]:
    replies: dict[str, list[model.Reply]] = {}
    for t in things.of("reply"):
        replies.setdefault(t.word("comment"), []).append(
            model.Reply(t.word("text"), things.person(t), things.entry(t)[1])
        )
    return tuple(
        model.Comment(
            id=CommentId(t.id),
            section=SectionId(t.word("section")),
            text=t.word("text"),
            person=things.person(t),
            when=things.entry(t)[1],
            claim=t.word("claim"),
            quote=t.word("quote"),
            before=t.word("before"),
            after=t.word("after"),
            must=bool(t.number("must")),
            resolved=bool(t.number("resolved")),
            replies=tuple(replies.get(t.id, ())),
        )
        for t in things.of("comment")
    )


def _sign_offs(fold: Fold, things: Things) -> tuple[model.SignOff, ...]:
    judged = {
        (str(entry), str(obj)): (
            bool(reviewer),
            frozenset(PersonId(p) for p in stored_json(authors)),
        )
        for entry, obj, reviewer, authors in fold.db.rows("SELECT * FROM signing")
    }
    withdrawn = {
        (t.word("sign_off"), things.person(t)): t.word("reason") for t in things.of("withdrawal")
    }
    found: list[model.SignOff] = []
    for t in things.of("sign-off"):
        person = things.person(t)
        entry, when = things.entry(t)
        reviewer, authors = judged.get((entry, t.id), (False, frozenset[PersonId]()))
        taken_back = (t.id, person) in withdrawn
        found.append(
            model.SignOff(
                id=SignOffId(t.id),
                entry=entry,
                section=SectionId(t.word("section")),
                person=person,
                statement=t.word("statement"),
                digest=t.word("digest"),
                parts=t.parts("parts"),
                when=when,
                was_reviewer=reviewer,
                authors=authors,
                withdrawn=taken_back,
                withdrawn_reason=withdrawn.get((t.id, person), ""),
                checklist=t.word("checklist"),
                order=t.lam,
            )
        )
    return tuple(found)


def _agreements(things: Things) -> tuple[model.Agreement, ...]:
    return tuple(
        model.Agreement(
            id=t.id,
            entry=things.entry(t)[0],
            section=SectionId(t.word("section")),
            partner=t.word("partner"),
            person=things.person(t),
            statement=t.word("statement"),
            digest=t.word("digest"),
            parts=t.parts("parts"),
            when=things.entry(t)[1],
            reported=bool(t.number("reported")),
        )
        for t in things.of("agreement")
    )


def _marks(things: Things) -> tuple[model.Mark, ...]:
    return tuple(
        model.Mark(
            id=MarkId(t.id),
            section=SectionId(t.word("section")),
            state=t.word("state"),
            person=things.person(t),
            digest=t.word("digest"),
            reason=t.word("reason"),
            when=things.entry(t)[1],
            order=t.lam,
        )
        for t in things.of("mark")
    )


def _by_number(items: Iterable[_Item], number: Callable[[_Item], str]) -> tuple[_Item, ...]:
    def key(item: _Item) -> tuple[int, str]:
        text = number(item)
        digits = "".join(character for character in text if character.isdigit())
        return int(digits or 0), text

    return tuple(sorted(items, key=key))
