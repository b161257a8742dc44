"""The attributed statements of an article."""

from __future__ import annotations

from spacy.tokens import Doc

from mahdar.annotation.encoder import WordStates
from mahdar.annotation.names.lookup import expand_members
from mahdar.extraction.statements.acts import tell_acts
from mahdar.extraction.statements.apart import find_rest, join_quotations
from mahdar.extraction.statements.candidates import Candidate, find_candidates
from mahdar.extraction.statements.chain import set_chains
from mahdar.extraction.statements.content import find_content_end
from mahdar.extraction.statements.cue_features import cue_features
from mahdar.extraction.statements.discourse import Discourse, Turn
from mahdar.extraction.statements.draft import Draft
from mahdar.extraction.statements.headline import join_headline
from mahdar.extraction.statements.issues import find_issues
from mahdar.extraction.statements.lexicon import words_in_role
from mahdar.extraction.statements.models import Models, load_models
from mahdar.extraction.statements.modes import tell_mode
from mahdar.extraction.statements.settings import set_settings
from mahdar.extraction.statements.speaker_options import choose_speakers, list_options
from mahdar.extraction.statements.speakers import resolve_speakers
from mahdar.extraction.statements.stance import find_addressees, is_hedged, is_negated, tell_stance
from mahdar.extraction.statements.unnamed import add_unnamed_speakers
from mahdar.extraction.statements.view import View, make_view
from mahdar.model import Act, Entity, Span, Statement

# Chance that a possible cue reports something from which it counts. Cross-validated on gold/train.
_LEAST_CHANCE = 0.5
# Statements looked back on for one whose content is still open.
_MOST_OPEN = 40


def find_statements(doc: Doc) -> tuple[Statement, ...]:
    """Return the attributed statements of an article in reading order.

    Args:
        doc: a document with quotations, dates and entities.
    Returns:
        0..n statements in the order of their cues; spans are code points of ``doc.text``;
        ``speakers`` is empty where the text names none. A statement whose cue stands inside
        another's content is a second statement, and the other's content stays whole.
    Raises:
        MissingAnnotation: an earlier stage has not run.
    """
    return read_statements(doc)[1]


def read_statements(
    doc: Doc, states: WordStates | None = None
) -> tuple[tuple[Entity, ...], tuple[Statement, ...]]:
    """Return the entities of an article, its unnamed speakers added, and its statements.

    Args:
        doc: a document with quotations, dates and entities.
        states: vectors of its words; without them the network is not asked.
    Raises:
        MissingAnnotation: an earlier stage has not run.
    """
    view, candidates = look_through(doc)
    return tuple(view.entities.values()), finish_statements(view, load_models(), candidates, states)


def look_through(doc: Doc) -> tuple[View, list[Candidate]]:
    """Return the columns of an article, its unnamed speakers among the entities, and its cues."""
    view = make_view(doc)
    candidates = find_candidates(view)
    entities = add_unnamed_speakers(view, candidates)
    if entities is not None:
        view = make_view(doc, entities)
        candidates = find_candidates(view)
    return view, candidates


def finish_statements(
    view: View, models: Models, candidates: list[Candidate], states: WordStates | None = None
) -> tuple[Statement, ...]:
    """Return the statements of an article from its columns and cues, with given models."""
    drafts = draft_statements(view, models, candidates)
    acts = tell_acts(view, drafts, models.act, states)
    return tuple(
        _finish(view, draft, f"s{number}", act)
        for number, (draft, act) in enumerate(zip(drafts, acts, strict=True), start=1)
    )


def draft_statements(view: View, models: Models, found: list[Candidate]) -> list[Draft]:
    """Return the statements of an article by word numbers, resolved and chained."""
    candidates = _choose_cues(view, models, found)
    cues = {candidate.first: candidate for candidate in candidates}
    discourse = Discourse()
    drafts: list[Draft] = []
    announced: dict[int, str] = {}
    for candidate in candidates:
        if _announces(view, candidate, cues):
            announced[candidate.complement.word] = candidate.complement.subject.entities[0]
            continue
        outer = _outer_of(candidate, drafts)
        draft = _draft(view, candidate, cues, outer, drafts, models)
        if draft is None:
            continue
        draft.announced = announced.get(candidate.first)
        nested = outer is not None
        heard = resolve_speakers(view, candidate, discourse, nested=nested)
        draft.options = list_options(view, candidate, discourse, heard, nested=nested)
        heard = choose_speakers(draft.options, models.speaker)
        draft.speakers = expand_members(heard, view.entities)
        form = candidate.form
        discourse.turns.append(
            Turn(
                candidate.first,
                view.words.sentence[candidate.first],
                view.line[candidate.first],
                draft.speakers,
                form.gender if form else "",
                nested,
            )
        )
        drafts.append(draft)
    join_quotations(view, drafts)
    join_headline(view, drafts)
    set_chains(view, drafts)
    set_settings(view, drafts)
    return drafts


