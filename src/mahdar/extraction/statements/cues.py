"""Words that introduce what somebody says, from the lexicon, and where they stand in a text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from mahdar.lexicon.tables import load_table
from mahdar.text.normalize import normalize_word

Kind = Literal["perfect", "imperfect", "participle", "noun"]
Gender = Literal["m", "f", ""]
Number = Literal["s", "d", "p", ""]

# What a speaker says of his own saying («نعتقد أن») adds nothing to his statement; a demand does.
_PLAIN_ACTS = frozenset(("assert", "express"))
# Final letters of weak verbs, which endings replace.
_WEAK = ("ا", "ي")
_NOUN_SUFFIXES: tuple[tuple[str, Gender, Number], ...] = (
    ("ه", "m", "s"),
    ("ها", "f", "s"),
    ("هما", "", "d"),
    ("هم", "m", "p"),
)
_OBJECT_SUFFIXES = ("ه", "ها", "هم", "هما")


@dataclass(frozen=True, slots=True)
class Verb:
    """A reporting verb: what it may take as the thing said, and the act it usually does."""

    lemma: str
    that: bool
    quote: bool
    object: bool
    whole: bool
    person: bool
    prepositions: frozenset[str]
    needs: frozenset[str]
    act: str


@dataclass(frozen=True, slots=True)
class CueForm:
    """One written form of a reporting verb.

    ``conjunction``: a «و» or «ف» is attached. ``attached``: a preposition is («بقوله»).
    ``suffixed``: a pronoun is attached: the subject of a noun («قوله»), the object of a verb
    («وصفها»). ``accusative``: the participle stands in the form that continues a speech («مشيرا»). ``first_person``: the speaker says it of himself («نؤكد», «أكدنا»).
    """

    verb: Verb
    kind: Kind
    gender: Gender
    number: Number
    conjunction: bool = False
    attached: bool = False
    suffixed: bool = False
    definite: bool = False
    future: bool = False
    accusative: bool = False
    first_person: bool = False


def _read_verb(row: dict[str, str]) -> Verb:
    frames = row["frames"].split(",")
    flags = {"that", "quote", "obj", "whole", "person"}
    return Verb(
        lemma=normalize_word(row["imperfect"] if row["perfect"] == "-" else row["perfect"]),
        that="that" in frames,
        quote="quote" in frames,
        object="obj" in frames or "whole" in frames,
        whole="whole" in frames,
        person="person" in frames,
        prepositions=frozenset(normalize_word(f) for f in frames if f not in flags),
        needs=frozenset(normalize_word(word) for word in row["needs"].split()),
        act=row["act"],
    )


def _inflect_perfect(perfect: str) -> list[tuple[str, Gender, Number]]:
    weak = perfect.endswith(_WEAK)
    stem = perfect[:-1] if weak else perfect
    dual = stem + ("وا" if perfect.endswith("ا") else "يا") if weak else perfect + "ا"
    return [
        (perfect, "m", "s"),
        (stem + "ت", "f", "s"),
        (stem + "وا", "m", "p"),
        (dual, "m", "d"),
        (stem + "تا", "f", "d"),
    ]


def _inflect_imperfect(imperfect: str) -> list[tuple[str, Gender, Number]]:
    body = imperfect[1:]
    weak = body.endswith(("و", "ي"))
    stem = body[:-1] if weak else body
    return [
        ("ي" + body, "m", "s"),
        ("ت" + body, "f", "s"),
        ("ي" + stem + "ون", "m", "p"),
        ("ي" + body + "ان", "m", "d"),
        ("ت" + body + "ان", "f", "d"),
    ]


def _inflect_participle(participle: str) -> list[tuple[str, Gender, Number]]:
    weak = participle.endswith("ي")
    stem = participle[:-1] if weak else participle
    long = participle if weak else participle + ("ي" if participle == "داع" else "")
    out: list[tuple[str, Gender, Number]] = [
        (long + "ا", "m", "s"),
        (long + "ه", "f", "s"),
        (stem + "ين", "m", "p"),
        (long + "ين", "m", "d"),
        (long + "تين", "f", "d"),
        (long + "ات", "f", "p"),
    ]
    if participle.endswith("ئ"):
        out.append((participle + "ا", "m", "s"))
    return out


@cache
def load_cue_forms() -> dict[str, tuple[CueForm, ...]]:
    """Return every written form of the reporting verbs in normal form, proclitics included."""
    forms: dict[str, list[CueForm]] = {}

    def add(form: str, cue: CueForm) -> None:
        held = forms.setdefault(form, [])
        if not any(o.kind == cue.kind and o.verb.lemma == cue.verb.lemma for o in held):
            held.append(cue)

    def add_first_person(verb: Verb, kind: Kind, form: str) -> None:
        if verb.act in _PLAIN_ACTS:
            return
        for before in ("", "و", "ف"):
            add(before + form, CueForm(verb, kind, "", "p", bool(before), first_person=True))

    for row in load_table("cues_verbs"):
        verb = _read_verb(row)
        perfects = [] if row["perfect"] == "-" else _inflect_perfect(verb.lemma)
        for form, gender, number in perfects:
            _add_finite(add, form, CueForm(verb, "perfect", gender, number))
        if imperfect := normalize_word(row["imperfect"]):
            for form, gender, number in _inflect_imperfect(imperfect):
                cue = CueForm(verb, "imperfect", gender, number)
                _add_finite(add, form, cue)
                for before, conjunction in (("س", False), ("وس", True), ("فس", True)):
                    add(
                        before + form,
                        CueForm(verb, "imperfect", gender, number, conjunction, future=True),
                    )
            add_first_person(verb, "imperfect", "ن" + imperfect[1:])
        for form, _, _ in perfects[:1]:
            if not form.endswith(_WEAK) and len(form) > 3:  # not «قال», whose vowel changes
                add_first_person(verb, "perfect", form + "نا")
        if participle := normalize_word(row["participle"]):
            for form, gender, number in _inflect_participle(participle):
                for before in ("", "و"):
                    add(
                        before + form,
                        CueForm(verb, "participle", gender, number, bool(before), accusative=True),
                    )
            add(participle, CueForm(verb, "participle", "m", "s"))
        if noun := normalize_word(row["verbal_noun"]):
            _add_noun(add, verb, noun)
    return {form: tuple(cues) for form, cues in forms.items()}


def _add_finite(add: Callable[[str, CueForm], None], form: str, cue: CueForm) -> None:
    verb = cue.verb
    for before in ("", "و", "ف"):
        add(before + form, CueForm(verb, cue.kind, cue.gender, cue.number, bool(before)))
        if verb.object:
            for suffix in _OBJECT_SUFFIXES:
                add(
                    before + form + suffix,
                    CueForm(verb, cue.kind, cue.gender, cue.number, bool(before), suffixed=True),
                )


def _add_noun(add: Callable[[str, CueForm], None], verb: Verb, noun: str) -> None:
    if not noun.endswith(("ه", "ي")):
        for before in ("", "و"):
            add(before + noun + "ات", CueForm(verb, "noun", "", "p", bool(before)))
    for before in ("", "و", "ب", "وب", "ل", "ك"):
        attached = before[-1:] in ("ب", "ل", "ك")
        conjunction = before.startswith("و")
        add(before + noun, CueForm(verb, "noun", "", "", conjunction, attached))
        stem = noun[:-1] + "ت" if noun.endswith("ه") else noun
        for suffix, gender, number in _NOUN_SUFFIXES:
            add(
                before + stem + suffix,
                CueForm(verb, "noun", gender, number, conjunction, attached, suffixed=True),
            )
    for before in ("ال", "وال", "بال", "وبال"):
        add(
            before + noun,
            CueForm(verb, "noun", "", "", before[0] == "و", "ب" in before, definite=True),
        )
