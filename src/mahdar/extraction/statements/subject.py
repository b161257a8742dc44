"""The subject of a reporting verb, read from the words after it."""

from __future__ import annotations

from dataclasses import dataclass, field

from mahdar.extraction.statements.cues import CueForm
from mahdar.extraction.statements.lexicon import words_in_role
from mahdar.extraction.statements.phrases import (
    LONGEST_TITLE_WORDS,
    MARKS,
    find_titled_name,
    skip_apposition,
    skip_phrase,
)
from mahdar.extraction.statements.view import View, is_cut_at

# Words behind a paper that tell whose it is («بيان صادر عن ...»).
ISSUED = frozenset(("صادر", "صادره", "صدر", "الصادر", "الصادره"))


@dataclass(slots=True)
class Subject:
    """What stands between a verb and what is said.

    ``entities`` in order; several are joint subjects. ``stray``: first word that neither subject
    nor circumstance explains, -1 if none. ``media``: outlets and bodies after «ل»
    («قال لـ«رويترز»»). ``last``: last word read. ``addressees``: who stands after «ل».
    """

    entities: list[str] = field(default_factory=list)
    stray: int = -1
    media: list[str] = field(default_factory=list)
    addressees: list[str] = field(default_factory=list)
    last: int = -1
    nominal_head: int = -1
    first_mention: int = -1


class SubjectReader:
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
        if token in MARKS or token in "-–ـ/":
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
        if token in ISSUED and self._paper_at >= 0:
            return at + 1
        if token in ("عن", "من") and self.issued:
            self.title_open = False
            return at + 1
        if token in words_in_role("pp") and at > self.begin and not self.title_open:
            self._done = True
            return skip_phrase(view, self.form.verb, at, limit)
        if token in words_in_role("pp") and at == self.begin:
            self._done = bool(result.entities)
            return skip_phrase(view, self.form.verb, at, limit)
        if token.startswith(("لل", "ل")) and at == self.begin and len(token) > 3:
            return at + 1
        if not result.entities and self._is_paper(at):
            if result.nominal_head < 0:
                result.nominal_head = at
            if token.startswith("ال") and not (at < limit and words.norm[at + 1] in ISSUED):
                self._done = True  # «البيان» has no owner after it
            else:
                self._paper_at = at
            return at + 1
        if token in words_in_role("quantifier") and not result.entities and not self._done:
            if result.nominal_head < 0:
                result.nominal_head = at
            return at + 1
        if not self._done and not result.entities:
            name = find_titled_name(
                view, self.form.verb, self.accepted, at, limit, title_open=self.title_open
            )
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
            return skip_apposition(view, self.form.verb, at, limit)
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
        spoken_to = at == self._to or (view.words.norm[at][0] == "ل" and is_cut_at(view, at))
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
                bool(result.entities)
                and view.words.text[at].startswith("و")
                and is_cut_at(view, at)
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
        if not last < at - 1 <= last + LONGEST_TITLE_WORDS:
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
