"""Who may have said the words under a cue: the rules' answer and its rivals, weighed by a model.

The rules of ``speakers`` know the grammar of one cue; which of several plausible mouths the words come
from also depends on who spoke before and who else stands near. A model trained on annotated articles
weighs the rules' answer, with features of how it came about, against the others.
"""

from __future__ import annotations

from mahdar.extraction.statements.antecedents import find_subject_before, join_mentions
from mahdar.extraction.statements.candidates import Candidate
from mahdar.extraction.statements.discourse import Discourse, gender_of_entity, is_plural
from mahdar.extraction.statements.lexicon import is_preposition, words_in_role
from mahdar.extraction.statements.view import MentionAt, View
from mahdar.linear import LinearModel

Speakers = tuple[str, ...]
Option = tuple[Speakers, list[str]]

MARGIN = 1.0
"""Log-odds by which another mouth must beat the one that the grammar gives."""
_TURNS = 4
_NEAR_BEFORE, _NEAR_AFTER = 4, 3
_AFTER_WORDS = 12
_BACK_WORDS = 60


def list_options(
    view: View, candidate: Candidate, discourse: Discourse, ruled: Speakers, *, nested: bool
) -> list[Option]:
    """Return who may have said the words under a cue, the rules' answer first, each with features.

    Args:
        view: the article.
        candidate: the cue with its complement.
        discourse: the statements before it.
        ruled: the rules' answer.
        nested: the cue stands inside another statement's content.
    """
    origins: dict[Speakers, list[str]] = {ruled: ["ruled"]}

    def offer(speakers: Speakers, origin: str) -> None:
        origins.setdefault(speakers, []).append(origin)

    subject = candidate.complement.subject
    if subject.entities:
        offer(tuple(subject.entities), "after")
    before = find_subject_before(view, candidate.first)
    if before is not None:
        offer(join_mentions(view, before), "before")
    seen: list[Speakers] = []
    for turn in reversed(discourse.turns):
        if turn.speakers and turn.speakers not in seen:
            seen.append(turn.speakers)
            offer(turn.speakers, f"turn{len(seen)}{'n' if turn.nested else ''}")
            if len(seen) == _TURNS:
                break
    for origin, mention in _mentions_near(view, candidate):
        offer((mention.entity,), origin)
    offer((), "nobody")
    return [
        (speakers, _features(view, candidate, discourse, speakers, names, nested))
        for speakers, names in origins.items()
    ]


def choose_speakers(
    options: list[Option], model: LinearModel, *, margin: float = MARGIN
) -> Speakers:
    """Return the likeliest option; the rules' answer, which is the first, unless one beats it by ``margin``."""
    best = options[0]
    best_score = model.scores(best[1])[0] + margin
    for option in options[1:]:
        score = model.scores(option[1])[0]
        if score > best_score:
            best, best_score = option, score
    return best[0]


def _mentions_near(view: View, candidate: Candidate) -> list[tuple[str, MentionAt]]:
    """Return mentions around a cue by where they stand: before it, behind it, in the sentence before."""
    out: list[tuple[str, MentionAt]] = []
    first = view.clause_start(candidate.first)
    count, word, seen = 0, candidate.first - 1, set[str]()
    while word >= max(0, candidate.first - _BACK_WORDS) and count < _NEAR_BEFORE + 2:
        mention = view.mention_over(word)
        if mention is None:
            word -= 1
            continue
        if mention.entity not in seen:
            seen.add(mention.entity)
            count += 1
            here = mention.first >= first
            out.append((f"{'near' if here else 'back'}{min(count, 3)}", mention))
        word = mention.first - 1
    count, word = 0, candidate.last + 1
    end = min(view.sentence_end[candidate.last], candidate.last + _AFTER_WORDS)
    while word <= end and count < _NEAR_AFTER:
        mention = view.mention_over(word)
        if mention is None:
            word += 1
            continue
        count += 1
        inside = candidate.complement.frame != "before" and word >= candidate.complement.word
        out.append((f"{'in' if inside else 'behind'}{count}", mention))
        word = mention.last + 1
    opening = next((m for m in view.mentions if first <= m.first < candidate.first), None)
    if opening is not None:
        out.append(("opening", opening))
    return out


