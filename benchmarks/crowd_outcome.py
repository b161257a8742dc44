"""What a crowd met and was told: its times, and whether the record holds what was acknowledged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import select

from mahdar.judgements.fold import active_judgements
from mahdar.store import Record, list_judgements, review_states, tables
from served import percentile


@dataclass(slots=True)
class Told:
    """What people met: seconds by kind of page or judgement, and what went wrong."""

    pages: dict[str, list[float]] = field(default_factory=dict)
    judgements: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    late: int = 0

    def take(self, kind: str, seconds: float, *, judged: bool = False) -> None:
        """Note how long an answer took."""
        times = self.judgements if judged else self.pages
        times.setdefault(kind, []).append(seconds)


@dataclass(slots=True)
class Wanted:
    """What must stand in the record at the end, as the reviewers were told it does."""

    reasons: dict[str, str] = field(default_factory=dict)
    """Reason, which no other judgement has, to action."""
    states: dict[tuple[str, str], str] = field(default_factory=dict)
    modalities: dict[str, str] = field(default_factory=dict)


def find_losses(record: Record, wanted: Wanted) -> list[str]:
    """Return what the record does not hold as it was acknowledged."""
    log = list_judgements(record)
    times = Counter(judgement.reason for judgement in log)
    actions = {judgement.reason: judgement.action for judgement in log}
    lost = [
        f"{reason}: {times[reason]} times in the log, as {actions.get(reason)}"
        for reason, action in wanted.reasons.items()
        if times[reason] != 1 or actions[reason] != action
    ]
    lost += [
        f"in the log, acknowledged to nobody: {r}"
        for r in times
        if r.startswith("reviewer") and r not in wanted.reasons
    ]
    for kind in ("entry", "claim"):
        subjects = [subject for of, subject in wanted.states if of == kind]
        now = review_states(record, kind, subjects)
        for subject in subjects:
            state = now[subject].state.state if subject in now else "gone"
            if state != wanted.states[kind, subject]:
                lost.append(f"{kind} {subject} is {state}, decided {wanted.states[kind, subject]}")
    e = tables.entries.c
    with record.reading() as connection:
        for entry, modality in wanted.modalities.items():
            shown = connection.scalar(select(e.modality).where(e.id == entry))
            if shown != modality:
                lost.append(f"entry {entry} shows {shown}, edited to {modality}")
    counting = sum(j.action != "undo" for j in active_judgements(log))
    print(
        f"log: {len(log)} judgements, {counting} count; {len(wanted.reasons)} were acknowledged here"
    )
    return lost


def print_times(told: Told, seconds: float) -> None:
    """Print p50 and p95 of each kind."""
    every = [t for times in told.pages.values() for t in times]
    judged = [t for times in told.judgements.values() for t in times]
    print(f"{'':18} {'n':>5} {'p50 ms':>7} {'p95 ms':>7} {'max ms':>7}")
    rows = [("all pages", every), ("all judgements", judged)]
    rows += sorted(told.pages.items())
    rows += [(f"judge: {kind}", times) for kind, times in sorted(told.judgements.items())]
    for name, times in rows:
        if times:
            p50, p95 = percentile(times, 0.5) * 1000, percentile(times, 0.95) * 1000
            print(f"{name:18} {len(times):5} {p50:7.0f} {p95:7.0f} {max(times) * 1000:7.0f}")
    print(f"{(len(every) + len(judged)) / seconds:.1f} answers a second")
