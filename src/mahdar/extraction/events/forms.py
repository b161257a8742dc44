"""The written forms of Arabic verbs and nouns, in normal form and without proclitics.

Only what news prose uses is made: third persons, first persons, the future with «س», jussives of
weak verbs, object and possessive suffixes. The short vowels being unwritten, a passive has the form
of its active verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from mahdar.text.normalize import normalize_word

Tense = Literal["past", "present", "future", "noun"]

_OBJECTS = ("ه", "ها", "هم", "هما", "هن", "نا")
_POSSESSIVES = ("ه", "ها", "هم", "هما", "نا", "كم")
_WEAK = "اوي"
_VERBAL = re.compile("الت..?ا.").fullmatch  # verbal nouns of the eighth form from roots in «ل»


class Form(NamedTuple):
    """One written form: its tense or ``noun``, whether it is definite, dual, carries a suffix.

    ``jussive``: a shortened present that stands only after «لم» and the like («لم يستعد»).
    """

    text: str
    tense: Tense
    definite: bool = False
    dual: bool = False
    suffix: bool = False
    jussive: bool = False


def iter_verb_forms(past: str, present: str) -> Iterator[Form]:
    """Yield the forms of a verb given by its third person masculine singular, past and present.

    Either may be empty. Forms may repeat.
    """
    if past:
        yield from _iter_past(normalize_word(past), weak=past[-1] in "اىي")
    if present:
        yield from _iter_present(normalize_word(present))


def _iter_past(stem: str, *, weak: bool) -> Iterator[Form]:
    if weak and len(stem) > 2:
        body = stem[:-1]
        plain = [stem, body + "ت", body + "تا", body + "وا", body + "يا", body + "ينا", body + "يت"]
        bases = [body + "ا", body + "ت", body + "و", body + "ينا"]
    else:
        plain = [stem, *(stem + end for end in ("ت", "ا", "تا", "وا", "ن"))]
        if not (len(stem) > 2 and stem[-2] in "ا"):
            plain += [stem + "نا", stem + "تم"]
        bases = [stem, stem + "ت", stem + "و", stem + "نا"]
    for form in plain:
        dual = form.endswith("تا") or (form == stem + "ا" and stem[-1] not in _WEAK)
        yield Form(form, "past", dual=dual)
    for base in bases:
        for suffix in _OBJECTS:
            yield Form(base + suffix, "past", suffix=True)


def _iter_present(third: str) -> Iterator[Form]:
    core = third[1:]
    weak_end = core[-1] in _WEAK
    plural = core[:-1] if weak_end else core
    ends = [core, core + "ان", plural + "ون", plural + "وا"]
    short = ""
    if weak_end:
        short = core[:-1]
    else:
        ends.append(core + "ا")
        if len(core) > 2 and core[-2] in _WEAK:
            short = core[:-2] + core[-1]
    bodies = [(end, end == core + "ان", False) for end in ends]
    carriers = (core, plural + "ون", plural + "و")  # «يخليها», «يخلونها», «لن يخلوها»
    bodies += [(base + s, False, True) for base in carriers for s in _OBJECTS]
    for body, dual, suffix in bodies:
        for person in "يتن":
            yield Form(person + body, "present", dual=dual, suffix=suffix)
            yield Form("س" + person + body, "future", dual=dual, suffix=suffix)
        yield Form("سا" + body, "future", suffix=suffix)
    if short:
        for person in "يتن":
            yield Form(person + short, "present", jussive=True)


def iter_noun_forms(noun: str) -> Iterator[Form]:
    """Yield the forms of a noun: bare, with article, tanwin, dual endings and possessives.

    A noun given with its article has no other form; in «التحاق», «التزام» the «ال» is of the word.
    """
    base = normalize_word(noun)
    if base.startswith("ال") and len(base) > 4 and noun.startswith("ال") and not _VERBAL(base):
        yield Form(base, "noun", definite=True)
        return
    yield Form(base, "noun")
    yield Form("ال" + base, "noun", definite=True)
    joint = base[:-1] + "ت" if base.endswith("ه") else base
    if not base.endswith(("ه", "اء", "ي", "ات")):
        yield Form(base + "ا", "noun")
    for end in ("ان", "ين"):
        yield Form(joint + end, "noun", dual=True)
        yield Form("ال" + joint + end, "noun", definite=True, dual=True)
    stems = [joint]
    if base.endswith("اء"):
        stems += [base[:-1] + "ئ", base[:-1] + "ؤ"]
    for stem in stems:
        for suffix in _POSSESSIVES:
            yield Form(stem + suffix, "noun", definite=True, suffix=True)
