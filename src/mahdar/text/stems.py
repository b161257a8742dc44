"""Index forms of words: a form that forgives spelling, and a stem that forgives particles and endings.

Both exist in indexes only. A letter is taken off a word only where counts of real words speak for it:
«وقال» is «و» + «قال», «وزير» is whole since «الوزير» is common; «مفاوضات» loses its ending since
«مفاوض» is a word, «لبنان» keeps it. Names keep their endings: «سليمان» is not «سليم». Broken plurals
and tenses are not followed («وزراء» is not «وزير»).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache

from mahdar.text.normalize import normalize_word

_HAMZA_SEATS = str.maketrans("ؤئ", "ءء")
_LETTERS = 3
"""What is left of a word must have as many letters."""
_ATTESTED = 4
"""Occurrences from which a form counts as a word (counts of some 8 million words of press)."""
_SHORT = 50
"""Occurrences from which two letters count as a word after the article: «الحق», «الفن»."""
_WHOLE_SHARE = 0.02
"""A word that bears further particles in this share of its occurrences is whole: «الوزير», «لكيري»."""
_RARE = 20
"""A rest of three letters must not be rarer than the word by this factor."""
_CACHE_WORDS = 400_000

# Ending, what stands in its place, letters that must be left. Of several that fit, the one that leaves
# the most common word is taken. «ه» is ta marbuta or a pronoun, «ا» the accusative.
_ENDINGS: tuple[tuple[str, str, int], ...] = (
    ("تهما", "ه", 2),
    ("تيهما", "ه", 2),
    ("تين", "ه", 2),
    ("تان", "ه", 2),
    ("تها", "ه", 2),
    ("تهم", "ه", 2),
    ("تنا", "ه", 2),
    ("تكم", "ه", 2),
    ("تي", "ه", 2),
    ("ته", "ه", 2),
    ("ات", "ه", 2),
    ("هما", "", 3),
    ("ها", "", 3),
    ("هم", "", 3),
    ("هن", "", 3),
    ("نا", "", 3),
    ("كم", "", 3),
    ("وا", "", 3),
    ("ات", "", 3),
    ("ون", "", 3),
    ("ين", "", 3),
    ("ان", "", 3),
    ("ه", "", 3),
    ("ت", "", 3),
    ("ا", "", 3),
    ("و", "", 4),
    ("ي", "", 3),
)
_BY_LAST: dict[str, tuple[tuple[str, str, int], ...]] = {
    last: tuple(row for row in _ENDINGS if row[0][-1] == last)
    for last in sorted({row[0][-1] for row in _ENDINGS})
}
_ROUNDS = 3
"""Endings taken off one after the other: «قرار|ات|هم»."""


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Return a word's form in the index: its normal form, hamza seats alike, Latin without accents.

    «مسئول» and «مسؤول» are one, «وزراء» and «وزرا» too. Idempotent; empty where nothing visible is left.
    """
    norm = normalize_word(unicodedata.normalize("NFC", word))
    if norm.isascii():
        return norm
    norm = "".join(map(_without_accent, norm))
    return _final(norm.translate(_HAMZA_SEATS))


@lru_cache(maxsize=4096)
def _without_accent(char: str) -> str:
    if char.isascii() or "\u0590" <= char < "\u1e00" or char > "\u1eff":
        return char  # neither Latin nor Greek nor Cyrillic
    parts = unicodedata.normalize("NFKD", char.replace("ß", "ss")).lower()
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")


def _final(norm: str) -> str:
    """Return a word without a last hamza after alef, which many do not write: «وزرا»."""
    return norm[:-1] if len(norm) > _LETTERS and norm.endswith("اء") else norm


def without_article(folded: str) -> str:
    """Return a folded name without «ال», where three letters are left."""
    return folded[2:] if folded.startswith("ال") and len(folded) >= _LETTERS + 2 else folded


