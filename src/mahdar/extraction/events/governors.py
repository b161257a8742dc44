"""What governs a trigger: the words, tense and position that tell how real an event is.

Each trigger gets one *reading*, the first of a cascade of rules that holds, and features around it.
The rules guess from the nearest governing word; a model weighs their answers over all mentions.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from mahdar.extraction.events.context import Context
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.tense import is_future_verb
from mahdar.extraction.events.timing import date_relation
from mahdar.extraction.events.triggers import Trigger, bare_forms
from mahdar.lexicon.tables import load_table
from mahdar.text.normalize import normalize_word

_THAT = frozenset(("ان", "بان", "وان", "لان", "كي", "لكي", "حتي"))
_HARD = frozenset(".!؟?:؛")
_SOFT = frozenset("،,")
_QUOTES = frozenset('«»"“”')
_WAS = frozenset(("كان", "كانت", "كانوا"))
# Words before a form that may be verb or noun after which it is a noun.
_NOUN_AFTER = frozenset(
    [
        "في",
        "من",
        "علي",
        "الي",
        "عن",
        "مع",
        "بعد",
        "قبل",
        "عقب",
        "اثر",
        "منذ",
        "خلال",
        "اثناء",
        "بسبب",
        "حول",
        "بشان",
        "نحو",
        "ضد",
        "بين",
        "سوي",
        "اي",
        "كل",
        "هذا",
        "هذه",
        "ذلك",
        "تلك",
        "جراء",
        "نتيجه",
        "غداه",
        "وقف",
        "عدم",
        "دون",
    ]
)
# Words before it after which it is a verb.
_VERB_AFTER = frozenset(["ان", "الذي", "التي", "قد", "وقد", "كما", "حيث", "و", "الذين"])
# Words written alike as a light verb and as its verbal noun («عقد اجتماع»).
_VERB_OR_NOUN = frozenset(("وعقد", "وشن"))
# Words back to which a governor of each class governs; joined triggers inherit from farther.
_REACH = {"urge": 20, "seek": 5, "intend": 6, "reject": 5, "may": 6, "goon": 3, "presup": 3}
_JOINED = 6
_BACK, _DONE_BACK, _NOT_BACK, _DATE_SPAN = 25, 12, 3, 12
# Classes that qualify what follows them only, not the trigger after them.
_AHEAD = frozenset(("soon", "could", "past", "now", "who"))
_IGNORED = frozenset(("soon", "could", "past", "now", "go", "dur"))


@cache
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for row in load_table("events_modality"):
        found.setdefault(normalize_word(row["word"]), set()).add(row["class"])
    return {word: tuple(sorted(names)) for word, names in found.items()}


@lru_cache(maxsize=32768)
def governor_classes(norm: str) -> tuple[str, ...]:
    """Return the classes of a word in normal form in the table ``events_modality``."""
    table = _table()
    for form in (norm, *bare_forms(norm)):
        found = table.get(form)
        if found is not None:
            return found
    return ()


def clause_tense(context: Context, trigger: Trigger) -> str:
    """Return a trigger's tense, ``noun``, or ``either`` where the form leaves it open."""
    tense: str = trigger.form.tense
    if tense != "past" or not trigger.ambiguous:
        return tense
    norms, at = context.words.norm, trigger.word
    before = norms[at - 1] if at > context.first_of[at] else ""
    names = set(governor_classes(before))
    if (
        any(letter in norms[at][: trigger.cut] for letter in "بلك")
        or trigger.form.definite
        or before in _NOUN_AFTER
        or (names and not names & {"done", "who"})
    ):
        return "noun"
    if (
        before
        and before not in _SOFT
        and before not in _HARD
        and before not in _VERB_AFTER
        and not norms[at].startswith("و")
    ):
        return "either"
    return "likely-past"


