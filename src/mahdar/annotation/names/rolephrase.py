"""One role phrase: how far «وزير الخارجية الروسي» or «المتحدث باسم …» goes, and what it names."""

from __future__ import annotations

from functools import cache

from mahdar.annotation.names.bodies import parse_body
from mahdar.annotation.names.view import OPENING, QUOTES, Phrase, View
from mahdar.annotation.names.wordclasses import Role, WordClass
from mahdar.annotation.names.wordlists import word_set
from mahdar.knowledge.demonyms import iter_forms
from mahdar.lexicon.tables import load_table

_MOST_WORDS = 16
_MOST_NOUNS = 3  # nouns without the article that may follow one another inside a body's name
_LONGEST_NAME = 6
_HOLY = ("الحرمين", "الشريفين")


@cache
def _affiliations() -> dict[str, str]:
    return {
        form: row["id"]
        for row in load_table("names_affiliations")
        for form in iter_forms(row["form"])
    }


def affiliation(word: WordClass) -> str:
    """Return the id of the state or body an adjective points to, empty for other words."""
    if word.demonym:
        return word.demonym
    return _affiliations().get(word.base.removeprefix("ال"), "")


class RoleParser:
    """One pass over the words after a role noun."""

    def __init__(self, view: View, at: int, role: Role) -> None:
        self.view = view
        self.at = at
        self.role = role
        self.last = at
        self.country = ""
        self.second = ""
        self.of: list[str] = []
        self.former = False
        self.complement = False
        self.spokesman = role.lemma in ("متحدث", "ناطق")

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

    def _adjective(self, id_: str) -> None:
        if not self.country:
            self.country = id_

    def _take(self, last: int, id_: str) -> None:
        if id_:
            self.of.append(id_)
        self.last = last
        self.complement = True

    def _takes_purpose(self) -> bool:
        """«الأمين العام للأمم المتحدة»: roles that take «ل» and a body."""
        return self.role.lemma in word_set("purpose-role")

    def _chain(self, j: int, word: WordClass, kind: str | None) -> int:
        """Consume one noun of the construct chain; return the next index or -1."""
        view = self.view
        if kind in ("LOC", "ORG") and not word.cut:
            name = view.name_at(j)
            assert name is not None
            self._take(name[0], name[2])
            return name[0] + 1
        if word.cut:
            if word.letters == "ل" and self._takes_purpose():
                return self._noun_phrase(j, most=6)
            if (
                word.letters == "ب"
                and kind in ("ORG", "LOC")
                and self.role.lemma in word_set("sent-role")
            ):
                name = view.name_at(j)
                assert name is not None
                self._take(name[0], name[2])
                return name[0] + 1
            return -1
        if word.body is not None:
            body = parse_body(view, j)
            if body is not None and body.first == j:
                self.last, self.complement = body.last, True
                self.of.extend(body.ids[:1] or ((body.country,) if body.country else ()))
                if body.country and not self.country:
                    self.country = body.country
                return body.last + 1
        if word.definite:
            if self.role.kind in ("source", "fighters") and word.role is None and not word.group:
                return -1
            self.last, self.complement = j, True
            return j + 1
        if affiliation(word):
            # «مسؤول أمريكي», «مسؤولون أمريكيون»: indefinite, so no construct after all.
            self._adjective(affiliation(word))
            self.last = j
            return j + 1
        if word.base == "عيان" or self._describes(j, word):
            self.last = j
            return j + 1
        if word.role is not None and word.role.kind in (
            "office",
            "source",
            "person",
            "counterpart",
        ):
            if not view.joined(j) or view.classes[j + 1].stop:
                return -1
            self.last = j
            return j + 1
        if word.base in word_set("role-chain") or word.group or word.place is not None:
            if not view.joined(j):
                return -1
            after = view.classes[j + 1]
            if word.base in ("عام", "اول", "خاص", "دائم", "سابق", "اعلي", "سر", "كبير", "كبار"):
                self.last, self.complement = j, True
                self.former = self.former or word.base == "سابق"
                return j + 1
            if not (after.definite or (after.word and not after.stop)):
                return -1
            self.last = j
            return j + 1
        return -1

    def _describes(self, j: int, word: WordClass) -> bool:
        """«مصدر دبلوماسي», «مصادر مطلعة»: an indefinite adjective of an unnamed source."""
        if self.role.kind not in ("source", "person", "fighters", "group") or self.last != j - 1:
            return False
        if word.base in word_set("source-adjective") and not word.cut:
            return True
        if word.base.endswith("يا") and self.view.classes[self.at].base.endswith("ا"):
            return not word.cut and not word.given and word.body is None  # «مصدرا دبلوماسيا»
        adjectival = word.role is None or word.role.lemma.endswith("ي")
        endings = ("ي", "يه", "ون", "ين", "ه", "ان")
        return adjectival and not word.given and not word.body and word.base.endswith(endings)

    def _preposition(self, j: int, norm: str) -> int:
        """Consume «باسم …», «لدى …», «إلى …», «لشؤون …» with what follows; the next index or -1."""
        view = self.view
        lemma = self.role.lemma
        if norm == "باسم":
            return self._noun_phrase(j + 1, most=8)
        if norm in ("لشؤون", "للشؤون"):
            return self._noun_phrase(j + 1, most=4)
        if norm not in word_set("role-preposition") or j + 1 >= len(view) or not view.joined(j):
            return -1
        if (norm == "من" and lemma not in word_set("from-role")) or (
            norm != "من" and lemma not in word_set("sent-role")
        ):
            return -1
        if (
            norm in ("في", "عن")
            and view.classes[self.at].definite
            and lemma not in word_set("seated-role")
        ):
            return -1
        name = view.name_at(j + 1)
        if name is not None and name[1] in ("LOC", "ORG"):
            self._take(name[0], name[2])
            return name[0] + 1
        word = view.classes[j + 1]
        if word.body is not None or (norm == "من" and word.group):
            return self._noun_phrase(j + 1, most=6)
        return -1

    def _noun_phrase(self, j: int, *, most: int) -> int:
        """Consume a noun phrase: a known name, a body, or nouns with the article; the next index or -1."""
        view = self.view
        if j >= len(view) or view.words.sentence[j] != view.words.sentence[self.at]:
            return -1
        name = view.name_at(j)
        if name is not None:
            self._take(name[0], name[2])
            return name[0] + 1
        word = view.classes[j]
        if word.title and word.role is None:
            return -1
        if word.body is not None:
            body = parse_body(view, j)
            if body is not None and body.first == j:
                self.last, self.complement = body.last, True
                self.of.extend(body.ids[:1] or ((body.country,) if body.country else ()))
                return body.last + 1
        if word.role is not None and word.role.kind in ("office", "person"):
            inner = RoleParser(view, j, word.role).parse()
            if inner is not None:
                self.last, self.complement = inner.last, True
                if inner.country and not self.country:
                    self.country = inner.country
                return inner.last + 1
        taken = j
        for k in range(j, min(j + most, len(view))):
            here = view.classes[k]
            if k > j and not view.joined(k - 1):
                break
            inner_name = view.name_at(k)
            if inner_name is not None and k > j and not here.cut:
                if inner_name[2]:
                    self.of.append(inner_name[2])
                taken = inner_name[0] + 1
                break
            if here.stop or not here.word:
                break
            if here.definite and (k == j or not here.cut or here.letters == "و"):
                if k > j and (here.role is not None or here.title):
                    break
                if affiliation(here) and not self.country:
                    self._adjective(affiliation(here))
                taken = k + 1
            elif (here.base in word_set("role-chain") or here.group or here.body) and (
                k == j or (taken == j and not here.cut and k - j < _MOST_NOUNS)
            ):
                continue  # «باسم مجلس قيادة المقاومة»
            else:
                break
        if taken == j:
            return -1
        self.last, self.complement = taken - 1, True
        return taken

    def _quoted(self, j: int, chain: bool) -> int:
        """Consume a quoted name straight after a body noun: «رئيس حزب "…"»; the next index or -1."""
        view = self.view
        if not chain or view.classes[j - 1].body is None:
            return -1
        for k in range(j + 2, min(j + 7, len(view))):
            if view.words.norm[k] in QUOTES:
                self.last, self.complement = k, True
                return k + 1
        return -1
