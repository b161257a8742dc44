"""What an article as a whole tells about its entities and dates, once its event mentions are known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from mahdar.extraction.events.context import Context
from mahdar.extraction.events.triggers import Trigger

# Words on each side of a trigger within which an entity counts as standing by it.
_BESIDE = 7


class Outline:
    """Counts over an article: mentions per entity, who stands by which type of event, who is in the title.

    ``date_values`` counts the dates' values, ``dates_in`` those of each sentence;
    ``others`` are the word indexes of the event mentions in order; ``published`` is the EDTF day the
    article is dated, ``None`` if unknown.
    """

    def __init__(
        self, context: Context, mentions: Sequence[Trigger], published: str | None
    ) -> None:
        self.published = published[:10] if published else None
        self.others = sorted({t.word for t in mentions})
        self.attacks = sorted({t.word for t in mentions if t.lemma.type == "ATTACK"})
        self.date_values = Counter(date.value for _, _, date in context.dates)
        self.dates_in: dict[int, Counter[str]] = defaultdict(Counter)
        for first, _, date in context.dates:
            self.dates_in[context.words.sentence[first]][date.value] += 1
        self.freq = Counter(spot.entity.id for spot in context.spots)
        self.title = {s.entity.id for s in context.spots if context.words.sentence[s.first] == 0}
        self.beside: dict[str, Counter[str]] = defaultdict(Counter)
        for trigger in {t.word: t for t in mentions}.values():
            at = trigger.word
            first = max(context.first_of[at], at - _BESIDE)
            last = min(context.last_of[at], at + _BESIDE)
            for entity_id in {s.entity.id for s in context.spots_between(first, last)}:
                self.beside[entity_id][trigger.lemma.type] += 1
        places = [
            (count, entity_id)
            for entity_id, count in self.freq.items()
            if context.entities[entity_id].type == "LOC"
        ]
        places.sort(key=lambda p: (-p[0], p[1]))
        self.places = [entity_id for _, entity_id in places]
        self.place_rank = {entity_id: n for n, entity_id in enumerate(self.places)}
        self.place_mentions = sum(count for count, _ in places)

    def dates_of(self, sentences: Iterable[int]) -> Counter[str]:
        """Return how often each value of a date stands in some sentences."""
        out: Counter[str] = Counter()
        for number in sentences:
            out.update(self.dates_in.get(number, {}))
        return out
