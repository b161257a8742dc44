"""Geometry of the pictures on the record page: pure numbers, drawn by the templates as SVG.

Units are SVG user units. Positions are left-to-right; a right-to-left page mirrors them itself.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LANE_WIDTH = 900
DOT_STEP = 11
# A circle of more names than this cannot be read.
MAX_CIRCLE = 26


@dataclass(frozen=True, slots=True)
class Dot:
    """One entry on a lane. ``level`` stacks entries of one day upwards from 0."""

    id: str
    x: float
    level: int
    type: str
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled day on a lane's axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One process: its dots, the ticks of its own time axis and its height in dots."""

    name: str
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    levels: int


@dataclass(frozen=True, slots=True)
class Node:
    """An actor on the circle; ``side`` is where its label goes, ``start`` or ``end`` of the point."""

    key: str
    label: str
    x: float
    y: float
    side: str
    radius: float


@dataclass(frozen=True, slots=True)
class Tie:
    """A contact between two nodes; ``width`` grows with how often they met."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A truce on its lane: ``x`` and ``width`` of its window, marks of breaches, whether its end is open."""

    id: str
    x: float
    width: float
    breaches: tuple[tuple[float, str], ...]
    open: bool


def lay_lane(name: str, entries: Sequence[tuple[str, str, str, str]]) -> Lane:
    """Return a lane for entries ``(id, ISO day, type, title)``, dated ones only, in any order."""
    days = sorted({date.fromisoformat(day) for _, day, _, _ in entries})
    scale = DayScale(days[0], days[-1])
    stack: defaultdict[int, int] = defaultdict(int)
    dots = []
    for entry_id, day, kind, title in sorted(entries, key=lambda e: (e[1], e[2])):
        x = scale.x(date.fromisoformat(day))
        column = round(x / DOT_STEP)
        dots.append(Dot(entry_id, x, stack[column], kind, title))
        stack[column] += 1
    return Lane(name, tuple(dots), scale.ticks(), max(stack.values()))


class DayScale:
    """Days to positions between a margin and ``LANE_WIDTH`` less the margin."""

    margin = 40

    def __init__(self, first: date, last: date) -> None:
        self.first = first
        self.days = max(1, (last - first).days)

    def x(self, day: date) -> float:
        """Return the position of a day, kept inside the lane."""
        share = min(max((day - self.first).days / self.days, 0.0), 1.0)
        return round(self.margin + share * (LANE_WIDTH - 2 * self.margin), 1)

    def ticks(self, most: int = 6) -> tuple[Tick, ...]:
        """Return 2 to ``most`` labelled days, first and last included."""
        count = min(most, self.days + 1)
        steps = max(1, count - 1)
        days = {self.first + timedelta(days=round(self.days * n / steps)) for n in range(steps + 1)}
        return tuple(Tick(self.x(day), day.isoformat()) for day in sorted(days))


def lay_circle(
    contacts: Sequence[tuple[str, str, str, str, int]], size: int = 560
) -> tuple[tuple[Node, ...], tuple[Tie, ...]]:
    """Return who met whom as points on a circle and lines between them.

    Args:
        contacts: ``(key a, label a, key b, label b, times)``, most frequent first.
        size: width and height of the picture.
    Returns:
        Nodes in order around the circle, and ties; actors past the most connected 26 are left out.
    """
    degree: defaultdict[str, int] = defaultdict(int)
    labels: dict[str, str] = {}
    for a, label_a, b, label_b, times in contacts:
        degree[a] += times
        degree[b] += times
        labels.update({a: label_a, b: label_b})
    kept = sorted(degree, key=lambda key: (-degree[key], labels[key]))[:MAX_CIRCLE]
    ordered = _order_by_ties(kept, contacts)
    middle, ring = size / 2, size / 2 - 130
    nodes = {}
    for number, key in enumerate(ordered):
        angle = 2 * math.pi * number / max(1, len(ordered)) - math.pi / 2
        x, y = middle + ring * math.cos(angle), middle + ring * math.sin(angle)
        side = "end" if math.cos(angle) >= 0 else "start"
        nodes[key] = Node(
            key, labels[key], round(x, 1), round(y, 1), side, 3 + min(6.0, degree[key])
        )
    most = max((times for *_, times in contacts), default=1)
    ties = tuple(
        Tie(
            nodes[a].x,
            nodes[a].y,
            nodes[b].x,
            nodes[b].y,
            round(1 + 4 * times / most, 1),
            f"{label_a} – {label_b}: {times}",
        )
        for a, label_a, b, label_b, times in contacts
        if a in nodes and b in nodes
    )
    return tuple(nodes.values()), ties


def _order_by_ties(
    keys: list[str], contacts: Sequence[tuple[str, str, str, str, int]]
) -> list[str]:
    """Return keys so that those who met stand near each other: a walk along the strongest ties."""
    near: defaultdict[str, list[str]] = defaultdict(list)
    for a, _, b, _, _ in contacts:
        near[a].append(b)
        near[b].append(a)
    ordered: list[str] = []
    for start in keys:
        waiting = [start]
        while waiting:
            key = waiting.pop()
            if key in ordered or key not in keys:
                continue
            ordered.append(key)
            waiting.extend(reversed(near[key]))
    return ordered


def lay_bar(
    entry_id: str,
    first: str,
    last: str | None,
    breaches: Sequence[tuple[str, str]],
    scale: DayScale,
) -> Bar:
    """Return a truce's bar on a lane; a truce of unknown end runs a week and fades."""
    start = date.fromisoformat(first)
    end = date.fromisoformat(last) if last else start + timedelta(days=7)
    x = scale.x(start)
    marks = tuple((scale.x(date.fromisoformat(day)), title) for day, title in breaches)
    return Bar(entry_id, x, max(6.0, scale.x(end) - x), marks, last is None)
