"""The tense that a verb's written form shows."""

from __future__ import annotations

from functools import lru_cache

from mahdar.text.clitics import proclitic_splits

_FUTURE_STARTS = ("سي", "ست", "سن", "سا")
# Short words that begin like a future verb but are none («سنة», «ستة», «سياسة», «سيد»).
_NOT_FUTURE = frozenset(
    [
        "سنه",
        "سنوات",
        "سنويا",
        "سنوي",
        "سنويه",
        "سته",
        "ستين",
        "ستون",
        "سياسه",
        "سياسي",
        "سياسيه",
        "سياسيين",
        "سياسيون",
        "سياسات",
        "سياسيا",
        "سيد",
        "سيده",
        "سيطره",
        "سيطر",
        "سيطرت",
        "سيطروا",
        "سيناء",
        "سياره",
        "سيارات",
        "سيارته",
        "ساحه",
        "ساعه",
        "ساعات",
        "سابق",
        "سابقه",
        "سابقا",
        "سابع",
        "ساحل",
        "سادس",
        "سارع",
        "سارعت",
        "سانت",
        "سيول",
        "سياق",
        "سيف",
        "سير",
        "سيره",
        "سيرا",
        "سيناتور",
        "سيناريو",
        "ستار",
        "ساهم",
        "ساهمت",
        "ساد",
        "سادت",
        "سامح",
        "سالم",
        "سامي",
        "سيرغي",
        "سيرجي",
        "سياده",
        "سيادته",
        "سيرت",
        "ستيفان",
        "ستيفن",
        "سينما",
        "سيئ",
        "سيئه",
        "سيما",
        "ستوكهولم",
        "ستاد",
        "سابقين",
        "سايت",
        "ساند",
        "ساندت",
        "ساعد",
        "ساعدت",
        "سائر",
        "سائق",
        "سائل",
        "سادا",
        "سارت",
        "سار",
        "ساكن",
        "سالت",
        "سال",
    ]
)


@lru_cache(maxsize=16384)
def is_future_verb(norm: str) -> bool:
    """Tell whether a word in normal form has the shape of a verb with the future «س»."""
    for cut, rest in proclitic_splits(norm):
        if (
            cut < 2
            and len(rest) >= 4
            and rest.startswith(_FUTURE_STARTS)
            and rest not in _NOT_FUTURE
        ):
            return True
    return False


def verb_tense(norm: str) -> str:
    """Return the tense that a light verb's form shows: past, present or future."""
    if is_future_verb(norm):
        return "future"
    for cut, rest in proclitic_splits(norm):
        if cut < 2 and rest[:1] in "يت" and not rest.startswith(("تم", "تلق", "تول")):
            return "present"
    return "past"
