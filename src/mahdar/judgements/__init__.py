"""What people decide about a record: kinds of judgement, their chain, and what follows from them. Pure."""

from mahdar.judgements.chain import chain_hash, find_break
from mahdar.judgements.fold import Folded, active_judgements, fold_judgements
from mahdar.judgements.kinds import ACTIONS, Anchor, Judgement
from mahdar.judgements.states import STATES, ReviewState, fold_states

__all__ = [
    "ACTIONS",
    "STATES",
    "Anchor",
    "Folded",
    "Judgement",
    "ReviewState",
    "active_judgements",
    "chain_hash",
    "find_break",
    "fold_judgements",
    "fold_states",
]
