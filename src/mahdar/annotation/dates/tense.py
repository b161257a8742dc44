"""Whether the words around a bare weekday or month tell of the past or of what is to come.

The nearest sign decides: a verb or participle before the expression in its sentence, or right after
it where it opens its clause. A pluperfect, and a finite verb close by in the same clause, are *firm*:
they outweigh nearness («استولوا عليها في سبتمبر», written in August). Verbs of planning («قرر»,
«أجّل») say nothing of the day of what is planned.
"""

from __future__ import annotations

from typing import NamedTuple

from mahdar.annotation.dates.lexicon import look_up
from mahdar.annotation.dates.signs import (
    PAST,
    PLANNED,
    SAID,
    is_future_verb,
    load_signs,
    side_of,
)
from mahdar.text.numerals import is_number_word
from mahdar.text.words import Words


class Outlook(NamedTuple):
    """Which side of now the words tell of: -1 past, 0 unsaid, 1 to come; ``firm`` outweighs nearness.

    ``planned``: unsaid, because a verb of planning governs («طالبت بتطبيقها خلال 24 ساعة»).
    """

    side: int = 0
    firm: bool = False
    planned: bool = False


_UNSAID = Outlook()
_PLAN = Outlook(planned=True)
# Signs farther off than this belong to other clauses more often than not.
_REACH_BEFORE, _REACH_AFTER = 22, 5
# A finite verb so near, with no other clause between, tells of the very day.
_FIRM_BEFORE, _FIRM_AFTER = 8, 3
_COMPLEMENTISERS = frozenset(
    (
        "ان",
        "انه",
        "انها",
        "انهم",
        "بان",
        "بانه",
        "بانها",
        "الي",
        "عن",
        "فان",
        "لان",
        '"',
        "«",
        "“",
        ":",
    )
)
_STOPS = frozenset((".", "؛", ";", "؟", "!"))
_BREAKS = frozenset(("،", ",", "-", "–", ":", '"', "«", "“", "("))
_CLOSERS = frozenset(("،", ",", ")", "»", "”"))
_WERE = frozenset(("كان", "كانت", "كانوا", "كانا", "كانتا"))
_PAST_AUXILIARIES = _WERE | {"لم"}
_COMPLETED = frozenset(("قد", "فقد", "لقد", "وقد"))
_MAY = frozenset(("ان", "قد", "كي", "لكي", "وقد", "بان"))
# Nouns in «ي» that may follow «أن».
_NO_VERBS = ("يوم", "يونيو", "يوليو", "يناير", "يد", "يمن", "يسار", "يمين")
_NOUN_BEFORE = frozenset(
    (
        "في",
        "من",
        "الي",
        "علي",
        "عن",
        "حول",
        "بشان",
        "قبل",
        "بعد",
        "خلال",
        "عقب",
        "اثر",
        "رغم",
        "نحو",
        "لدي",
        "عند",
        "دون",
        "بسبب",
        "ضد",
        "مع",
        "طريق",
        "عدم",
    )
)
# What follows them, a noun of action, was over before what the clause tells.
_AFTER = frozenset(("بعد", "عقب", "اثر", "منذ", "غداه"))
_TIMES = frozenset(("للمره", "المره", "نوعه", "نوعها", "مره", "مرات", "مرتين"))
_WHEN = frozenset(("بعدما", "عندما", "حينما", "حين", "لما"))
# They say from when, not on which side of now.
_FROM_THEN = frozenset(("اعتبارا", "ابتداء"))
_PREPOSITIONS = {
    "منذ": -1,
    "مند": -1,
    "مذ": -1,
    "بحلول": 1,
    "تسليم": 1,
    "لتسليم": 1,
    "عقود": 1,
}


# Prepositions that name an end, to come unless a finite verb close by says that it is past.
_TERMS = frozenset(("حتي", "وحتي", "الي", "والي", "لغايه", "غايه"))


def tells_a_toll(words: Words, first: int) -> bool:
    """Tell whether words before word ``first`` tell of the killed or of strikes: «مقتل 260 خلال أسبوع»."""
    tolls, sentence = load_signs().tolls, words.sentence
    return any(
        sentence[i] == sentence[first] and words.norm[i].removeprefix("ال") in tolls
        for i in range(max(0, first - _REACH_BEFORE), first)
    )


def tells_how_often(words: Words, first: int) -> bool:
    """Tell whether what happened is counted («للمرة الثالثة في ظرف أسبوعين»): how long, not when."""
    start = max(0, first - _REACH_AFTER)
    return any(
        words.norm[i] in _TIMES and words.sentence[i] == words.sentence[first]
        for i in range(start, first)
    )


