"""Templates to pages: escaping on, messages, names, dates and figures in the visitor's form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from mahdar.export.marking import Mark, Piece, cut_text
from mahdar.i18n import load_messages, tr, tr_code, tr_count
from mahdar.i18n.errors import word_clause, word_text
from mahdar.lexicon.tables import load_table
from mahdar.model import Span
from mahdar.views import EntryRow, Evidence, Ref, explain_merge
from mahdar.views.wording import explain_reasons
from mahdar.web.figures import format_date, format_number, put_digits
from mahdar.web.house import House
from mahdar.web.stretches import cut_paragraphs
from mahdar.web.visitor import Visitor

_DATE_FIELDS = frozenset({"time", "due", "announced", "signed", "in_effect", "starts", "ends"})
_NUMBER_FIELDS = frozenset({"killed", "injured", "persons", "beneficiaries", "number"})
_CODE_FIELDS = {
    "category": "group",
    "beneficiary_category": "group",
    "act_type": "event",
    "hedged": "web",
    "negated": "web",
}
"""Fields whose values are codes of a table that is not called like the field."""
_NOT_ASKING = frozenset({"lang", "page", "size", "order", "then"})
"""Parameters that narrow nothing."""
DIRECTION = {"ar": "rtl", "en": "ltr"}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("mahdar.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["urlpart"] = lambda text: quote(str(text), safe="")
    return environment


@dataclass(frozen=True, slots=True)
class Words:
    """What templates say: every helper speaks the visitor's language and digits."""

    visitor: Visitor
    house: House

    @property
    def lang(self) -> str:
        """Language of the interface."""
        return self.visitor.lang

    def t(self, key: str, **values: object) -> str:
        """Return a message; numbers among its values get the visitor's digits."""
        shown = {
            name: self.num(value) if isinstance(value, int | float) else value
            for name, value in values.items()
        }
        return tr(key, self.visitor.lang, **shown)

    def code(self, kind: str, code: str | None) -> str:
        """Return the display text of a value of the contract; a dash for none."""
        return tr_code(kind, code, self.visitor.lang) if code else "—"

    def type_(self, kind: str, code: str) -> str:
        """Return the display text of an entry's or claim's type, in whichever table it stands."""
        known = load_messages()
        for key in (f"event.{code}", f"act.{code}", f"arrangement.{code}", f"claim.{kind}"):
            if key in known:
                return known[key][self.visitor.lang]
        return code

    def plain(self, value: object) -> str:
        """Return a value of a judgement in short: pairs and spans as their parts."""
        if value is None:
            return "—"
        if isinstance(value, list):
            return " · ".join(
                " ".join(map(str, item)) if isinstance(item, list) else str(item) for item in value
            )
        return str(value)

    def num(self, value: float | None) -> str:
        """Return a number in the visitor's digits; a dash for none."""
        return "—" if value is None else format_number(value, self.visitor.digits)

    def counted(self, noun: str, number: int) -> str:
        """Return a number with its noun (``articles``) in the right form of the visitor's language."""
        return tr_count(f"count.{noun}", number, self.visitor.lang, self.num(number))

    def percent(self, share: float) -> str:
        """Return a share of 0 to 1 in whole hundredths."""
        sign = "٪" if self.visitor.digits == "arabic" else "%"
        return f"{self.num(round(share * 100))}{sign}"

    def days(self, first: str | None, last: str | None) -> Markup:
        """Return the time from a day to another; one day where they are the same or one is not known."""
        if not first or not last or first == last:
            return self.day(first or last)
        return self.day(f"{first}/{last}")

    def day(self, edtf: str | None) -> Markup:
        """Return a date in words with its EDTF in ``<time>``, kept from mixing with what is around."""
        shown = format_date(edtf, self.visitor.lang, self.visitor.digits)
        if not edtf:
            return Markup("<span class='none blank'>—</span>")
        return Markup('<time datetime="{}"><bdi>{}</bdi></time>').format(edtf, shown)

    def digits(self, text: str) -> str:
        """Return a text of the interface in the visitor's digits."""
        return put_digits(text, self.visitor.digits)

    def name(self, ref: Ref) -> Markup:
        """Return an actor's name, linked to its dossier, isolated and in its own direction."""
        lang = self.visitor.lang
        label = ref.label(lang)
        tongue = tongue_of(label)
        if not ref.key or ref.type == "paper":
            return Markup('<bdi lang="{}">{}</bdi>').format(tongue, label)
        return Markup('<a class="name {}" href="/actors/{}"><bdi lang="{}">{}</bdi></a>').format(
            ref.type.lower(), quote(ref.key, safe=""), tongue, label
        )

    def names(self, refs: Iterable[Ref], most: int = 8) -> Markup:
        """Return names joined by the language's comma; past ``most`` only how many more."""
        given = list(dict.fromkeys(refs))
        joiner = Markup("، " if self.visitor.lang == "ar" else ", ")
        shown = joiner.join(self.name(ref) for ref in given[:most])
        if len(given) > most:
            more = self.t("web.and_more", count=len(given) - most)
            shown += Markup(' <span class="none">{}</span>').format(more)
        return shown

    def field(
        self, entry: EntryRow, name: str, value: str, refs: Mapping[str, Ref]
    ) -> Markup | str:
        """Return one told value of an entry's field: a date, number, code, name or words."""
        if name in _DATE_FIELDS:
            return self.day(value)
        if name == "type":
            return self.type_(entry.kind, value)
        if value.isdecimal() and name in _NUMBER_FIELDS:
            return self.num(int(value))
        ref = refs.get(value)
        if ref is not None and (ref.ar or ref.en):
            return self.name(ref)
        table = _CODE_FIELDS.get(name, name)
        if name == "subtype" and entry.kind == "statement":
            table = "setting"
        shown = self.code(table, value)
        return Markup('<bdi lang="{}">{}</bdi>').format(tongue_of(shown), shown)

    def known(self, kb: str) -> Markup:
        """Return the name of something of the packs; its id where they have none."""
        lang = self.visitor.lang
        found = self.house.knowledge.actors.get(kb) or self.house.knowledge.places.get(kb)
        label = next(iter(found.names.get(lang, ())), kb) if found else kb
        return Markup('<bdi lang="{}">{}</bdi>').format(tongue_of(label), label)

    def post(self, title: str) -> str:
        """Return the name of a post; the packs' own word where the lexicon has none."""
        if self.visitor.lang == "ar":
            return next((r["ar"] for r in load_table("post_titles") if r["title"] == title), title)
        return title.replace("-", " ")

    def process(self, process: str) -> str:
        """Return a peace process's name."""
        return self.house.process_name(process, self.visitor.lang)

    def chain(self, evidence: Evidence) -> Markup:
        """Return the chain of mouths of a claim, the paper first; the arrow points to the paper."""
        agencies = [ref for ref in evidence.agencies if ref not in evidence.chain]
        labels = [evidence.publisher or evidence.article]
        labels += [ref.label(self.visitor.lang) for ref in (*agencies, *evidence.chain)]
        arrow = Markup(" → " if self.visitor.lang == "ar" else " ← ")
        return arrow.join(
            Markup('<bdi lang="{}">{}</bdi>').format(tongue_of(label), label) for label in labels
        )

    def marked(self, text: str, marks: Sequence[Span]) -> list[tuple[str, bool]]:
        """Return a text in pieces, each with whether it is marked."""
        cut = cut_text(text, [Mark(mark.start, mark.end, "hit", "") for mark in marks])
        return [(piece.text, bool(piece.marks)) for piece in cut]

    def clause(self, text: str) -> str:
        """Return a clause of an error in the visitor's language."""
        return word_clause(text, self.visitor.lang, on_page=True)

    def problem(self, text: str) -> str:
        """Return a whole message of an error in the visitor's language."""
        return word_text(text, self.visitor.lang, on_page=True)

    def merge(self, evidence: Evidence) -> str:
        """Return why a claim was joined to its entry, in words."""
        return self.digits(explain_merge(evidence, self.visitor.lang))

    def reasons(self, reasons: Sequence[tuple[str, ...]], names: Mapping[str, Ref]) -> str:
        """Return why something is proposed, in words; days among the details as dates."""
        lang, digits = self.visitor.lang, self.visitor.digits
        days = {
            d: format_date(d, lang, digits) for _, *told in reasons for d in told if d[:4].isdigit()
        }
        said = {**names, **{day: Ref(day, shown, shown) for day, shown in days.items()}}
        return self.digits(explain_reasons(reasons, said, lang))


