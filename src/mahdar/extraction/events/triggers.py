"""Where a text names what may be an event: words of the trigger table with the context they need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from mahdar.extraction.events.forms import Form, iter_noun_forms, iter_verb_forms
from mahdar.extraction.events.set_phrases import find_allowed_types
from mahdar.extraction.fixed_names import FixedNames
from mahdar.lexicon.tables import load_table
from mahdar.model import EventType
from mahdar.text.clitics import proclitic_splits
from mahdar.text.normalize import normalize_word, surface_offset
from mahdar.text.words import Words

# Words after a trigger in which the words it needs are looked for; before a verb («الحافلات ستنطلق»); before a
# form whose suffix stands for them («الأسرى ... تسليمهم»).
_REACH, _SUBJECT, _ANTECEDENT = 4, 3, 8


_JUSSIVE_AFTER = frozenset(("لم", "لما", "لا"))


@dataclass(frozen=True, slots=True)
class Lemma:
    """One row of the trigger table.

    ``strength`` is 1 (only in context) to 3 (mostly an event); ``alone`` tells that it may name an
    event without the words it needs.
    """

    key: str
    type: EventType
    strength: int
    needs: frozenset[str]
    alone: bool
    vetoes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that may name an event of one type.

    ``word`` is its index, ``[start, end)`` its code points without proclitics, ``cut`` the folded
    characters of its proclitics; ``ambiguous`` tells that the form is a verb's and a noun's;
    ``needed`` says how far behind it the word that it needs stands, less than 0 if that stands before it,
    0 if it needs none; ``lacking`` tells that no such word stands there.
    """

    word: int
    start: int
    end: int
    cut: int
    lemma: Lemma
    form: Form
    ambiguous: bool
    needed: int
    lacking: bool = False


Readings = tuple[tuple[Lemma, Form, bool], ...]


def load_triggers() -> dict[str, Readings]:
    """Return the trigger table as a map from written form to its readings."""
    return _load_forms()[0]


@cache
def _load_forms() -> tuple[dict[str, Readings], frozenset[tuple[str, str]]]:
    """Return the trigger table by written form, and the forms, with their lemma's key, that are
    nothing but a shorter form with a suffix."""
    found: dict[str, dict[str, list[Form]]] = {}
    lemmas: dict[str, Lemma] = {}
    for row in load_table("events_triggers"):
        key = f"{row['type']}.{row['lemma']}"
        lemmas[key] = Lemma(
            key,
            row["type"],  # type: ignore[arg-type]
            int(row["strength"]),
            _words(row["needs"]),
            row["alone"] == "yes",
            _words(row["vetoes"]),
        )
        forms = list(iter_verb_forms(row["past"], row["present"]))
        for noun in filter(None, row["nouns"].split(";")):
            forms.extend(iter_noun_forms(noun))
        for form in forms:
            if len(form.text) > 1:
                found.setdefault(form.text, {}).setdefault(key, []).append(form)
    index: dict[str, Readings] = {}
    for text, by_key in found.items():
        index[text] = tuple(
            (lemmas[key], forms[0], len({f.tense == "noun" for f in forms}) > 1)
            for key, forms in by_key.items()
        )
    suffixed = frozenset(
        (text, key)
        for text, by_key in found.items()
        for key, forms in by_key.items()
        if all(form.suffix for form in forms)
    )
    return index, suffixed


def _words(cell: str) -> frozenset[str]:
    return frozenset(normalize_word(word) for word in cell.split(";") if word)


@lru_cache(maxsize=32768)
def look_up(norm: str) -> tuple[int, Readings]:
    """Return how many folded characters of proclitics to cut and the readings of what is left."""
    index = load_triggers()
    for cut, rest in proclitic_splits(norm):
        readings = index.get(rest)
        if readings is None:
            continue
        if cut and norm[cut - 1] in "بكل":
            # after «ل» only a present tense stays a verb («ليبحث»)
            spared = "present" if norm[cut - 1] == "ل" else "noun"
            if readings[0][1].tense == spared == "present":
                return cut, readings
            readings = tuple(r for r in readings if r[1].tense == "noun" or r[2])
            readings = tuple((le, f._replace(tense="noun"), False) for le, f, _ in readings)
        if readings:
            return cut, readings
    return 0, ()


