"""The record: one database that keeps articles, readings, claims and entries."""

from mahdar.judgements import Judgement
from mahdar.store.judge import judge, undo
from mahdar.store.load import iter_readings
from mahdar.store.merge import consolidate_record
from mahdar.store.prepare import PreparedReading, prepare_reading
from mahdar.store.record import Record, create_record, open_record
from mahdar.store.reread import Proposal, list_proposals
from mahdar.store.reviewed import (
    Reviewed,
    list_judgements,
    list_undone,
    review_state,
    review_states,
)
from mahdar.store.write import Added, add_readings

__all__ = [
    "Added",
    "Judgement",
    "PreparedReading",
    "Proposal",
    "Record",
    "Reviewed",
    "add_readings",
    "consolidate_record",
    "create_record",
    "iter_readings",
    "judge",
    "list_judgements",
    "list_proposals",
    "list_undone",
    "open_record",
    "prepare_reading",
    "review_state",
    "review_states",
    "undo",
]