def tongue_of(text: str) -> str:
    """Return ``ar`` for a text with Arabic letters, else ``en``: fonts and screen readers need it."""
    return "ar" if any("\u0600" <= letter <= "\u06ff" for letter in text) else "en"


def pieces_of(evidence: Evidence) -> list[Piece]:
    """Return an evidence's text cut at its marks."""
    marks = [Mark(mark.start, mark.end, mark.role, evidence.claim) for mark in evidence.marks]
    return cut_text(evidence.text, marks)


def query_with(request: Request, **changes: object) -> str:
    """Return the address asked for with some of its query changed; ``None`` takes one out."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in changes and v]
    kept += [(k, str(v)) for k, v in changes.items() if v not in (None, "")]
    return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path


def render(
    request: Request,
    visitor: Visitor,
    house: House,
    template: str,
    *,
    status: int = 200,
    values: Mapping[str, Any] | None = None,
) -> HTMLResponse:
    """Return a page, or the part of one that a template without layout makes.

    Args:
        request: what was asked.
        visitor: who asks.
        house: what the application works on.
        template: file name under ``web/templates``.
        status: HTTP status.
        values: what the template shows beside the helpers.
    """
    from mahdar.web.registry import nav_of  # the registry renders pages

    words = Words(visitor, house)
    html = (
        _environment()
        .get_template(template)
        .render(
            request=request,
            visitor=visitor,
            house=house,
            w=words,
            t=words.t,
            lang=visitor.lang,
            dir=DIRECTION[visitor.lang],
            nav=nav_of(visitor),
            pieces_of=pieces_of,
            cut_paragraphs=cut_paragraphs,
            tongue_of=tongue_of,
            tr=tr,
            url=partial(query_with, request),
            asked=bool(set(request.query_params) - _NOT_ASKING),
            **(values or {}),
        )
    )
    return HTMLResponse(html, status_code=status)