def find_outlook(words: Words, first: int, end: int) -> int:
    """Return what the words around words ``[first, end)`` tell of: -1 past, 0 unsaid, 1 to come."""
    return find_tense(words, first, end).side


def find_tense(words: Words, first: int, end: int) -> Outlook:
    """Return what the words around words ``[first, end)`` tell of, and how firmly."""
    norm, sentence = words.norm, words.sentence
    here = sentence[first]
    inner = first > 0 and sentence[first - 1] == here
    if inner and norm[first - 1] in _PREPOSITIONS:
        return Outlook(_PREPOSITIONS[norm[first - 1]], norm[first - 1] in ("منذ", "مند", "مذ"))
    if inner and norm[first - 1] in _TERMS:
        # «تبقى مفتوحة إلى الخميس», but «استمرت القمة حتى الأحد».
        told = _tense_before(words, first, end, here)
        return told if told is not None and told.firm else Outlook(1)
    closing = norm[end] if end < len(norm) and sentence[end] == here else ""
    opens = not inner or norm[first - 1] in _BREAKS
    # «تدربوا (الأربعاء) وسوف …»: between marks it belongs to what stands before.
    wrapped = inner and opens and closing in _CLOSERS
    heading = opens and closing == ":"
    if heading:
        return _UNSAID  # «25 مارس: مصر تشارك …»: a chronology tells the past in the present
    if (opens or norm[first][:1] == "و") and not wrapped:
        after = _tense_after(words, end, here)
        if after.side:
            return after
    before = _tense_before(words, first, end, here)
    if before is not None and before.planned and _is_after_the_fact(words, end, here):
        return Outlook(-1, True)  # «طلب المساعدة في ديسمبر بعدما استولى التنظيم»
    if before is not None:
        return before
    # «وفي نوفمبر، قتل …»: what follows a time that opens the sentence is a verb.
    leads = not inner or first < 2 or sentence[first - 2] != here
    return _tense_after(words, end, here, leads=leads)


def _tense_before(words: Words, first: int, end: int, here: int) -> Outlook | None:
    """Return what the nearest sign before word ``first`` tells of; ``None`` where there is none."""
    norm, sentence = words.norm, words.sentence
    reported = broken = comma = over = from_then = False
    for i in range(first - 1, max(-1, first - 1 - _REACH_BEFORE), -1):
        if sentence[i] != here or norm[i] in _STOPS:
            break
        comma = comma or norm[i] in ("،", ",")
        if not comma and i + 1 < first and _opens_past(norm, i):
            if norm[i].endswith("منذ"):
                return Outlook(-1, True)
            over = True
            continue
        if norm[i] in _COMPLEMENTISERS:
            reported = True
        if norm[i] in _FROM_THEN:
            from_then = True
            continue
        side = _side_in_place(norm, i, first)
        if not side:
            broken = broken or norm[i] in _BREAKS
            continue
        if side == SAID and not over and _is_called_meeting(words, first, i):
            return Outlook(1)  # «أعلنت النقابة عن تظاهرة الأربعاء»
        if side == SAID and reported:
            # «قال إن الاجتماع الأحد»: the verb of saying has no say in what is said.
            break
        if side == PLANNED:
            # «قرر تأجيلها إلى السبت», but «دعا إلى اجتماع طارئ الثلاثاء».
            return Outlook(1) if _is_called_meeting(words, first, i) else _PLAN
        near = first - i <= _FIRM_BEFORE and not broken
        near = near and (side > 0 or not _may_be_noun(norm[i]))
        if side > 0:
            form = norm[i].removeprefix("و").removeprefix("ف")
            due = form in load_signs().due or _is_due(norm, i)
            future = is_future_verb(form) or due
            if not is_future_verb(form) and (_in_past(norm, i) or (due and _in_past(norm, i - 2))):
                return Outlook(-1, near)
            if over and not future:
                return Outlook(-1)  # «تستضيفها بعد اعتذار المغرب في فبراير»
            return Outlook(1, future and near)
        return Outlook(-1, over or (side == PAST and (near or _is_pluperfect(norm, i))))
    if from_then:
        return Outlook(1)
    return Outlook(-1) if over else None