def governor_features(context: Context, trigger: Trigger, outline: Outline) -> list[str]:
    """Return features of what governs a trigger; the one that starts with ``v=`` is its reading."""
    norms, at = context.words.norm, trigger.word
    kind = trigger.lemma.type
    tense = clause_tense(context, trigger)
    form = "n" if tense in ("noun", "either") else "v"
    proclitics = norms[at][: trigger.cut]
    number = context.words.sentence[at]
    where = "title" if number == 0 else "lead" if number <= 2 else "body"
    definite = "def" if trigger.form.definite or trigger.form.suffix else "indef"
    relation = _near_relation(context, at, outline)
    out = ["t=" + tense, f"{kind}|{tense}", f"{where}|{tense}"]
    out += ["proclitic-" + letter for letter in "لب" if letter in proclitics]
    if "dur" in governor_classes(norms[at]):
        out += ["dur|" + definite, f"{kind}|dur|{definite}"]
    if norms[at].endswith(("ات", "اته", "اتها")):
        out += ["plural", kind + "|plural"]
    out += _scan(context, at, form)
    out += ["rel=" + relation, f"{tense}|rel={relation}"]
    if form == "n":
        ahead = _ahead(context, at)
        out += ["ahead=" + name for name in sorted(ahead)]
        out.append(definite)
        reading = _read_noun(context, trigger, ahead, relation) or definite
    else:
        reading = _read_verb(context, at, tense, relation, where)
    out += [
        f"v={reading}",
        f"{where}|v={reading}",
        f"{kind}|v={reading}",
        f"dated|v={reading}|{relation}",
    ]
    return list(dict.fromkeys(out + _speech_features(context, trigger, form)))


def plain_reading(context: Context, trigger: Trigger) -> str:
    """Return how real a trigger reads by its form and governing words alone, dates left out of account."""
    tense = clause_tense(context, trigger)
    number = context.words.sentence[trigger.word]
    if tense in ("noun", "either"):
        found = _read_noun(context, trigger, _ahead(context, trigger.word), "none")
        return found or ("def" if trigger.form.definite or trigger.form.suffix else "indef")
    return _read_verb(context, trigger.word, tense, "none", "title" if number == 0 else "body")


def _near_relation(context: Context, at: int, outline: Outline) -> str:
    first, last = context.first_of[at], context.last_of[at]
    near = context.dates_between(max(first, at - _DATE_SPAN), min(last, at + _DATE_SPAN))
    if not near:
        return "none"
    date = min(near, key=lambda d: max(0, d[0] - at, at - d[1]))
    return date_relation(date[2].value, outline.published)


def _bucket(gap: int) -> str:
    return next((str(n) for n in (1, 2, 4, 8, 14) if gap <= n), "15+")


def _is_light_noun(norms: Sequence[str], k: int) -> bool:
    """Tell whether a light verb's form is its verbal noun: «لعقد اجتماع», «إلى عقد اجتماع»."""
    norm = norms[k]
    if norm == "عقد" and k:
        return norms[k - 1] in _NOUN_AFTER or bool(governor_classes(norms[k - 1]))
    return norm in _VERB_OR_NOUN or (norm[:1] in ("ب", "ل") and len(norm) > 3)


def _scan(context: Context, at: int, form: str) -> list[str]:
    """Return the distance of the nearest word of each class before a trigger in its clause."""
    norms, first = context.words.norm, context.first_of[at]
    seen: dict[str, tuple[int, int]] = {}
    commas, future = 0, 0
    for k in range(at - 1, max(first - 1, at - _BACK - 1), -1):
        norm = norms[k]
        if norm in _HARD:
            break
        if norm in _SOFT:
            commas += 1
            continue
        if not future and is_future_verb(norm):
            future = at - k
        for name in governor_classes(norm):
            if name in _IGNORED or (name == "done" and _is_light_noun(norms, k)):
                continue
            if name == "not" and k + 1 < at and norms[k + 1].startswith("ان"):
                continue
            seen.setdefault(name, (at - k, commas))
    out = []
    for name, (gap, crossed) in seen.items():
        if gap <= 14 or name == "urge":
            out.append(f"{name}@{_bucket(gap)}|{form}")
        if gap <= 14 and not crossed:
            out.append(f"{name}|clean|{form}")
    if future:
        out.append(f"future@{_bucket(future)}|{form}")
    return out


