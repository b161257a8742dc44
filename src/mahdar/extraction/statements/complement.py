"""What follows a reporting verb: its subject, and where what is said begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from mahdar.extraction.statements.cues import CueForm, Verb
from mahdar.extraction.statements.lexicon import is_content_head, words_in_role
from mahdar.extraction.statements.view import View
from mahdar.text.normalize import surface_offset

Frame = Literal["that", "quote", "colon", "preposition", "object", "before"]

# Between a verb and what is said the press puts titles, names, place, time and occasion: up to 24
# words in the 698 annotated statements of gold/train where the cue comes first, 19 in 99 of 100.
_FARTHEST_WORDS = 60
# A title before a name («نائب رئيس مندوبية الاتحاد الأوروبي في الخليج») is at most this long.
_LONGEST_TITLE_WORDS = 9
_LONGEST_PLAIN_TITLE_WORDS = 4  # where it does not begin with a noun known to be a title
_LONGEST_PHRASE_WORDS = 7
# Before a plain object a phrase is cut short, lest it swallow the object («في بيان مقتضب قتل ...»).
_OBJECT_PHRASE_WORDS = 2
_MARKS = frozenset("«»“”\"″'„‟")
# Verbs after which what is said may stand bare.
_SAYING = frozenset(("قال", "اضاف", "تابع"))
_ISSUED = frozenset(("صادر", "صادره", "صدر", "الصادر", "الصادره"))


@dataclass(slots=True)
class Subject:
    """What stands between a verb and what is said.

    ``entities`` in order; ``joined`` tells that several are joint subjects. ``stray``: first word
    that neither subject nor circumstance explains, -1 if none. ``media``: outlets and bodies after
    «ل» («قال لـ«رويترز»»). ``last``: last word read. ``addressees``: who stands after «ل».
    """

    entities: list[str] = field(default_factory=list)
    stray: int = -1
    media: list[str] = field(default_factory=list)
    addressees: list[str] = field(default_factory=list)
    last: int = -1
    nominal_head: int = -1
    first_mention: int = -1


@dataclass(frozen=True, slots=True)
class Complement:
    """Where what is said begins: word and character; ``subject`` was read on the way.

    ``last``: its last word where the form of the text tells it at once, else -1.
    """

    frame: Frame
    word: int
    start: int
    subject: Subject
    last: int = -1


def read_complement(
    view: View, cue: int, form: CueForm, accepted: list[bool], *, after: int | None = None
) -> Complement | None:
    """Return the complement of a reporting verb, None if the verb says nothing here.

    Args:
        view: the article.
        cue: word number of the cue.
        form: the form it is.
        accepted: words known to be cues themselves; reading stops there.
        after: last word of the cue, where it has several.
    """
    words, verb = view.words, form.verb
    at = (cue if after is None else after) + 1
    limit = min(view.sentence_end[cue], cue + _FARTHEST_WORDS, len(view) - 1)
    if view.quote[cue] >= 0:
        limit = min(limit, view.quote_words[view.quote[cue]][1])
    subject = _SubjectReader(view, form, at, accepted)
    norm = words.norm
    thats = words_in_role("that")
    while at <= limit:
        token = norm[at]
        if accepted[at] and at > cue + 1 and norm[at - 1] not in thats:
            break
        if form.kind in ("perfect", "imperfect") and token in _ISSUED:
            subject.issued = True
        mention = view.mention_over(at)
        if mention is not None and mention.named and mention.last > mention.first:
            # «بان كي مون» is no «بأن».
            start = -1
            if mention.first == at and _cut(view, at):
                start = _preposition_start(view, at, verb, form, subject)
            if start >= 0:
                return Complement("preposition", at, start, subject.result)
            at = subject.take(at, limit)
            continue
        if token == ":":
            if verb.quote or verb.that:
                return _begin(view, "colon", at + 1, subject, limit)
            break
        if token in thats:
            if token != "فان" and (verb.that or (form.suffixed and verb.whole and token[0] == "ب")):
                return _begin(view, "that", at + 1, subject, limit)
            break
        if token == "الا" and words.text[at].startswith("أ") and verb.that:
            return _begin(view, "that", at, subject, limit)
        if token == "(" and verb.that and at < limit and norm[at + 1] in thats:
            at += 1
            continue
        if (token in _MARKS or token == "(") and verb.quote:
            quote = view.opens[at + 1] if at + 1 < len(view) else -1
            if quote >= 0 and view.quotations[quote].speech and subject.result.stray < 0:
                return Complement("quote", at + 1, words.start[at + 1], subject.result)
            if quote >= 0 and view.quotations[quote].speech and not verb.object:
                return Complement("quote", at + 1, words.start[at + 1], subject.result)
        start = _preposition_start(view, at, verb, form, subject)
        if start >= 0:
            word = at if start < words.end[at] else at + 1
            if word > limit:
                break
            while word < limit and norm[word] in thats:
                word += 1
                start = words.start[word]
            return Complement("preposition", word, start, subject.result)
        at = subject.take(at, limit)
    result = subject.result
    if verb.lemma in _SAYING and form.kind == "perfect" and result.stray >= 0:
        # «وقال فلان الحل بيد السوريين»: what is said without a mark.
        alone = not norm[result.stray].startswith("و")
        if alone and (result.entities or form.conjunction):
            return Complement("object", result.stray, words.start[result.stray], result)
    if verb.object and (verb.whole or not form.suffixed):
        begin = result.stray
        if form.suffixed:
            # «اعتبرته الحكومة خطوة مهمة»: what it is called.
            ok = 0 <= begin <= limit and form.kind in ("perfect", "imperfect")
            return Complement("object", begin, words.start[begin], result) if ok else None
        alone = begin < 0 or _opens_with_b(view, begin)
        if alone and verb.whole and result.first_mention >= 0 and form.kind != "noun":
            # «واتهم إيران بالتدخل»: the one noun is whom he accuses.
            begin = result.first_mention
            result = Subject(last=begin - 1)
        if 0 <= begin <= limit:
            return Complement("object", begin, words.start[begin], result)
    return None


def _opens_with_b(view: View, word: int) -> bool:
    token = view.words.norm[word]
    return token[0] == "ب" and len(token) > 2 and token not in words_in_role("common_b")


def _begin(
    view: View, frame: Frame, word: int, subject: _SubjectReader, limit: int
) -> Complement | None:
    words = view.words
    end = len(view) - 1
    thats = words_in_role("that")
    while word <= end and (words.norm[word] in thats or words.text[word] in ":،"):
        if words.norm[word] in thats:
            frame = "that"
        word += 1
    if word > end:
        return None
    if words.text[word] in _MARKS and word < end:
        word += 1
    return Complement(frame, word, words.start[word], subject.result)


def _preposition_start(
    view: View, at: int, verb: Verb, form: CueForm, subject: _SubjectReader
) -> int:
    """Return the character after a preposition that opens what is said at a word, else -1."""
    words = view.words
    token = words.norm[at]
    wanted = verb.prepositions
    if form.kind == "noun" and verb.object:
        wanted = wanted | {"ل"}
    if form.suffixed and form.kind in ("perfect", "imperfect") and verb.whole:
        wanted = wanted | {"ب"}
    if not wanted:
        return -1
    if token in wanted and len(token) > 1:
        if token == "عن" and subject.issued and words.norm[at - 1] in _ISSUED:
            return -1
        if token == "من" and verb.person and not subject.result.entities:
            return -1
        if (
            at + 1 < len(view)
            and token == "علي"
            and words.norm[at + 1] in words_in_role("where_said")
        ):
            return -1
        mention = view.mention_over(at + 1) if at + 1 < len(view) else None
        if (
            subject.title_open
            and mention is not None
            and mention.type == "LOC"
            and mention.last + 1 < len(view)
            and words.norm[mention.last + 1] != "."
            and token in words.norm[mention.last + 1 : mention.last + 25]
        ):
            # «المبعوث الأممي إلى ليبيا ... إلى أن»
            return -1
        if token == "في" and "في" not in words_in_role("pp"):
            return -1
        return words.end[at] if at + 1 >= len(view) else words.start[at + 1]
    if token == "عما" and "عن" in wanted:
        return words.start[at + 1] if at + 1 < len(view) else -1
    if token == "مما" and "من" in wanted:
        return words.start[at + 1] if at + 1 < len(view) else -1
    if token == "ب" or token == "ل":
        if token in wanted and at + 1 < len(view):
            return words.start[at + 1]
        return -1
    if token[0] == "ب" and "ب" in wanted and len(token) > 2:
        if token in words_in_role("common_b"):
            return -1
        mention = view.mention_over(at)
        if mention is not None and mention.first < at:
            return -1
        if mention is not None and mention.first == at and not _cut(view, at):
            return -1
        return words.start[at] + surface_offset(words.text[at], 1)
    if token[0] == "ل" and "ل" in wanted and len(token) > 3 and not subject.title_open:
        mention = view.mention_over(at)
        if mention is not None and (mention.first < at or mention.type != "LOC"):
            return -1
        if mention is not None and not _cut(view, at):
            return -1
        if token in words_in_role("audience"):
            return -1
        return words.start[at] + surface_offset(words.text[at], 1)
    return -1


def _cut(view: View, word: int) -> bool:
    """Tell whether the mention that begins in a word leaves a proclitic out."""
    quote = view.mention[word]
    if quote < 0:
        return False
    entity = view.entities[view.mentions[quote].entity]
    return any(
        view.words.start[word] < mention.start < view.words.end[word] for mention in entity.mentions
    )


class _SubjectReader:
    """Reads the words after a verb one by one: subject, its titles, circumstances, the rest."""

    def __init__(self, view: View, form: CueForm, begin: int, accepted: list[bool]) -> None:
        self.view = view
        self.form = form
        self.accepted = accepted
        self.begin = begin
        self.result = Subject(last=begin - 1)
        self.title_open = False
        self._to = -1  # word after «لبرنامج», «ل»: what stands there is spoken to
        self.issued = False  # «بيان صادر عن ...»: whose paper it is follows
        self._paper_at = -1  # where the subject is a paper: «تقرير للأمم المتحدة», «بيان الوزارة»
        self._is_named = False  # a person's name has been read as the subject
        # Whether the subject has been read; a participle takes none.
        self._done = form.kind == "participle"

    def take(self, at: int, limit: int) -> int:
        """Read the word at ``at`` and return the next to read."""
        view, words, result = self.view, self.view.words, self.result
        token = words.norm[at]
        mention = view.mention_over(at)
        if mention is not None and mention.last <= limit:
            return self._take_mention(at)
        if token in _MARKS or token in "-–ـ/":
            if self._to == at:
                self._to = at + 1
            return at + 1
        if token == "ل" or token in words_in_role("audience"):
            self._to = at + 1
            return at + 1
        if token == "(":
            end = at
            while end < limit and words.text[end] != ")":
                end += 1
            return (end if end - at < 12 else at) + 1
        if view.dated[at] or token in words_in_role("adverb"):
            return at + 1
        if token in "،,؛":
            self.title_open = False
            return at + 1
        if token in _ISSUED and self._paper_at >= 0:
            return at + 1
        if token in ("عن", "من") and self.issued:
            self.title_open = False
            return at + 1
        if token in words_in_role("pp") and at > self.begin and not self.title_open:
            self._done = True
            return self._take_phrase(at, limit)
        if token in words_in_role("pp") and at == self.begin:
            self._done = bool(result.entities)
            return self._take_phrase(at, limit)
        if token.startswith(("لل", "ل")) and at == self.begin and len(token) > 3:
            return at + 1
        if not result.entities and self._is_paper(at):
            if result.nominal_head < 0:
                result.nominal_head = at
            if token.startswith("ال") and not (at < limit and words.norm[at + 1] in _ISSUED):
                self._done = True  # «البيان» has no owner after it
            else:
                self._paper_at = at
            return at + 1
        if token in words_in_role("quantifier") and not result.entities and not self._done:
            if result.nominal_head < 0:
                result.nominal_head = at
            return at + 1
        if not self._done and not result.entities:
            name = self._title_before_name(at, limit)
            if name >= 0:
                self.title_open = True
                if result.nominal_head < 0:
                    result.nominal_head = at
                return at + 1
            if token in words_in_role("title"):
                self.title_open = True
                if result.nominal_head < 0:
                    result.nominal_head = at
                return at + 1
            if self.title_open and at > self.begin and token.startswith("ال"):
                return at + 1
        elif token in words_in_role("title") or token in words_in_role("relative"):
            # An apposition after the name: it reaches to the next comma or phrase.
            return self._take_apposition(at, limit)
        if result.stray < 0:
            result.stray = at
        return at + 1

    def _take_mention(self, at: int) -> int:
        view, result = self.view, self.result
        mention = view.mentions[view.mention[at]]
        if self._paper_at >= 0 and mention.type != "PER" and result.stray < 0 and not self._done:
            # «تقرير للأمم المتحدة», «بيان صادر عن الوزارة»: the words are its owner's.
            self._paper_at = -1
            result.entities = [mention.entity]
            result.last = mention.last
            return mention.last + 1
        if not result.entities and not self._done and self._is_paper(at):
            self._paper_at = at
        spoken_to = at == self._to or (view.words.norm[at][0] == "ل" and _cut(view, at))
        if spoken_to and not self.title_open:
            # «قال لـ«رويترز»», «كشفت للوفد»: whom he speaks to.
            result.addressees.append(mention.entity)
            return mention.last + 1
        if result.first_mention < 0:
            result.first_mention = at
        if mention.type == "PER" and mention.named and self._ends_title(at):
            result.entities[-1] = mention.entity
            result.last = mention.last
            result.stray = -1
            self._is_named = True
            return mention.last + 1
        if result.stray < 0 and not self._done:
            conjoined = (
                bool(result.entities) and view.words.text[at].startswith("و") and _cut(view, at)
            )
            contiguous = at == result.last + 1
            if not result.entities or (conjoined and contiguous):
                result.entities.append(mention.entity)
                result.last = mention.last
                self._is_named = mention.named and mention.type == "PER"
            elif self.title_open and mention.type == "PER" and not self.issued:
                # «وزير خارجية إيران محمد جواد ظريف»: the name, not what its title mentions.
                result.entities[-1] = mention.entity
                result.last = mention.last
                self.title_open = False
            elif mention.entity in result.entities:
                result.last = mention.last
            elif (
                (contiguous or self._only_marks_since(result.last, at))
                and mention.type == "PER"
                and mention.named
                and not self._is_named
                and not view.words.norm[result.last].startswith("لل")
                and not view.mentions[view.mention[result.last]].named
                and "باسم" not in view.words.norm[self.begin : at]
                and not self.issued
            ):
                result.entities[-1] = mention.entity
                result.last = mention.last
            elif self.form.verb.object:
                if self.form.verb.person and not result.addressees:
                    # «أبلغ فلان الوزارة رفضه», «طالب فلان إيران التوقف»: whom he says it to.
                    result.addressees.append(mention.entity)
                else:
                    result.stray = at
            return mention.last + 1
        if result.stray < 0 and self.form.kind == "participle" and self.form.verb.object:
            result.stray = at
        return mention.last + 1

    def _ends_title(self, at: int) -> bool:
        """«المتحدث الرسمي بجوازات المنطقة العقيد X»: a rank after a longer title brings its holder."""
        words, last = self.view.words, self.result.last
        if self._is_named or self._done or self.issued or len(self.result.entities) != 1:
            return False
        if not last < at - 1 <= last + _LONGEST_TITLE_WORDS:
            return False
        rank = words.norm[at - 1]
        if not rank.startswith("ال") or rank.removeprefix("ال") not in words_in_role("rank"):
            return False
        between = words.norm[last + 1 : at - 1]
        return not any(token in "،,:؛" or token in words_in_role("that") for token in between)

    def _is_paper(self, at: int) -> bool:
        """Tell whether the subject of a verb is a report or statement («أفاد بيان صادر عن ...»)."""
        return (
            self.form.kind in ("perfect", "imperfect")
            and not self._done
            and self.result.stray < 0
            and self.view.words.norm[at].removeprefix("ال") in words_in_role("document")
        )

    def _only_marks_since(self, last: int, at: int) -> bool:
        """Tell whether only a comma or quotation mark stands between («السفيرة، فلانة، إن»)."""
        return at - last <= 3 and all(
            not self.view.words.text[word][0].isalnum() for word in range(last + 1, at)
        )

    def _title_before_name(self, at: int, limit: int) -> int:
        """Return where a person's name begins that the words from ``at`` are the title of, else -1."""
        view, words = self.view, self.view.words
        stop = min(limit, at + _LONGEST_TITLE_WORDS)
        titled = words.norm[at] in words_in_role("title") or self.title_open
        for word in range(at, stop + 1):
            token = words.norm[word]
            if word > at and (
                token in "،,:؛" or token in words_in_role("that") or token in ("ان", "خلال", "عقب")
            ):
                return -1
            if self.form.verb.object and is_content_head(token):
                return -1
            if word - at > _LONGEST_PLAIN_TITLE_WORDS and not titled:
                return -1
            if self.accepted[word]:
                return -1
            mention = view.mention_over(word)
            if mention is not None and mention.first == word and mention.type == "PER":
                return word
        return -1

    def _take_phrase(self, at: int, limit: int) -> int:
        """Read a phrase of circumstance: a preposition with what it governs."""
        view, words = self.view, self.view.words
        heads = words_in_role("content_head")
        longest = _OBJECT_PHRASE_WORDS if self.form.verb.object else _LONGEST_PHRASE_WORDS
        stop = min(limit, at + longest)
        word = at + 1
        thats = words_in_role("that")
        wanted = self.form.verb.prepositions
        while word <= stop:
            token = words.norm[word]
            if token in thats or token in ":،,؛" or token in _MARKS:
                break
            if token in wanted or token in words_in_role("pp"):
                break
            if word > at + 1 and (token in heads or is_content_head(token)):
                break
            mention = view.mention_over(word)
            if mention is not None:
                return mention.last + 1
            if "ب" in wanted and token[0] == "ب" and token not in words_in_role("common_b"):
                break
            word += 1
        return max(word, at + 1)

    def _take_apposition(self, at: int, limit: int) -> int:
        view, words = self.view, self.view.words
        thats = words_in_role("that")
        wanted = self.form.verb.prepositions
        word = at + 1
        while word <= limit:
            token = words.norm[word]
            if token in thats or token in ":،,؛" or token in _MARKS or token in wanted:
                break
            if token in words_in_role("content_head"):
                break
            mention = view.mention_over(word)
            if mention is not None:
                word = mention.last + 1
                if self.form.verb.object:
                    break
                continue
            if "ب" in wanted and token[0] == "ب" and token not in words_in_role("common_b"):
                break
            word += 1
        return word
