"""What a role noun takes after it: a noun of its chain, «باسم …», «للأمم المتحدة», a quoted name."""

from __future__ import annotations

from abc import ABC, abstractmethod

from mahdar.annotation.names.bodies import parse_body
from mahdar.annotation.names.view import QUOTES, Phrase, View
from mahdar.annotation.names.wordclasses import Role, WordClass, affiliation
from mahdar.annotation.names.wordlists import word_set

_MOST_NOUNS = 3  # nouns without the article that may follow one another inside a body's name


class RoleComplements(ABC):
    """How far a role phrase goes by now and what it has named: each step takes one complement more."""

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

    @abstractmethod
    def parse(self) -> Phrase | None:
        """Return the phrase of the role noun, if it is one."""

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
            inner = type(self)(view, j, word.role).parse()
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
