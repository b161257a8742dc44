"""Which mentions tell one event: pairs of triggers are weighed, then gathered into events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from mahdar.extraction.events.context import Context
from mahdar.extraction.events.cues import cue_classes
from mahdar.extraction.events.governors import plain_reading
from mahdar.extraction.events.triggers import Trigger

# Words on each side of a trigger in which its own parties, places and dates are looked for.
_NEAR = 10
# Words on each side in which figures are looked for.
_FIGURES = 6
# Words on each side in which the nearest entity is looked for.
_TOUCH = 4
_OTHER = frozenset(
    ("اخر", "اخري", "ثان", "ثانيه", "مماثل", "مماثله", "منفصل", "منفصله", "جديد", "جديده")
)
# Earlier mentions that one mention is compared with; keeps long articles linear.
_MEMORY = 40
# Mentions of one event, the last ones, that a further mention is compared with.
_MOST_SEEN = 8


@dataclass(frozen=True, slots=True)
class Mention:
    """A trigger taken to name an event, with what stands near it.

    ``around``: entities of its whole sentence; ``numbers``: figures near it (tolls, rounds);
    ``countries``: of the entities near it; ``other``: it is called another one («هجوم آخر»);
    ``told``: the statement that tells it, empty for the paper; ``reading``: how real it reads;
    ``beside``: content words near it; ``behind`` and ``before``: the entities nearest to it on each side;
    ``days``: the dates of its sentence; ``next_word``: the word behind it.
    """

    trigger: Trigger
    sentence: int
    parties: frozenset[str]
    places: frozenset[str]
    dates: frozenset[str]
    ahead: bool
    denied: bool
    around: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    other: bool = False
    told: str = ""
    reading: str = ""
    beside: frozenset[str] = frozenset()
    behind: str = ""
    before: str = ""
    days: frozenset[str] = frozenset()
    next_word: str = ""
    instrument: bool = False


def describe_mention(context: Context, trigger: Trigger) -> Mention:
    """Return a trigger with the parties, places and dates near it in its sentence."""
    at = trigger.word
    first, last = max(context.first_of[at], at - _NEAR), min(context.last_of[at], at + _NEAR)
    parties: set[str] = set()
    places: set[str] = set()
    for spot in context.spots_between(first, last):
        (places if spot.entity.type == "LOC" else parties).add(spot.entity.id)
    for k in (at + 1, at + 2):
        if k <= last:
            state = context.demonym(k)
            if state is not None:
                places.add(state)
    dates = {d[2].value for d in context.dates_between(first, last)}
    classes = {c for k in range(max(first, at - 4), at) for c in cue_classes(context.words.norm[k])}
    norms = context.words.norm
    around = context.spots_between(context.first_of[at], context.last_of[at])
    near = range(max(first, at - _FIGURES), min(last, at + _FIGURES) + 1)
    countries = {context.countries.get(i, "") for i in parties | places} - {""}
    speech = context.speech[at]
    return Mention(
        trigger,
        context.words.sentence[at],
        frozenset(parties),
        frozenset(places),
        frozenset(dates - {".."}),
        trigger.form.tense == "future" or "future" in classes,
        "negation" in classes,
        frozenset(spot.entity.id for spot in around),
        frozenset(norms[k] for k in near if norms[k].isdigit()),
        frozenset(countries),
        any(norms[k] in _OTHER for k in range(at + 1, min(last, at + 3) + 1)),
        speech.id if speech else "",
        plain_reading(context, trigger),
        frozenset(_content(norms[k]) for k in near if k != at) - {""},
        _first_named(context, range(at + 1, min(context.last_of[at], at + _TOUCH) + 1)),
        _first_named(context, range(at - 1, max(context.first_of[at], at - _TOUCH) - 1, -1)),
        frozenset(
            d[2].value for d in context.dates_between(context.first_of[at], context.last_of[at])
        ),
        _content(norms[at + 1]) if at < last else "",
        at in context.instrumental,
    )


def _content(norm: str) -> str:
    """Return a word without its proclitics and article; empty for short words and signs."""
    rest = norm.lstrip("وف") if len(norm) > 4 else norm
    for start in ("بال", "كال", "ال", "لل"):
        if rest.startswith(start) and len(rest) - len(start) > 2:
            rest = rest[len(start) :]
            break
    return rest if len(rest) > 3 else ""


def _first_named(context: Context, words: Iterable[int]) -> str:
    """Return the entity that the first of these words names, if any does."""
    spots = (context.at[k] for k in words)
    return next((spot.entity.id for spot in spots if spot is not None), "")


def _pair(left: str, right: str) -> str:
    if not left or not right:
        return "none"
    return "same" if left == right else "other"


def _agreement(left: frozenset[str], right: frozenset[str]) -> str:
    if not left or not right:
        return "none"
    if left & right:
        return "same" if left == right else "part"
    return "other"


def pair_features(a: Mention, b: Mention, between: int, total: int) -> list[str]:
    """Return the features of the question: do two mentions of one type tell the same event?

    Args:
        a: the earlier mention.
        b: the later one.
        between: mentions of the type between the two.
        total: mentions of the type in the article.
    """
    kind = a.trigger.lemma.type
    apart = b.sentence - a.sentence
    gap = (
        "0"
        if apart == 0
        else "1"
        if apart == 1
        else "2"
        if apart == 2
        else "3-5"
        if apart < 6
        else "6+"
    )
    close = b.trigger.word - a.trigger.word
    fa, fb = a.trigger.form, b.trigger.form
    out = [
        "bias",
        "ty=" + kind,
        f"{kind}|gap={gap}",
        "gap=" + gap,
        "lemma" if a.trigger.lemma.key == b.trigger.lemma.key else "lemma-",
        f"def={fa.definite:d}{fb.definite:d}",
        f"tense={fa.tense[:2]}{fb.tense[:2]}",
        f"dual={fa.dual:d}{fb.dual:d}",
        "parties=" + _agreement(a.parties, b.parties),
        "places=" + _agreement(a.places, b.places),
        "dates=" + _agreement(a.dates, b.dates),
        f"ahead={a.ahead:d}{b.ahead:d}",
        "between=" + ("0" if not between else "1" if between == 1 else "2+"),
        "total=" + ("2" if total <= 2 else "3-4" if total < 5 else "5-8" if total < 9 else "9+"),
    ]
    out.append(f"{kind}|parties={_agreement(a.parties, b.parties)}")
    out.append(f"{kind}|places={_agreement(a.places, b.places)}")
    if fa.text == fb.text:
        out.append("word")
    if b.trigger.lemma.key == a.trigger.lemma.key:
        out.append(f"lemma|def={fb.definite:d}")
        out.append(f"{kind}|lemma")
    if fb.definite and not fb.suffix:
        out.append("anaphoric")
    if apart == 0:
        out.append(
            "close=" + ("2" if close <= 2 else "5" if close <= 5 else "12" if close < 12 else "+")
        )
    if a.sentence == 0:
        out.append("title")
    if a.denied != b.denied:
        out.append("denied-")
    if a.sentence == 0:
        out += [
            f"title|gap={gap}",
            f"title|gap={gap}|{kind}",
            "title|parties=" + _agreement(a.parties, b.parties),
        ]
        out.append(f"title|total={min(total, 4)}")
    out.append("numbers=" + _agreement(a.numbers, b.numbers))
    out.append("countries=" + _agreement(a.countries, b.countries))
    out.append("around=" + _agreement(a.around, b.around))
    shared = len(a.around & b.around)
    out.append(f"shared={min(shared, 3)}|{gap}")
    if b.other:
        out.append("other")
    return out + _word_features(a, b, kind, gap)


def _word_features(a: Mention, b: Mention, kind: str, gap: str) -> list[str]:
    """Return features of the words of two mentions and of those next to them."""
    first, second = a.trigger.lemma.key, b.trigger.lemma.key
    out = [f"le={first}|{second}", f"tail={second}|def={b.trigger.form.definite:d}"]
    out += [f"read={a.reading}|{b.reading}", "read" + ("" if a.reading == b.reading else "-")]
    common = len((a.beside & b.beside) - {a.trigger.form.text, b.trigger.form.text})
    out += [
        f"beside={min(3, common)}",
        f"{kind}|beside={min(3, common)}",
        f"beside={min(3, common)}|{gap}",
    ]
    behind, before = _pair(a.behind, b.behind), _pair(a.before, b.before)
    out += [
        f"behind={behind}",
        f"{kind}|behind={behind}",
        f"before={before}",
        f"{kind}|before={before}",
    ]
    out.append("crosswise=" + _pair(a.behind, b.before) + "|" + _pair(a.before, b.behind))
    days = _agreement(a.days, b.days)
    out += ["days=" + days, f"days={days}|{gap}"]
    following = _pair(a.next_word, b.next_word)
    out += ["next=" + following, f"{kind}|next={following}"]
    out.append(f"instrument={a.instrument:d}{b.instrument:d}")
    told = "paper" if not a.told and not b.told else "same" if a.told == b.told else "other"
    out += [f"told={told}", f"told={told}|{gap}", f"{kind}|told={told}"]
    forms = f"{a.trigger.form.tense[:2]}{a.trigger.form.definite:d}{b.trigger.form.tense[:2]}{b.trigger.form.definite:d}"
    out += [f"forms={forms}|{gap}", f"{kind}|forms={forms}"]
    return out


def gather(
    mentions: Sequence[Mention],
    weigh: Callable[[Sequence[tuple[Mention, Mention, int]], int], list[float]],
    *,
    threshold: float,
) -> list[list[Mention]]:
    """Return the mentions gathered into events, each event's mentions in reading order.

    A mention joins the event to whose mentions it is nearest on average, if their mean chance of
    telling the same event reaches ``threshold``.

    Args:
        mentions: the mentions of an article in reading order.
        weigh: gives the chance of pairs of one type (earlier, later, mentions between) to tell one
            event, from the pairs and the number of mentions of the type.
        threshold: the least mean chance.
    """
    by_type: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_type.setdefault(mention.trigger.lemma.type, []).append(mention)
    events: list[list[Mention]] = []
    for same in by_type.values():
        groups: list[list[int]] = []
        recent: list[list[int]] = []
        for n, mention in enumerate(same):
            best, best_chance = None, threshold
            recent = [group for group in recent if n - group[-1] <= _MEMORY]
            seen = [[m for m in group if n - m <= _MEMORY][-_MOST_SEEN:] for group in recent]
            pairs = [(same[m], mention, n - m - 1) for members in seen for m in members]
            chances = iter(weigh(pairs, len(same)) if pairs else ())
            for group, members in zip(recent, seen, strict=True):
                chance = sum(islice(chances, len(members))) / len(members)
                if chance >= best_chance:
                    best, best_chance = group, chance
            if best is None:
                groups.append([n])
                recent.append(groups[-1])
            else:
                best.append(n)
        events.extend([same[n] for n in group] for group in groups)
    events.sort(key=lambda group: (group[0].trigger.start, group[0].trigger.lemma.type))
    return events
