"""Read-only questions to a record: one module per view, each gives typed rows."""

from mahdar.views.agreements import AgreementRow, Use, list_agreements
from mahdar.views.bodies import BodyRow, list_bodies, list_monitoring
from mahdar.views.ceasefires import CeasefireRow, list_ceasefires
from mahdar.views.commitments import CommitmentRow, list_commitments
from mahdar.views.contacts import ContactRow, list_contacts
from mahdar.views.designations import DesignationRow, list_designations
from mahdar.views.detainees import DetaineeRow, list_detainees
from mahdar.views.entry import EntryDetail, Evidence, load_entry
from mahdar.views.filters import Filters
from mahdar.views.humanitarian import HumanitarianRow, list_humanitarian
from mahdar.views.incidents import IncidentRow, Toll, list_incidents
from mahdar.views.issues import find_issue
from mahdar.views.naming import NamingRow, list_naming
from mahdar.views.positions import PositionRow, list_positions
from mahdar.views.promises import ProposedLink
from mahdar.views.quotes import Quote, load_quotes
from mahdar.views.rows import EntryRow, Ref, Told
from mahdar.views.sources import SourceRow, list_sources
from mahdar.views.stances import Contrary
from mahdar.views.statements import StatementRow, list_statements
from mahdar.views.talks import ProcessRow, TalkRow, list_processes, list_talks
from mahdar.views.timeline import list_timeline
from mahdar.views.wording import describe_chain, explain_merge
from mahdar.views.zones import Stage, ZoneRow, list_zones

__all__ = [
    "AgreementRow",
    "BodyRow",
    "CeasefireRow",
    "CommitmentRow",
    "ContactRow",
    "Contrary",
    "DesignationRow",
    "DetaineeRow",
    "EntryDetail",
    "EntryRow",
    "Evidence",
    "Filters",
    "HumanitarianRow",
    "IncidentRow",
    "NamingRow",
    "PositionRow",
    "ProcessRow",
    "ProposedLink",
    "Quote",
    "Ref",
    "SourceRow",
    "Stage",
    "StatementRow",
    "TalkRow",
    "Told",
    "Toll",
    "Use",
    "ZoneRow",
    "describe_chain",
    "explain_merge",
    "find_issue",
    "list_agreements",
    "list_bodies",
    "list_ceasefires",
    "list_commitments",
    "list_contacts",
    "list_designations",
    "list_detainees",
    "list_humanitarian",
    "list_incidents",
    "list_monitoring",
    "list_naming",
    "list_positions",
    "list_processes",
    "list_sources",
    "list_statements",
    "list_talks",
    "list_timeline",
    "list_zones",
    "load_entry",
    "load_quotes",
]