@lru_cache(maxsize=32768)
def bare_forms(norm: str) -> tuple[str, ...]:
    """Return a word's possible forms without proclitics and with and without the article."""
    out = []
    for _, rest in proclitic_splits(norm):
        out.append(rest)
        if rest.startswith("ال") and len(rest) > 4:
            out.append(rest[2:])
    return tuple(out)


@cache
def _idioms() -> FixedNames:
    return FixedNames((row["phrase"], "") for row in load_table("events_idioms"))


@cache
def _governors() -> frozenset[str]:
    return frozenset(normalize_word(row["word"]) for row in load_table("events_governors"))


def _is_noun_place(words: Words, at: int) -> bool:
    """Tell whether only a noun can stand at a word: after a preposition, or after a feminine noun,
    whose verb would be feminine too («عملية استعادة»; but «الحكومة فرضت»)."""
    if at == 0 or words.sentence[at - 1] != words.sentence[at]:
        return False
    norm = words.norm[at - 1]
    if norm in _governors() or (norm[0] in "وف" and norm[1:] in _governors()):
        return True
    before = words.text[at - 1]
    return len(before) > 3 and before.endswith("ة") and not words.norm[at].endswith("ت")


def find_triggers(words: Words) -> list[Trigger]:
    """Return every reading of every word that the table lists, in reading order.

    A word yields several triggers when it may name events of several types. One that lacks the words
    it needs is listed if it can do without them and nothing else there names an event of the type.
    """
    out: list[Trigger] = []
    norms, sentence = words.norm, words.sentence
    idle = {k for found in _idioms().find(words) for k in range(found.first, found.last + 1)}
    allowed = find_allowed_types(words)
    _, suffixed = _load_forms()
    for at, norm in enumerate(norms):
        if len(norm) < 2 or at in idle:
            continue
        cut, readings = look_up(norm)
        if not readings:
            continue
        following = [
            norms[k]
            for k in range(at + 1, min(at + 1 + _REACH, len(norms)))
            if sentence[k] == sentence[at]
        ]
        start = words.start[at] + surface_offset(words.text[at], cut)
        types = allowed.get(at)
        noun_only = any(r[2] for r in readings) and _is_noun_place(words, at)
        here: list[Trigger] = []
        for lemma, form, ambiguous in readings:
            if types is not None and lemma.type not in types:
                continue
            if ambiguous and noun_only:
                form, ambiguous = form._replace(tense="noun"), False
            if words.text[at].endswith("ة") and (norm[cut:], lemma.key) in suffixed:
                continue  # «أسرة», «وزارة» are no «أسره», «زاره»
            if form.jussive and (at == 0 or norms[at - 1].lstrip("وف") not in _JUSSIVE_AFTER):
                continue
            if lemma.vetoes and following and not lemma.vetoes.isdisjoint(bare_forms(following[0])):
                continue
            needed = 0
            if lemma.needs:
                needed = _distance_to(lemma.needs, following) or -_distance_to(
                    lemma.needs, _words_before(words, at, form)
                )
            lacking = bool(lemma.needs) and not needed
            if lacking and not lemma.alone:
                continue
            here.append(
                Trigger(at, start, words.end[at], cut, lemma, form, ambiguous, needed, lacking)
            )
        full = {t.lemma.type for t in here if not t.lacking}
        for trigger in here:
            if not trigger.lacking:
                out.append(trigger)
            elif trigger.lemma.type not in full:
                full.add(trigger.lemma.type)
                out.append(trigger)
    return out


def _words_before(words: Words, at: int, form: Form) -> list[str]:
    """Return the words before a form, the nearest first, among which what it needs may stand."""
    if form.suffix:
        first = at - _ANTECEDENT
    elif form.tense != "noun":
        first = at - _SUBJECT
    else:
        return []
    sentence = words.sentence
    return [
        words.norm[k] for k in range(at - 1, max(first, 0) - 1, -1) if sentence[k] == sentence[at]
    ]


def _distance_to(needs: frozenset[str], around: list[str]) -> int:
    """Return how many words away stands the first of those needed, 0 if none does."""
    near = (n for n, word in enumerate(around, start=1) if not needs.isdisjoint(bare_forms(word)))
    return next(near, 0)
