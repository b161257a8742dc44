"""Which peace processes an event concerns: by the packs' cues, instruments, places and actors near it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from mahdar.extraction.events.context import Context
from mahdar.extraction.events.triggers import Trigger
from mahdar.extraction.fixed_names import FixedNames
from mahdar.knowledge.load import Knowledge
from mahdar.model import Instrument, Participant

# What a hint weighs where it stands: in the trigger's own sentence, in the one beside it, in the title.
_OWN, _BESIDE, _TITLE = 1.0, 0.4, 0.5
# Strength of the kinds of hints: a cue or an instrument names the process, an actor or a country only
# makes it likely. An event concerns a process from this sum on.
_CUE, _INSTRUMENT, _ACTOR, _COUNTRY = 1.0, 1.0, 0.5, 0.3
_ENOUGH = 0.8
# Of several processes those are kept whose sum comes this near to the best one's.
_SHARE = 0.5

_indexes: dict[int, tuple[Knowledge, FixedNames]] = {}


def _cue_names(knowledge: Knowledge) -> FixedNames:
    """Return the index of the cues and names of all processes, made once per set of packs."""
    held = _indexes.get(id(knowledge))
    if held is None or held[0] is not knowledge:
        names = FixedNames(
            (cue, process.id)
            for process in knowledge.processes.values()
            for cue in (*process.names.get("ar", ()), *process.cues)
        )
        if len(_indexes) > 8:
            _indexes.clear()
        held = _indexes[id(knowledge)] = (knowledge, names)
    return held[1]


class ProcessHints:
    """The hints of one article, by sentence: process id -> strength."""

    def __init__(
        self, context: Context, knowledge: Knowledge, instruments: Sequence[Instrument]
    ) -> None:
        self.known = knowledge
        self._by_sentence: dict[int, dict[str, float]] = defaultdict(dict)
        if not knowledge.processes:
            return
        words = context.words
        for found in _cue_names(knowledge).find(words):
            for process in found.ids:
                self._add(words.sentence[found.first], process, _CUE)
        for instrument in instruments:
            record = knowledge.instruments.get(instrument.id)
            at = words.at(instrument.start)
            if record is not None and at >= 0:
                for process in record.processes:
                    self._add(words.sentence[at], process, _INSTRUMENT)
        self._countries: dict[str, list[str]] = defaultdict(list)
        for process_id, process_record in knowledge.processes.items():
            for country in process_record.countries[:1]:
                self._countries[country].append(process_id)
        for spot in context.spots:
            number = words.sentence[spot.first]
            actor = knowledge.actors.get(spot.entity.kb or spot.entity.id)
            for process in actor.processes if actor is not None else ():
                self._add(number, process, _ACTOR)
            country_code = context.countries.get(spot.entity.id)
            if country_code is not None and spot.entity.type == "LOC":
                for process in self._countries.get(country_code, ())[:1]:
                    self._add(number, process, _COUNTRY)

    def _add(self, sentence: int, process: str, weight: float) -> None:
        held = self._by_sentence[sentence]
        held[process] = min(1.5, held.get(process, 0.0) + weight)

    def of_sentence(self, number: int) -> tuple[str, ...]:
        """Return the processes that a sentence concerns, the likeliest first; often none."""
        sums: dict[str, float] = defaultdict(float)
        for beside, share in ((number, _OWN), (number - 1, _BESIDE / 2), (number + 1, _BESIDE / 2)):
            for process, weight in self._by_sentence.get(beside, {}).items():
                sums[process] += share * weight
        if number:
            for process, weight in self._by_sentence.get(0, {}).items():
                sums[process] += _TITLE * weight
        return _likeliest(sums)

    def of_event(
        self,
        context: Context,
        group: Sequence[Trigger],
        participants: Sequence[Participant],
        place: str | None,
    ) -> tuple[str, ...]:
        """Return the processes an event concerns, the likeliest first; often none."""
        if not self.known.processes:
            return ()
        sums: dict[str, float] = defaultdict(float)
        sentences = {context.words.sentence[t.word] for t in group}
        for number in sentences:
            for process, weight in self._by_sentence.get(number, {}).items():
                sums[process] += _OWN * weight / len(sentences)
            for beside in (number - 1, number + 1):
                if beside not in sentences:
                    for process, weight in self._by_sentence.get(beside, {}).items():
                        sums[process] += _BESIDE * weight / len(sentences) / 2
        if 0 not in sentences:
            for process, weight in self._by_sentence.get(0, {}).items():
                sums[process] += _TITLE * weight
        for entity_id in (*(p.entity for p in participants), place):
            entity = context.entities.get(entity_id or "")
            if entity is None:
                continue
            actor = self.known.actors.get(entity.kb or entity.id)
            for process in actor.processes if actor is not None else ():
                sums[process] += _ACTOR
            country = context.countries.get(entity.id)
            if country is not None and (entity.type == "LOC" and entity_id == place):
                for process in self._countries.get(country, ())[:1]:
                    sums[process] += _COUNTRY
        return _likeliest(sums)


def _likeliest(sums: dict[str, float]) -> tuple[str, ...]:
    top = max(sums.values(), default=0.0)
    if top < _ENOUGH:
        return ()
    kept = [p for p, value in sums.items() if value >= max(_ENOUGH, top * _SHARE)]
    return tuple(sorted(kept, key=lambda p: (-sums[p], p)))
