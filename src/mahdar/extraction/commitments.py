"""Commitments: who is to do what by when, from pledges, plans and the terms of agreements."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date as Date

from spacy.tokens import Doc

from mahdar.annotation.document import require, text_of, words_of
from mahdar.annotation.names.lookup import EntityIndex
from mahdar.extraction.statements.lexicon import words_in_role
from mahdar.model import Commitment, Span, Statement, TimeExpression
from mahdar.text.words import Words

# Terms that an agreement sets are its parties' commitments: they are the participants of the
# agreement event that stands nearest before, at most this far off.
_NEAREST_AGREEMENT_CHARS = 1500
_LONGEST_ACT_CHARS = 240
_LONGEST_PLAN_WORDS = 40
_PLANNED = ("المقرر", "المزمع", "المنتظر")
_INTENDING = ("يعتزم", "تعتزم", "يعتزمون", "ويعتزم", "وتعتزم", "تنوي", "ينوي")
_BY_THE_END = frozenset(("قبل", "حتي", "بحلول", "غضون", "خلال", "اقصاه", "موعد"))
_SOON = frozenset(("قريبا", "لاحقا", "المقبل", "المقبله", "القادم", "القادمه", "خلال", "قبل"))
_CLAUSE_ENDS = frozenset("،,؛.")
_LONGEST_CLAUSE_WORDS = 24
_SUBJECT_WORDS = (
    14  # «الرئيس الروسي ...، ونظيره التركي ...، سيعقدان»: the subjects stand before the comma
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{4}-\d{2}|\d{4}")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def find_commitments(doc: Doc) -> tuple[Commitment, ...]:
    """Return the commitments of an article in reading order.

    Sources: statements whose act is a pledge, or in which somebody's future action is told («الحكومة
    ستعود ...»); terms of an agreement («نص الاتفاق على ...»); plans in the paper's own voice («من المقرر
    أن ...»). ``due`` is EDTF: the last day where the words set a limit («قبل نهاية الشهر»), else the
    date as resolved; ``None`` where no date stands with the act. Dates before the article's own are no due dates.

    Raises:
        MissingAnnotation: the document has no statements, dates or entities.
    """
    require(doc, "statements", "dates", "entities")
    reader = _Reader(doc)
    found = [c for statement in doc._.statements for c in reader.of_statement(statement)]
    found.extend(reader.of_plans())
    found.sort(key=lambda c: c.spans[0].start if c.spans else 0)
    out: list[Commitment] = []
    seen: set[tuple[int, int]] = set()
    for commitment in found:
        key = (commitment.spans[0].start, commitment.spans[0].end)
        if key not in seen:
            seen.add(key)
            out.append(commitment)
    return tuple(out)


class _Reader:
    """What the rules look at, made once per article."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text: str = text_of(doc)
        self.words: Words = words_of(doc)
        self.index = EntityIndex(doc._.entities)

    def of_statement(self, statement: Statement) -> list[Commitment]:
        """Return the commitment a statement carries, none or one."""
        words = self.words
        content = statement.content[0]
        inside = words.between(content.start, content.end)
        if not inside:
            return []
        cue = words.norm[words.at(statement.cue.start)]
        if cue.lstrip("و") in ("نص", "ينص", "تنص", "نصت", "قضي", "يقضي"):
            parties = self._agreement_parties(statement.cue.start)
            return [self._make(parties or statement.speakers, content, inside, statement.id)]
        if statement.act == "pledge":
            return [self._make(statement.speakers, content, inside, statement.id)]
        if statement.act == "assert" and not statement.negated:
            doer = self._future_doer(inside, statement)
            if doer:
                return [self._make(doer, content, inside, statement.id)]
            return self._announced(inside, statement)
        return []

    def _announced(self, inside: range, statement: Statement) -> list[Commitment]:
        """Return what is told to be done without a doer before the verb, where a time is told with it.

        «لقاء ثلاثيا سيعقد قبل نهاية الشهر», «وسيتم الإعلان عن نتائجها قريبا»: who will do it is whoever is named
        in the same clause before, else nobody is.
        """
        words = self.words
        for at in inside:
            if not _is_future(words.norm[at]) or (at > inside[0] and words.norm[at - 1] == "ان"):
                continue
            first, last = self._clause(at, inside)
            span = Span(words.start[first], words.end[last])
            clause = range(first, last + 1)
            soon = any(words.norm[k] in _SOON for k in clause)
            if self._due(span) is None and not soon:
                continue
            start = words.start[first if first < at else max(inside[0], at - _SUBJECT_WORDS)]
            by = dict.fromkeys(
                m.entity.id
                for m in self.index.mentions_in(start, words.start[at])
                if m.entity.type != "LOC" and words.norm[at] not in ("سيتم", "وسيتم")
            )
            return [self._make(tuple(by), span, clause, statement.id)]
        return []

    def _clause(self, at: int, inside: range) -> tuple[int, int]:
        """Return the first and last word of the clause around a verb, within one sentence."""
        words = self.words
        first = last = at
        while (
            first > inside[0]
            and words.sentence[first - 1] == words.sentence[at]
            and words.text[first - 1] not in _CLAUSE_ENDS
            and at - first < _LONGEST_CLAUSE_WORDS
        ):
            first -= 1
        while (
            last < inside[-1]
            and words.sentence[last + 1] == words.sentence[at]
            and words.text[last + 1] not in _CLAUSE_ENDS
            and last - at < _LONGEST_CLAUSE_WORDS
        ):
            last += 1
        return first, last

    def of_plans(self) -> list[Commitment]:
        """Return the plans that the paper tells in its own voice."""
        words = self.words
        said = _join([(s.start, s.end) for st in self.doc._.statements for s in st.content])
        out: list[Commitment] = []
        for at, token in enumerate(words.norm):
            if token in _INTENDING:
                first = at + 1
            elif token in _PLANNED and at + 1 < len(words) and words.norm[at + 1] == "ان":
                first = at + 2
            else:
                continue
            if first >= len(words) or words.sentence[first] != words.sentence[at]:
                continue
            inner = bisect_right(said, (words.start[at], len(self.text))) - 1
            if inner >= 0 and words.start[at] < said[inner][1]:
                continue
            last = first
            while (
                last + 1 < len(words)
                and words.sentence[last + 1] == words.sentence[at]
                and last - first < _LONGEST_PLAN_WORDS
            ):
                last += 1
            span = Span(words.start[first], words.end[last])
            sentence_start = words.start[max(0, at - 8)]
            before = next(self.index.iter_before(words.start[at], floor=sentence_start), None)
            after = next(self.index.iter_after(span.start, ceiling=span.end), None)
            doer = before if token in _INTENDING and before is not None else after
            made = self._make(
                (doer.entity.id,) if doer is not None else (), span, range(first, last + 1), None
            )
            if made.by or made.due:
                out.append(made)
        return out

    def _make(
        self, by: tuple[str, ...], span: Span, inside: range, statement: str | None
    ) -> Commitment:
        text = self.text
        act = text[span.start : span.end].strip()
        if len(act) > _LONGEST_ACT_CHARS:
            act = act[:_LONGEST_ACT_CHARS].rsplit(" ", 1)[0]
        return Commitment(
            by=by,
            act=act,
            due=self._due(span),
            statement=statement,
            spans=(span,),
            condition=self._condition(inside),
        )

    def _future_doer(self, inside: range, statement: Statement) -> tuple[str, ...]:
        """Return who is said to be about to act: the subject beside a verb in the future."""
        words = self.words
        start = words.start[inside[0]]
        for at in inside[:8]:
            token = words.norm[at]
            if not _is_future(token):
                continue
            if token.lstrip("و")[1] == "ن":
                return statement.speakers
            if any(
                words.norm[back] in ("بلاده", "بلادها", "حكومته")
                for back in inside[: at - inside[0]]
            ):
                return statement.speakers
            before = next(
                self.index.iter_before(words.start[at], types=("PER", "ORG"), floor=start), None
            )
            if before is None:
                return ()
            governor = words.at(before.start) - 1
            if governor >= inside[0] and words.norm[governor] in words_in_role("pp"):
                return ()
            return (before.entity.id,)
        return ()

    def _agreement_parties(self, char: int) -> tuple[str, ...]:
        best: tuple[str, ...] = ()
        for event in self.doc._.events or ():
            if event.type in ("AGREE", "CEASEFIRE") and any(
                0 <= char - t.start <= _NEAREST_AGREEMENT_CHARS for t in event.triggers
            ):
                best = tuple(p.entity for p in event.participants if p.role == "actor") or best
        return best

    def _due(self, span: Span) -> str | None:
        anchor = self.doc._.anchor.edtf if self.doc._.anchor else None
        for date in self.doc._.dates:
            if span.start <= date.start and date.end <= span.end and date.value != "..":
                due = self._due_of(date)
                if due is not None and (anchor is None or _last_day(due) >= anchor[:10]):
                    return due
        return None

    def _due_of(self, date: TimeExpression) -> str | None:
        """Return a date as a limit where the words before it set one, else as it is."""
        words = self.words
        at = words.at(date.start)
        near = words.norm[max(0, at - 2) : at + 2]
        if any(token in _BY_THE_END for token in near):
            return _last_day(date.value)
        return date.value

    def _condition(self, inside: range) -> str | None:
        """Return the words of a condition, from its particle to the next comma or the end."""
        words = self.words
        conditions = words_in_role("condition")
        for at in inside:
            token = words.norm[at]
            if (
                token in conditions
                or (token == "حال" and at > 0 and words.norm[at - 1] == "في")
                or (token == "ما" and at + 1 < len(words) and words.norm[at + 1] == "لم")
            ):
                first = at - 1 if token == "حال" else at
                last = first
                while last + 1 in inside and words.text[last + 1] not in "،,؛.":
                    last += 1
                text = self.text
                return text[words.start[first] : words.end[last]]
        return None


