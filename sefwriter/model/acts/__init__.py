"""Acts: everything a person can do to a SEF, one small frozen record each."""

from sefwriter.model.acts.base import Act, why_not
from sefwriter.model.acts.claims import MarkClaim, RemoveClaim, SetClaim
from sefwriter.model.acts.evidence import (
    AddEvidence,
    DeleteEvidence,
    LinkPassage,
    RecordRendition,
    ReplaceEvidence,
    SetEvidence,
    SetPassage,
    UnlinkPassage,
)
from sefwriter.model.acts.people import (
    AdmitPerson,
    RemovePerson,
    SetPerson,
    SetRoles,
    SetSetting,
)
from sefwriter.model.acts.plan import (
    AddAction,
    AddMeasure,
    AddMeasureValue,
    DeleteAction,
    LinkAction,
    SetAction,
    SetMeasure,
    UnlinkAction,
)
from sefwriter.model.acts.review import (
    AddComment,
    Agree,
    MarkReady,
    ReplyComment,
    ReportAgreement,
    ResolveComment,
    ReturnSection,
    SettleMeeting,
    SignOff,
    WithdrawSignOff,
)
from sefwriter.model.acts.writing import (
    AddSection,
    AssignSection,
    DeleteSection,
    EditText,
    MarkWords,
    MoveSection,
    RenameSection,
)

ACTS: dict[str, type[Act]] = {
    act.__name__: act
    for act in (
        EditText,
        AddSection,
        RenameSection,
        MoveSection,
        AssignSection,
        DeleteSection,
        MarkClaim,
        MarkWords,
        SetClaim,
        RemoveClaim,
        AddEvidence,
        SetEvidence,
        ReplaceEvidence,
        RecordRendition,
        DeleteEvidence,
        LinkPassage,
        SetPassage,
        UnlinkPassage,
        AddAction,
        SetAction,
        LinkAction,
        UnlinkAction,
        DeleteAction,
        AddMeasure,
        SetMeasure,
        AddMeasureValue,
        AddComment,
        ReplyComment,
        ResolveComment,
        MarkReady,
        ReturnSection,
        SignOff,
        WithdrawSignOff,
        Agree,
        ReportAgreement,
        SettleMeeting,
        AdmitPerson,
        RemovePerson,
        SetRoles,
        SetPerson,
        SetSetting,
    )
}
"""Every act by its name: what the terminal offers, history shows and permissions are told for."""

__all__ = ["ACTS", "Act", "why_not"]
