"""An index over an article's entities: which mention stands where.

Works on any tuple of entities, those of ``find_entities`` or gold ones. Mentions may lie inside one
another («المتحدث باسم وزارة الخارجية الروسية» holds «وزارة الخارجية الروسية»).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from mahdar.model import Entity, EntityType, MentionKind

_ALL_TYPES: frozenset[EntityType] = frozenset(("PER", "ORG", "LOC"))
_ALL_KINDS: frozenset[MentionKind] = frozenset(("named", "nominal"))


@dataclass(frozen=True, slots=True)
class LocatedMention:
    """A mention together with its entity; ``[start, end)`` in code points."""

    start: int
    end: int
    kind: MentionKind
    entity: Entity


def expand_members(ids: Iterable[str], entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """Return entity ids with each joint nominal («الوزيران», «الجانبان») replaced by its members.

    Args:
        ids: entity ids in the order of the text.
        entities: the article's entities by id; an id that is not there is kept as it is.
    Returns:
        The ids in order, each once; a joint entity whose members are unknown stays itself.
    """
    out: dict[str, None] = {}
    for entity_id in ids:
        entity = entities.get(entity_id)
        members = [m for m in entity.members if m in entities] if entity is not None else []
        for member in members or (entity_id,):
            out[member] = None
    return tuple(out)


class EntityIndex:
    """Look-ups by place in the text and by id; every query is O(log n) plus what it returns."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.by_id: dict[str, Entity] = {entity.id: entity for entity in entities}
        self.mentions: list[LocatedMention] = sorted(
            (
                LocatedMention(m.start, m.end, m.kind, entity)
                for entity in self.by_id.values()
                for m in entity.mentions
            ),
            key=lambda m: (m.start, -m.end),
        )
        """All mentions by start; of two that start together the wider comes first."""
        self._starts = [m.start for m in self.mentions]
        self._reach = list(accumulate((m.end for m in self.mentions), max))
        self._by_end = sorted(self.mentions, key=lambda m: (m.end, -m.start))
        self._ends = [m.end for m in self._by_end]

    def __len__(self) -> int:
        return len(self.mentions)

    def mentions_in(self, start: int, end: int) -> list[LocatedMention]:
        """Return the mentions that lie wholly inside ``[start, end)``, in reading order."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return [m for m in self.mentions[first:last] if m.end <= end]

    def mentions_at(self, char: int) -> list[LocatedMention]:
        """Return the mentions that cover a character, the widest first."""
        found = []
        at = bisect_right(self._starts, char) - 1
        while at >= 0 and self._reach[at] > char:
            if self.mentions[at].end > char:
                found.append(self.mentions[at])
            at -= 1
        return sorted(found, key=lambda m: m.start - m.end)

    def mention_at(self, char: int) -> LocatedMention | None:
        """Return the widest mention that covers a character."""
        found = self.mentions_at(char)
        return found[0] if found else None

    def entity_at(self, char: int) -> Entity | None:
        """Return the entity of the widest mention that covers a character."""
        found = self.mention_at(char)
        return found.entity if found else None

    def iter_before(
        self,
        char: int,
        *,
        types: Container[str] = _ALL_TYPES,
        kinds: Container[str] = _ALL_KINDS,
        floor: int = 0,
    ) -> Iterator[LocatedMention]:
        """Yield the mentions that end at or before ``char``, nearest first.

        Args:
            char: where to look back from.
            types: entity types wanted.
            kinds: mention kinds wanted.
            floor: mentions that start before this character end the search.
        """
        at = bisect_right(self._ends, char) - 1
        while at >= 0:
            found = self._by_end[at]
            if found.end <= floor:
                return
            if found.start >= floor and found.entity.type in types and found.kind in kinds:
                yield found
            at -= 1

    def iter_after(
        self,
        char: int,
        *,
        types: Container[str] = _ALL_TYPES,
        kinds: Container[str] = _ALL_KINDS,
        ceiling: int | None = None,
    ) -> Iterator[LocatedMention]:
        """Yield the mentions that start at or after ``char``, nearest first; wider before inner.

        Args:
            char: where to look on from.
            types: entity types wanted.
            kinds: mention kinds wanted.
            ceiling: mentions that start at or after this character end the search.
        """
        for at in range(bisect_left(self._starts, char), len(self.mentions)):
            found = self.mentions[at]
            if ceiling is not None and found.start >= ceiling:
                return
            if found.entity.type in types and found.kind in kinds:
                yield found

    def nearest_before(
        self,
        char: int,
        *,
        types: Container[str] = _ALL_TYPES,
        kinds: Container[str] = _ALL_KINDS,
        floor: int = 0,
    ) -> LocatedMention | None:
        """Return the mention that ends nearest at or before ``char``, not reaching below ``floor``."""
        return next(self.iter_before(char, types=types, kinds=kinds, floor=floor), None)

    def nearest_after(
        self,
        char: int,
        *,
        types: Container[str] = _ALL_TYPES,
        kinds: Container[str] = _ALL_KINDS,
        ceiling: int | None = None,
    ) -> LocatedMention | None:
        """Return the mention that starts nearest at or after ``char``, and below ``ceiling``."""
        return next(self.iter_after(char, types=types, kinds=kinds, ceiling=ceiling), None)

    def members(self, entity: Entity) -> tuple[Entity, ...]:
        """Return who a joint nominal («الوزيران») stands for; the entity itself if it is not joint."""
        found = tuple(self.by_id[m] for m in entity.members if m in self.by_id)
        return found or (entity,)
