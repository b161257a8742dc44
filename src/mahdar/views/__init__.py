"""Read-only questions to a record: one module per view, each gives typed rows."""

from mahdar.views.agreements import AgreementRow, list_agreements
from mahdar.views.ceasefires import CeasefireRow, list_ceasefires
from mahdar.views.commitments import CommitmentRow, list_commitments
from mahdar.views.contacts import ContactRow, list_contacts
from mahdar.views.entry import EntryDetail, Evidence, load_entry
from mahdar.views.filters import Filters
from mahdar.views.incidents import IncidentRow, list_incidents
from mahdar.views.rows import EntryRow, Ref
from mahdar.views.sources import SourceRow, list_sources
from mahdar.views.statements import StatementRow, list_statements
from mahdar.views.timeline import list_timeline
from mahdar.views.wording import describe_chain, explain_merge

__all__ = [
    "AgreementRow",
    "CeasefireRow",
    "CommitmentRow",
    "ContactRow",
    "EntryDetail",
    "EntryRow",
    "Evidence",
    "Filters",
    "IncidentRow",
    "Ref",
    "SourceRow",
    "StatementRow",
    "describe_chain",
    "explain_merge",
    "list_agreements",
    "list_ceasefires",
    "list_commitments",
    "list_contacts",
    "list_incidents",
    "list_sources",
    "list_statements",
    "list_timeline",
    "load_entry",
]