class Stemmer:
    """Stems of folded words, from counts of real words.

    Args:
        counts: occurrences of folded words.
        whole: folded words, without the article, that lose nothing (names).
        variants: stem to the stem it is another spelling of («اميركا» -> «امريكا»).
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        whole: Collection[str] = (),
        variants: Mapping[str, str] | None = None,
    ) -> None:
        self._counts = counts
        self._whole = frozenset(whole)
        self._variants = dict(variants or {})
        self._known: dict[str, str] = {}

    def stem(self, folded: str) -> str:
        """Return the stem of a folded word; words that are not Arabic are their own."""
        found = self._known.get(folded)
        if found is None:
            if len(self._known) > _CACHE_WORDS:
                self._known.clear()
            found = self._known[folded] = self._stem(folded)
        return found

    def _stem(self, word: str) -> str:
        if not "\u0620" <= word[:1] <= "\u06ff" or word[0].isdecimal():
            return word
        bare = self._third_person(self._without_endings(self._without_particles(word)))
        return self._variants.get(bare, bare)

    def _without_particles(self, word: str) -> str:
        """Return a word without conjunction, preposition, future mark and article."""
        if self._is_conjunction(word):
            word = word[1:]
        if word.startswith("لل") and len(word) > _LETTERS + 1 and word not in self._whole:
            # «للجنة», «للافروف» begin with a letter of their own, «لشؤون» does not.
            itself, article = word[1:], "ال" + word[2:]
            more = self._counts.get(itself, 0) > self._counts.get(article, 0)
            own = itself in self._whole or (more and not self._is_preposition(itself))
            word = itself if own else article
        elif self._is_preposition(word) or self._is_future(word):
            word = word[1:]
        return word[2:] if self._has_article(word) else word

    def _is_conjunction(self, word: str) -> bool:
        if word[0] not in "وف" or len(word) <= _LETTERS or word in self._whole:
            return False
        rest = word[1:]
        if rest in self._whole and self._count(rest) >= self._counts.get(word, 0):
            return not self._is_borne_by(word, "ال", "ل")
        if self._is_borne_by(word, "ال", "ب", "ل", "و"):
            return False
        unseen = word[0] == "و" and not self._counts.get(word) and len(word) > _LETTERS + 2
        return unseen or self._can_stand(rest)

    def _is_preposition(self, word: str) -> bool:
        if word[0] not in "بكل" or len(word) <= _LETTERS or word in self._whole:
            return False
        rest = word[1:]
        if rest in self._whole and self._count(rest) >= self._counts.get(word, 0):
            return True
        if self._is_borne_by(word, "ال", "ب", "ل" if word[0] != "ل" else "ك"):
            return False
        if self._is_borne_by(word, "و", "ف"):  # «وكتبت», but also «وباتفاق»: then counts decide
            return self._count(rest) >= self._counts.get(word, 0)
        return self._can_stand(rest)

    def _is_future(self, word: str) -> bool:
        return (
            word[0] == "س"
            and len(word) > _LETTERS
            and word[1] in "يتن"
            and self._counts.get(word[1:], 0) >= _ATTESTED
            and not self._is_borne_by(word, "ال", "ب", "ل")
        )

    def _can_stand(self, rest: str) -> bool:
        """Tell whether what a particle leaves is a word."""
        if len(rest) < _LETTERS:
            return False
        if rest.startswith("ال") and len(rest) >= _LETTERS + 2:
            return True
        return self._count(rest) >= _ATTESTED

    def _has_article(self, word: str) -> bool:
        if not word.startswith("ال") or word in self._whole:
            return False
        rest = word[2:]
        if len(rest) < _LETTERS and self._counts.get(rest, 0) < _SHORT:
            return False
        # «التزام»: the article comes before it («الالتزام»), also where endings hide that.
        forms = {word, self._without_endings(word)}
        borne = sum(self._counts.get("ال" + form, 0) for form in forms)
        least = max(2, _WHOLE_SHARE * self._counts.get(word, 0), self._counts.get(rest, 0))
        return len(rest) > 1 and borne < least

    def _is_borne_by(self, word: str, *particles: str) -> bool:
        """Tell whether particles stand before a word so often that it is whole.

        «وفدا» is whole since «الوفد» is common, though «الوفدا» is no word.
        """
        root = self._without_endings(word)
        return any(
            borne >= 2 and borne >= _WHOLE_SHARE * self._counts.get(form, 0)
            for form in {word, root}
            if len(form) >= _LETTERS
            for borne in [sum(self._counts.get(particle + form, 0) for particle in particles)]
        )

    def _without_endings(self, word: str) -> str:
        for _ in range(_ROUNDS):
            if word in self._whole:
                break
            shorter = self._without_ending(word)
            if shorter == word:
                break
            word = shorter
        return word

    def _without_ending(self, word: str) -> str:
        best, found = 0, word
        for ending, instead, letters in _BY_LAST.get(word[-1:], ()):
            if word.endswith(ending) and len(word) - len(ending) >= letters:
                rest = _final(word[: len(word) - len(ending)] + instead)
                count = self._count(rest)
                if count > best and self._ending_fits(word, ending, rest, count):
                    best, found = count, rest
        return found

    def _ending_fits(self, word: str, ending: str, rest: str, count: int) -> bool:
        if len(rest) < _LETTERS or count < _ATTESTED:
            return False
        short = len(rest) == _LETTERS
        if ending == "ا":
            return not short or count >= self._count(word)
        if ending == "ان":  # a dual has its other case too: «طرفين», but no «عدوين»
            return rest not in self._whole and self._count(rest + "ين") >= 2
        if ending == "ي":  # «مسؤولي الأمم»: the plural is common beside it; not so for «عراقي»
            return not short and self._count(rest + "ين") >= 2 * self._count(word)
        if ending in ("ه", "ات", "ت") and rest in self._whole and rest[-1] != "ي":
            return False  # «رياضة» is not «الرياض»; «حوثية» is «حوثي»
        return not short or count * _RARE >= self._count(word)

    def _count(self, word: str) -> int:
        return self._counts.get(word, 0) + self._counts.get("ال" + word, 0)

    def _third_person(self, word: str) -> str:
        """Return «يعلن» for «تعلن» and «نعلن»; a noun stays («تقرير»)."""
        if len(word) > _LETTERS and word[0] in "تن" and word not in self._whole:
            other = "ي" + word[1:]
            count = self._counts.get(other, 0)
            if (
                count >= _ATTESTED
                and other not in self._whole
                and 2 * count >= self._counts.get(word, 0)
                and self._counts.get("ال" + word, 0) < 2
            ):
                return other
        return word