def _choose_cues(view: View, models: Models, found: list[Candidate]) -> list[Candidate]:
    """Return the cues that report something; of two that claim the same words the likelier."""
    chances = [models.cue.chance(cue_features(view, candidate)) for candidate in found]
    chance_at = {candidate.first: chance for candidate, chance in zip(found, chances, strict=True)}
    beaten = set[int]()
    for candidate in found:
        if candidate.over is not None:
            rival = candidate.over.first
            outer = chance_at[candidate.first] > chance_at.get(rival, 0.0)
            beaten.add(rival if outer else candidate.first)
    return [
        candidate
        for candidate, chance in zip(found, chances, strict=True)
        if chance >= _LEAST_CHANCE and candidate.first not in beaten
    ]


def _announces(view: View, candidate: Candidate, cues: dict[int, Candidate]) -> bool:
    """Tell whether «وحسب القناة، قال فلان» only says through whom the next cue's words came."""
    follower = cues.get(candidate.complement.word)
    return (
        candidate.form is None
        and candidate.complement.frame == "that"
        and follower is not None
        and follower.form is not None
        and view.line[candidate.first] == view.line[follower.first]
    )


def _outer_of(candidate: Candidate, drafts: list[Draft]) -> Draft | None:
    for draft in reversed(drafts[-_MOST_OPEN:]):
        if draft.first <= candidate.first <= draft.last:
            return draft
    return None


def _draft(
    view: View,
    candidate: Candidate,
    cues: dict[int, Candidate],
    outer: Draft | None,
    drafts: list[Draft],
    models: Models,
) -> Draft | None:
    words = view.words
    complement = candidate.complement
    if complement.frame == "before":
        if complement.last >= 0:
            taken = any(d.first <= complement.last and complement.word <= d.last for d in drafts)
            quotation = Draft(
                candidate, complement.word, complement.start, complement.last, True, None
            )
            return None if taken or outer is not None else quotation
        same = [
            d
            for d in drafts[-_MOST_OPEN:]
            if d.outer is None and words.sentence[d.last] == words.sentence[candidate.first]
        ]
        if same:
            same[-1].sources.extend(complement.subject.entities)
            return None
        last = candidate.first - 1
        while last > complement.word and not words.text[last][0].isalnum():
            last -= 1
        rest = find_rest(view, candidate, cues, models.stop)
        if last - complement.word < 2 and rest is None:
            return None
        start = complement.start
        first = complement.word
        joined = words.norm[first][0] == "و" and len(words.norm[first]) > 3
        if joined and words.norm[first] not in words_in_role("own_waw"):
            start += 1
        draft = Draft(candidate, first, start, last, False, None)
        draft.apart = (rest,) if rest is not None else ()
        return draft
    limit = outer.last if outer is not None else len(view) - 1
    last, quoted = find_content_end(view, candidate, cues, limit, models.stop)
    if last < complement.word:
        return None
    return Draft(candidate, complement.word, complement.start, last, quoted, outer)


def _finish(view: View, draft: Draft, statement_id: str, act: Act) -> Statement:
    words = view.words
    main = Span(draft.start, max(words.end[draft.last], draft.start + 1))
    pieces = [main, *(view.span(*stretch) for stretch in draft.apart)]
    content = tuple(sorted(pieces, key=lambda span: span.start))
    cue = Span(words.start[draft.candidate.first], words.end[draft.candidate.last])
    mode = tell_mode(view, draft)
    return Statement(
        id=statement_id,
        speakers=draft.speakers,
        cue=cue,
        content=content,
        mode=mode,
        act=act,
        via=tuple(draft.via),
        setting=draft.setting,
        issues=find_issues(view, draft.first, draft.last),
        addressees=find_addressees(view, draft),
        stance=tell_stance(view, draft, act),
        hedged=is_hedged(view, draft),
        negated=is_negated(view, draft),
    )