def _features(
    view: View,
    candidate: Candidate,
    discourse: Discourse,
    speakers: Speakers,
    origins: list[str],
    nested: bool,
) -> list[str]:
    form = candidate.form
    kind = form.kind if form else "none"
    frame = candidate.complement.frame
    out = [f"o={o}" for o in origins] + [f"{kind}|o={o}" for o in origins]
    out += [f"{frame}|o={o}" for o in origins]
    out.append("origins=" + "+".join(sorted({o for o in origins if o != "ruled"}))[:40])
    out.append(f"size={min(len(speakers), 3)}|{kind}")
    if form is not None:
        out += [f"lemma={form.verb.lemma}|o={o}" for o in origins]
        if form.verb.person:
            out += [f"person|{frame}|o={o}" for o in origins]
    head = candidate.complement.subject.nominal_head
    if head >= 0:
        token = view.words.norm[head]
        definite = "the" if token.startswith("ال") else "a"
        paper = "paper" if token.removeprefix("ال") in words_in_role("document") else "title"
        out += [f"{definite}-{paper}|o={o}" for o in origins]
    if "ruled" in origins:
        out += [f"ruled|{kind}|{frame}", f"ruled|nested={nested:d}"]
        out.append(f"ruled|size={min(len(speakers), 2)}|{form.number if form else ''}")
    if nested:
        out += [f"nested|o={o}" for o in origins]
    if form is not None and form.conjunction:
        out += [f"joined|o={o}" for o in origins]
    quoted = view.quote[candidate.first] >= 0
    if quoted:
        out += [f"quoted|o={o}" for o in origins]
    if not speakers:
        return out
    if form is not None and form.number in ("d", "p"):
        many = len(speakers) > 1 or is_plural(view, speakers[0])
        out.append(f"many={many:d}|{form.number}")
    if form is not None and form.gender and len(speakers) == 1:
        gender = discourse.genders.get(speakers[0]) or gender_of_entity(view, speakers[0])
        agrees = "?" if not gender else "yes" if gender == form.gender else "no"
        out += [f"agrees={agrees}", f"agrees={agrees}|{form.number}|{kind}"]
    entity = view.entities.get(speakers[0])
    if entity is not None:
        named = any(m.kind == "named" for m in entity.mentions)
        what = entity.type + ("" if named else "m") + ("s" if entity.source else "")
        out += [f"et={what}", f"{kind}|et={what}"]
        out += [f"et={what}|{o}" for o in origins]
        out.append(f"mentions={min(len(entity.mentions), 4)}")
    spoken = sum(speakers == turn.speakers for turn in discourse.turns)
    out.append(f"spoken={min(spoken, 3)}")
    if discourse.turns:
        last = discourse.turns[-1]
        apart = view.words.sentence[candidate.first] - last.sentence
        line = view.line[candidate.first] - last.line
        if last.speakers == speakers:
            out += [f"last|apart={min(apart, 3)}", f"last|line={min(line, 2)}|{kind}"]
            out.append(f"last|nested={last.nested:d}|{nested:d}")
    else:
        out.append("firstturn")
    mention = _nearest(view, candidate, speakers[-1])
    if mention is not None:
        side = "b" if mention.last < candidate.first else "a"
        gap = candidate.first - mention.last if side == "b" else mention.first - candidate.last
        near = (
            "1"
            if gap <= 1
            else "3"
            if gap <= 3
            else "8"
            if gap <= 8
            else "20"
            if gap <= 20
            else "+"
        )
        out += [f"gap={side}{near}", f"{kind}|gap={side}{near}", f"{frame}|gap={side}{near}"]
        word = view.words.norm[mention.first - 1] if mention.first else "^"
        governed = is_preposition(word)
        out.append(f"governed={governed:d}|{side}{near}")
    return out


def _nearest(view: View, candidate: Candidate, entity: str) -> MentionAt | None:
    """Return the mention of an entity in the cue's sentence that stands nearest to the cue."""
    first, end = view.clause_start(candidate.first), view.sentence_end[candidate.first]
    own = [m for m in view.mentions if m.entity == entity and first <= m.first <= end]
    if not own:
        return None
    return min(own, key=lambda m: max(m.first - candidate.last, candidate.first - m.last))