def _is_after_the_fact(words: Words, end: int, here: int) -> bool:
    """Tell whether «بعدما» and a perfect follow word ``end``."""
    norm = words.norm
    at = end + 1 + (norm[end : end + 2] == ["بعد", "ان"])
    if end >= len(norm) or (norm[end] not in _WHEN and at == end + 1):
        return False
    return at < len(norm) and words.sentence[at] == here and side_of(norm[at]) in (PAST, SAID)


def _is_due(norm: list[str], i: int) -> bool:
    """Tell whether a verb is of what is fixed for a day: «من المقرر أن تجرى»."""
    return i > 1 and norm[i - 1] == "ان" and norm[i - 2] in load_signs().due


def _opens_past(norm: list[str], i: int) -> bool:
    """Tell whether word ``i`` puts the noun after it behind what is told: «بعد إدانتها في كانون الأول»."""
    if norm[i].removeprefix("و") not in _AFTER or (i and norm[i - 1] in ("ما", "من")):
        return False
    following = norm[i + 1]
    return following.isalpha() and not look_up(following) and not is_number_word(following)


def _is_called_meeting(words: Words, first: int, verb: int) -> bool:
    """Tell whether a gathering that is called stands before word ``first``: «دعا إلى اجتماع طارئ الثلاثاء»."""
    norm, meetings = words.norm, load_signs().meetings
    at = first - 1
    while at > max(verb + 1, first - 4) and norm[at].removeprefix("ال") not in meetings:
        at -= 1
    if norm[at].removeprefix("ال") not in meetings:
        return norm[at].startswith("ل") and norm[at][1:].removeprefix("ل") in meetings
    return norm[at - 1] in ("الي", "عن", "عقد", "لعقد", "بعقد", "تنظيم", "اجراء")


def _tense_after(words: Words, end: int, here: int, *, leads: bool = False) -> Outlook:
    norm = words.norm
    for i in range(end, min(end + _REACH_AFTER, len(norm))):
        if words.sentence[i] != here or norm[i] in _STOPS:
            break
        side = side_of(norm[i])
        if side == PLANNED or norm[i] in load_signs().purpose:
            break
        if side:
            near = i - end < _FIRM_AFTER
            firm = near and (
                is_future_verb(norm[i])
                or (side == PAST and (not _may_be_noun(norm[i]) or (leads and i - end < 2)))
            )
            return Outlook(1 if side > 0 else -1, firm)
    return _UNSAID


def _side_in_place(norm: list[str], i: int, first: int) -> int:
    """Return what word ``i`` tells of where it stands, seen from an expression at word ``first``."""
    word = norm[i]
    before = norm[i - 1] if i else ""
    if word.lstrip("وف") == "لم":
        return PAST if first - i <= _FIRM_BEFORE else 0
    side = side_of(word)
    if before == "ان" and i > 1 and norm[i - 2] in ("قبل", "دون") and word[0] in "يتن":
        return 0  # «قبل أن يغيروا اسمهم» belongs to the story
    if not side and before:
        if before in _COMPLETED and word[0] not in "يتن":
            return PAST
        if before in _MAY and word[0] == "ي" and not word.startswith(_NO_VERBS):
            return 1  # «أن يرفع الفائدة في سبتمبر»
        return 0
    if side in (PAST, PLANNED) and _may_be_noun(word):
        # A perfect never stands right after a preposition or another finite verb: «على رفع الفائدة».
        if before in _NOUN_BEFORE or side_of(before) in (1, PLANNED):
            return 0
    return side


def _may_be_noun(word: str) -> bool:
    """Tell whether a past verb is spelt as a verbal noun may be: «رفع», «عقد», «قتل»."""
    if word == "اثر":
        return False  # «إثر سيطرتهم على المدينة في سبتمبر» tells what happened
    if len(word) == 4 and word[0] in "وف" and word in load_signs().words:
        return False  # «وصلت» is no «صلت» with «و»
    if word[0] == "ت" and word.endswith(("ي", "يه", "يها", "يهم")):
        return True  # «عدم تلقيه تعليمات»
    return len(word) == 3 or (len(word) == 4 and word[0] in "وفبلك")


def _in_past(norm: list[str], i: int) -> bool:
    """Tell whether «كان» or «لم» before a verb puts it in the past («كان يزورها»)."""
    return any(norm[j].lstrip("وف") in _PAST_AUXILIARIES for j in range(max(0, i - 3), i))


def _is_pluperfect(norm: list[str], i: int) -> bool:
    """Tell whether «كان» opens the clause of a perfect verb («كان الحوثيون قد استولوا»)."""
    return any(norm[j].lstrip("وف") in _WERE for j in range(max(0, i - 10), i + 1))
