"""Acts on the action plan and on measures."""

from dataclasses import dataclass, field, fields

from sefwriter.model.acts.base import Act, changed, first, not_a_date, not_a_new_id, not_a_word
from sefwriter.model.acts.claims import no_claim
from sefwriter.model.acts.evidence import no_passage
from sefwriter.model.ids import ActionId, ClaimId, LinkId, MeasureId, PersonId, ValueId, new_id
from sefwriter.model.numbers import next_number
from sefwriter.model.ops import Add, Delete, Op, Set
from sefwriter.model.sef import Sef
from sefwriter.model.words import ACTION_STATUSES, PARTNERS, PRIORITIES, RAGS


def no_action(sef: Sef, action: str) -> str | None:
    """The sentence for an action that isn't there."""
    if ActionId(action) in sef.action_by_id:
        return None
    return f"There is no action “{action}” in this SEF."


@dataclass(frozen=True, kw_only=True)
class AddAction(Act):
    """A new action, following from a claim when one is named."""

    text: str
    claim: str = ""
    owner: str = ""
    partner: str = ""
    start: str = ""
    due: str = ""
    priority: str = ""
    status: str = ""
    rag: str = ""
    rag_reason: str = ""
    baseline: str = ""
    target: str = ""
    measure: str = ""
    progress: str = ""
    impact: str = ""
    action: ActionId = field(default_factory=lambda: ActionId(new_id("action")))

    @property
    def subject(self) -> str:
        return self.action

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        names = (
            "text",
            "owner",
            "partner",
            "start",
            "due",
            "priority",
            "status",
            "rag",
            "rag_reason",
            "baseline",
            "target",
            "measure",
            "progress",
            "impact",
        )
        given = {name: getattr(self, name) for name in names if getattr(self, name)}
        number = next_number(item.number for item in sef.actions)
        link = (
            LinkAction(claim=ClaimId(self.claim), action=self.action).ops(sef) if self.claim else ()
        )
        return (Add(self.action, {"number": number}), Set(self.action, given), *link)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return first(
            None if self.text.strip() else "Say what shall be done.",
            not_a_new_id("action", self.action, sef.action_by_id),
            no_claim(sef, self.claim) if self.claim else None,
            _wrong_fields(self.partner, self.start, self.due, self.priority, self.status, self.rag),
        )


@dataclass(frozen=True, kw_only=True)
class SetAction(Act):
    """Other fields for an action; what isn't named stays."""

    action: ActionId
    text: str | None = None
    owner: str | None = None
    partner: str | None = None
    start: str | None = None
    due: str | None = None
    priority: str | None = None
    status: str | None = None
    rag: str | None = None
    rag_reason: str | None = None
    baseline: str | None = None
    target: str | None = None
    measure: str | None = None
    progress: str | None = None
    impact: str | None = None

    @property
    def subject(self) -> str:
        return self.action

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        given: dict[str, str | int | None] = {
            item.name: getattr(self, item.name) for item in fields(self) if item.name != "action"
        }
        differing = changed(given, sef.action_by_id[self.action])
        return (Set(self.action, differing),) if differing else ()

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return first(
            no_action(sef, self.action),
            "Say what shall be done." if self.text is not None and not self.text.strip() else None,
            _wrong_fields(self.partner, self.start, self.due, self.priority, self.status, self.rag),
        )


