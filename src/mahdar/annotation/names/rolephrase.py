"""One role phrase: how far «وزير الخارجية الروسي» or «المتحدث باسم …» goes, and what it names."""

from __future__ import annotations

from mahdar.annotation.names.rolecomplements import RoleComplements
from mahdar.annotation.names.view import OPENING, QUOTES, Phrase
from mahdar.annotation.names.wordclasses import WordClass, affiliation
from mahdar.annotation.names.wordlists import word_set

_MOST_WORDS = 16
_LONGEST_NAME = 6
_HOLY = ("الحرمين", "الشريفين")


class RoleParser(RoleComplements):
    """One pass over the words after a role noun."""

    def parse(self) -> Phrase | None:
        view, role, at = self.view, self.role, self.at
        word = view.classes[at]
        form = role.form
        feminine = form.feminine
        owned = form.owned
        if word.base.endswith("ه") and not word.definite and form.number == "one":
            if view.feminine(at):
                feminine = True
            elif view.words.text[at].endswith("ه") and role.lemma + "ه" == word.base:
                feminine, owned = False, True
        if role.kind == "counterpart" and not owned and form.number == "one" and not word.definite:
            return None
        construct = not word.definite and not owned
        if self._is_adjective(word):
            return None
        if role.lemma == "خادم":
            return self._holy(feminine)
        self._walk(construct=construct)
        if construct and not self.complement and not self._stands_alone(word):
            return None
        if role.lemma in ("ولي",) and not (
            (self.last > at and view.words.norm[self.last].startswith("العهد"))
            or "العهد" in self._norms()
        ):
            return None
        if role.lemma == "معارض" and feminine and form.number == "one" and word.definite:
            # «المعارضة السورية» is a side, unless a person is named after it.
            named = view.name_at(self.last + 1) if view.joined(self.last) else None
            if named is None or named[1] != "PER":
                return None
        if role.lemma == "كبير" and self.last == at:
            return None
        if (
            role.lemma in ("عضو", "مرشح")
            and not self.complement
            and word.definite
            and form.number == "one"
        ):
            return None
        return self._phrase(feminine, owned)

    def _is_adjective(self, word: WordClass) -> bool:
        """«الحل السياسي», «القوى الموالية»: a role only where no noun stands before it."""
        form = self.role.form
        if form.number == "many" and (self.role.kind != "group" or not word.definite):
            return False
        if self.role.kind == "group":
            return form.number != "many"
        if self.role.kind not in ("person", "fighters", "source"):
            return False
        if not self.role.lemma.endswith("ي") or self.role.lemma in (
            "قاضي",
            "مدعي",
            "محامي",
            "مفتي",
        ):
            return False
        if form.feminine:
            return True
        before = self.at - 1
        while before > 0 and self.view.words.norm[before] in QUOTES:
            before -= 1  # «تنظيم "داعش" الإرهابي»
        if before < 0 or self.view.words.sentence[before] != self.view.words.sentence[self.at]:
            return False
        norm = self.view.words.norm[before]
        other = self.view.classes[before]
        if word.definite and self.view.joined(self.at) and self._after_person(before):
            # «أحمد المساري القيادي في تكتل القوى»
            return self.view.words.norm[self.at + 1] not in word_set("role-preposition")
        return not (
            word.letters or other.stop or not other.word or norm in word_set("before-person")
        )

    def _after_person(self, at: int) -> bool:
        """Tell whether a person's name ends with a word."""
        named = (self.view.named.get(at - back) for back in range(_LONGEST_NAME))
        return any(f is not None and f.type == "PER" and f.last == at for f in named)

    def _norms(self) -> list[str]:
        return self.view.words.norm[self.at + 1 : self.last + 1]

    def _holy(self, feminine: bool) -> Phrase | None:
        norms = self.view.words.norm
        if tuple(norms[self.at + 1 : self.at + 2]) != _HOLY[:1]:
            return None
        self.last = self.at + 1
        if tuple(norms[self.at + 2 : self.at + 3]) == _HOLY[1:]:
            self.last = self.at + 2
        return self._phrase(feminine, False)

    def _stands_alone(self, word: WordClass) -> bool:
        """An indefinite noun without complement: «مسؤول أمريكي», «مصادر», «ناشطون»."""
        if self.role.lemma in word_set("residents"):
            return self.role.form.number == "many"
        if self.role.kind in ("source", "person", "fighters"):
            if self.last > self.at:
                return True
            return (
                self.role.kind != "fighters"
                and (self.role.form.number == "many" or self.role.kind == "source")
            ) or self.role.form.number == "many"
        return self.last > self.at and bool(self.country or self.second)

    def _phrase(self, feminine: bool, owned: bool) -> Phrase:
        view, form = self.view, self.role.form
        word = view.classes[self.at]
        kind = self.role.kind
        group = kind in ("source", "fighters", "group") or (
            form.number == "many" and kind in ("person", "office", "counterpart", "kin")
        )
        one_person = form.number == "one" and kind in (
            "office", "person", "counterpart", "kin", "fighters"
        )  # fmt: skip
        return Phrase(
            first=self.at,
            last=self.last,
            start=view.start(self.at),
            end=view.words.end[self.last],
            type="PER" if one_person or (form.number == "two" and not group) else "ORG",
            lemma=self.role.lemma,
            kind=kind,
            number=form.number,
            feminine=feminine,
            definite=word.definite or owned or self.complement,
            owned=owned,
            title=self._title(),
            of=tuple(dict.fromkeys(self.of)),
            country=self.country,
            second=self.second,
            former=self.former,
            key=view.norm_of(self.at, self.last),
        )

    def _title(self) -> str:
        """Return the post of the packs whose Arabic words are the longest beginning of the phrase."""
        view, titles = self.view, self.view.knowledge.titles
        words = [self.role.lemma if not view.classes[self.at].definite else "ال" + self.role.lemma]
        if self.role.lemma in ("مستشار", "رئيسه") and self.view.feminine(self.at):
            words[0] = view.classes[self.at].base
        best = titles.get(words[0], "")
        for n in range(self.at + 1, min(self.last, self.at + 5) + 1):
            base = view.classes[n].base
            if view.classes[n].role is not None and n > self.at and not view.classes[n].definite:
                base = view.classes[n].role.lemma  # type: ignore[union-attr]
            words.append(base)
            best = titles.get(" ".join(words), best)
        return best

    def _walk(self, *, construct: bool) -> None:
        view = self.view
        j = self.at + 1
        chain = construct
        closed = False
        while j < len(view) and view.joined(j - 1) and j - self.at < _MOST_WORDS:
            word = view.classes[j]
            norm = view.words.norm[j]
            name = view.name_at(j)
            kind = name[1] if name is not None else None
            if norm in QUOTES or norm in OPENING:
                j = self._quoted(j, chain)
                if j < 0:
                    break
                chain, closed = False, True
                continue
            if name is not None and kind == "PER":
                if chain and self.role.kind != "source" and not word.cut and self.last >= self.at:
                    # «نائب ميركل», «ممثل خامنئي»: only straight after a construct noun.
                    straight = self.last == self.at == j - 1
                    if straight and self.role.lemma in word_set("role-of-person"):
                        self._take(name[0], name[2])
                break
            if word.definite and affiliation(word) and not word.cut:
                self._adjective(affiliation(word))
                self.last, closed, chain = j, True, False
                j += 1
                continue
            if self.country and word.letters == "و" and word.definite and affiliation(word):
                self.second = affiliation(word)
                self.last = j
                j += 1
                continue
            if (
                word.adjective == "post"
                and not word.cut
                and (not chain or self.last > self.at or norm in ("الاول",))
            ):
                self.former = self.former or word.base in word_set("former")
                self.last = j
                j += 1
                continue
            if norm in word_set("acting") and self.last > self.at:
                self.last, closed, chain = j, True, False
                j += 1
                continue
            if word.stop or norm in ("باسم", "لشؤون", "للشؤون"):
                after = self._preposition(j, norm)
                if after < 0:
                    break
                j, chain, closed = after, False, True
                continue
            if not word.word:
                break
            if chain and not closed:
                after = self._chain(j, word, kind)
                if after < 0:
                    break
                if affiliation(word) and not word.definite:
                    closed = True  # «مسؤولون أمريكيون»
                chain = view.classes[after - 1].definite is False and kind is None
                j = after
                continue
            if word.letters == "ل" and self._takes_purpose():
                after = self._noun_phrase(j, most=6)
                if after < 0:
                    break
                j, closed = after, True
                continue
            if not closed and word.definite and not word.cut and not word.role and not word.title:
                if word.base.endswith(("ي", "يه")) or (word.common and self._ministers(j)):
                    if (not word.given and not word.family) or word.common:
                        self.last = j
                        j += 1
                        continue
            if not closed and word.letters == "و" and word.definite and self._ministers(j):
                self.last = j
                j += 1
                continue
            if not construct and not word.definite and self.last == self.at:
                break
            if (
                not word.definite
                and not word.cut
                and affiliation(word)
                and not view.classes[self.at].definite
            ):
                self._adjective(affiliation(word))
                self.last, closed = j, True
                j += 1
                continue
            break

    def _ministers(self, j: int) -> bool:
        """«وزير الثقافة والإعلام»: further nouns of a ministry's field."""
        return self.role.lemma == "وزير" and self.view.classes[j - 1].definite and not self.country