def _is_future(token: str) -> bool:
    """Tell whether a word is a verb in the future: «ستعود», «وسيعقد», not «سيطرت», «سياسه»."""
    bare = token[1:] if token[0] == "و" else token
    return bare in ("سوف", "سيتم", "ستتم") or (
        len(bare) > 4
        and bare[0] == "س"
        and bare[1] in "يتن"
        and bare[2] != "ا"
        and not bare.startswith(("سيطر", "سيره", "سينم", "ستين", "سنوا", "سنوي"))
    )


def _join(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order with those that overlap made one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _last_day(edtf: str) -> str:
    """Return the last day of an EDTF date, interval or approximation, as ``YYYY-MM-DD``."""
    end = edtf.rstrip("~?%").split("/")[-1].rstrip("~?%")
    if week := _WEEK.fullmatch(end):
        try:
            return Date.fromisocalendar(int(week.group(1)), int(week.group(2)), 7).isoformat()
        except ValueError:
            return end
    found = _DAY.match(end)
    if found is None:
        return edtf
    parts = found.group().split("-")
    if len(parts) == 1:
        return f"{parts[0]}-12-31"
    if len(parts) == 2:
        month = int(parts[1])
        if not 1 <= month <= 12:
            return found.group()
        leap = month == 2 and int(parts[0]) % 4 == 0
        return f"{parts[0]}-{parts[1]}-{_LAST_DAYS[month - 1] + leap:02d}"
    return found.group()