def _read_verb(context: Context, at: int, tense: str, relation: str, where: str) -> str:
    norms, first = context.words.norm, context.first_of[at]
    before = norms[at - 1] if at > first else ""
    if tense == "future" or before == "سوف":
        return "planned"
    if before in ("لن", "ولن"):
        return "denied"
    if tense != "present":
        if any(norms[k].lstrip("وف") in ("اذا", "لو") for k in range(max(first, at - 6), at)):
            return "if-past"
        return "denied" if before == "ما" else "past"
    if before in ("لم", "لا", "ولم", "ولا"):
        return "denied"
    if before in ("قد", "ربما"):
        return "conditional"
    if before in _THAT:
        for k in range(at - 2, max(first - 1, at - 10), -1):
            for name in governor_classes(norms[k]):
                if name in _REACH and name != "presup":
                    return "that-" + name
        return "that"
    if any(norms[k].lstrip("وف") in _WAS for k in range(max(first, at - 4), at)):
        return "was"
    if relation in ("after", "today"):
        return "present-" + relation
    return "headline-present" if where == "title" else "present"


def _ahead(context: Context, at: int) -> set[str]:
    """Return the classes of the words that qualify a noun («المقبل», «الجاري», «الذي سيعقد»)."""
    norms, last = context.words.norm, context.last_of[at]
    out: set[str] = set()
    window = [norms[k] for k in range(at + 1, min(last, at + 6) + 1)]
    for norm, following in pairwise([*window, ""]):
        if norm in _HARD or norm in _SOFT:
            break
        names = governor_classes(norm)
        out.update(_AHEAD.intersection(names))
        if is_future_verb(norm):
            out.add("future")
        if "who" in names and following:
            light = "done" in governor_classes(following)
            tense = "present" if following[0] in "يت" and not light else "past"
            out.add("who-" + ("future" if is_future_verb(following) else tense))
    return out


def _read_noun(context: Context, trigger: Trigger, ahead: set[str], relation: str) -> str | None:
    if ahead & {"soon", "future"}:
        return "planned"
    governor = _governor(context, trigger)
    if governor is not None:
        return governor
    for name, found in (("now", "now"), ("past", "past-adjective"), ("who-past", "past-adjective")):
        if name in ahead:
            return found
    if "could" in ahead:
        return "could"
    return "planned" if relation == "after" else None


def _governor(context: Context, trigger: Trigger) -> str | None:
    """Return the class of the nearest word before that governs a noun."""
    norms, at = context.words.norm, trigger.word
    joined = norms[at][: trigger.cut][:1] in ("و", "ف")
    comma = False
    for k in range(at - 1, max(context.first_of[at] - 1, at - 21), -1):
        norm, gap = norms[k], at - k
        if norm in _HARD:
            return None
        if norm in _SOFT:
            comma = True
            continue
        if is_future_verb(norm) and gap <= (12 if joined else 8):
            return "planned"
        for name in governor_classes(norm):
            if name == "done" and not _is_light_noun(norms, k):
                if gap <= _DONE_BACK and not (comma and joined):
                    return "by-done"
            elif name == "not" and gap <= _NOT_BACK and not comma:
                return "by-not"
            elif name in _REACH:
                reach = _REACH[name] + (_JOINED if joined else 0)
                if gap <= reach and (name == "urge" or joined or not comma):
                    return "by-" + name
                break
    return None


def _speech_features(context: Context, trigger: Trigger, form: str) -> list[str]:
    """Return features of the statement that holds a trigger."""
    speech = context.speech[trigger.word]
    if speech is None:
        return ["paper"]
    out = ["act=" + speech.act]
    if speech.negated:
        out.append("negated")
    span = next((s for s in speech.content if s.start <= trigger.start < s.end), None)
    if span is not None:
        into = trigger.start - span.start
        near = "0" if into <= 12 else "3" if into <= 36 else "7"
        out.append(f"act={speech.act}|{near}|{form}")
    return out