@dataclass(frozen=True, kw_only=True)
class LinkAction(Act):
    """The action follows from the claim."""

    claim: ClaimId
    action: ActionId

    @property
    def subject(self) -> str:
        return self.action

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        link = LinkId(new_id("link"))
        return (Add(link, {"claim": self.claim, "action": self.action}),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        linked = any(i.claim == self.claim and i.action == self.action for i in sef.links)
        return first(
            no_claim(sef, self.claim),
            no_action(sef, self.action),
            "The action follows from this claim already." if linked else None,
        )


@dataclass(frozen=True, kw_only=True)
class UnlinkAction(Act):
    """The action no longer follows from the claim."""

    claim: ClaimId
    action: ActionId

    @property
    def subject(self) -> str:
        return self.action

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        return tuple(
            Delete(item.id)
            for item in sef.links
            if item.claim == self.claim and item.action == self.action
        )

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        linked = any(i.claim == self.claim and i.action == self.action for i in sef.links)
        return None if linked else "The action doesn't follow from this claim."


@dataclass(frozen=True, kw_only=True)
class DeleteAction(Act):
    """The action goes, and its ties to claims."""

    action: ActionId

    @property
    def subject(self) -> str:
        return self.action

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        ties = (Delete(item.id) for item in sef.links if item.action == self.action)
        return (Delete(self.action), *ties)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return no_action(sef, self.action)


@dataclass(frozen=True, kw_only=True)
class AddMeasure(Act):
    """A figure kept once. `value` is as people write it, a decimal; more values come later."""

    name: str
    unit: str = ""
    target: str = ""
    value: str = ""
    as_at: str = ""
    passage: str = ""
    measure: MeasureId = field(default_factory=lambda: MeasureId(new_id("measure")))

    @property
    def subject(self) -> str:
        return self.measure

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        given = {"name": self.name, "unit": self.unit, "target": self.target}
        value = _value_ops(self.measure, self.value, self.as_at, self.passage)
        # Added first, so that measures keep their order when their fields are set anew.
        return (
            Add(self.measure),
            Set(self.measure, {name: word for name, word in given.items() if word}),
            *value,
        )

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return first(
            None if self.name.strip() else "A measure needs a name.",
            not_a_new_id("measure", self.measure, [item.id for item in sef.measures]),
            no_passage(sef, self.passage) if self.passage else None,
            not_a_date("The as-at date", self.as_at),
        )


@dataclass(frozen=True, kw_only=True)
class SetMeasure(Act):
    """Another name, unit or target for a measure; what isn't named stays."""

    measure: MeasureId
    name: str | None = None
    unit: str | None = None
    target: str | None = None

    @property
    def subject(self) -> str:
        return self.measure

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        now = next(item for item in sef.measures if item.id == self.measure)
        given: dict[str, str | int | None] = {
            "name": self.name,
            "unit": self.unit,
            "target": self.target,
        }
        differing = changed(given, now)
        return (Set(self.measure, differing),) if differing else ()

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        unnamed = self.name is not None and not self.name.strip()
        return first(_no_measure(sef, self.measure), "A measure needs a name." if unnamed else None)


@dataclass(frozen=True, kw_only=True)
class AddMeasureValue(Act):
    """A newer value of a measure, with its date and the passage it comes from."""

    measure: MeasureId
    value: str
    as_at: str = ""
    passage: str = ""

    @property
    def subject(self) -> str:
        return self.measure

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        return _value_ops(self.measure, self.value, self.as_at, self.passage)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return first(
            _no_measure(sef, self.measure),
            None if self.value.strip() else "Say the figure.",
            no_passage(sef, self.passage) if self.passage else None,
            not_a_date("The as-at date", self.as_at),
        )


def _no_measure(sef: Sef, measure: str) -> str | None:
    if any(item.id == measure for item in sef.measures):
        return None
    return f"There is no measure “{measure}” in this SEF."


def _value_ops(measure: MeasureId, value: str, as_at: str, passage: str) -> tuple[Op, ...]:
    if not value:
        return ()
    identity = ValueId(new_id("value"))
    fixed = {"measure": measure, "value": value, "as_at": as_at, "passage": passage}
    return (Add(identity, fixed),)


def _wrong_fields(
    partner: str | None,
    start: str | None,
    due: str | None,
    priority: str | None,
    status: str | None,
    rag: str | None,
) -> str | None:
    return first(
        not_a_word("The partner", partner, PARTNERS),
        not_a_date("The start", start),
        not_a_date("The due date", due),
        not_a_word("The priority", priority, PRIORITIES),
        not_a_word("The status", status, ACTION_STATUSES),
        not_a_word("RAG", rag, RAGS),
        "The action is due before it starts." if start and due and due < start else None,
    )
