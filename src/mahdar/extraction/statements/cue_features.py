"""Features that tell whether a possible cue does report what somebody says."""

from __future__ import annotations

from mahdar.extraction.statements.antecedents import find_subject_before
from mahdar.extraction.statements.candidates import Candidate
from mahdar.extraction.statements.cues import load_cue_forms
from mahdar.extraction.statements.discourse import gender_of_entity
from mahdar.extraction.statements.lexicon import words_in_role
from mahdar.extraction.statements.view import View

# Words on each side of a mention in which a verb of saying makes it a speaker.
_BESIDE = 3
_ROLES = ("that", "pp", "negation", "relative", "linking", "adverb", "title", "content_head")


def classes_of(view: View, word: int) -> list[str]:
    """Return the classes of a word: its roles in the lexicon, mention and date around it, mark."""
    if word < 0 or word >= len(view):
        return ["edge"]
    token = view.words.norm[word]
    out = [role for role in _ROLES if token in words_in_role(role)]
    mention = view.mention_over(word)
    if mention is not None:
        out.append(mention.type + ("" if mention.named else "~"))
    if view.dated[word]:
        out.append("date")
    if not token[0].isalnum():
        out.append("mark" + token)
    return out or ["other"]


def cue_features(view: View, candidate: Candidate) -> list[str]:
    """Return the features of a possible cue."""
    form, complement = candidate.form, candidate.complement
    words = view.words
    at = candidate.first
    frame = complement.frame
    if form is None:
        kind, lemma = "none", "colon" if frame == "colon" else "source"
    else:
        kind, lemma = form.kind, form.verb.lemma
    out = [
        "bias",
        f"kind={kind}",
        f"lemma={lemma}",
        f"lemma={lemma}|{kind}",
        f"lemma={lemma}|{frame}",
        f"{kind}|{frame}",
    ]
    if form is not None:
        out.append(f"act={form.verb.act}|{kind}")
        out.append(f"act={form.verb.act}|{frame}")
        for name in ("conjunction", "attached", "suffixed", "future", "first_person"):
            if getattr(form, name):
                out.append(f"{kind}|{name}")
        out.append(f"{kind}|{form.gender}{form.number}")
    first_of_sentence = at == 0 or words.sentence[at - 1] != words.sentence[at]
    before_classes = ["start"] if first_of_sentence else classes_of(view, at - 1)
    out.extend(f"{kind}|p1={name}" for name in before_classes)
    if not first_of_sentence and before_classes != ["other"]:
        token = words.norm[at - 1]
        if any(token in words_in_role(role) for role in _ROLES) or len(token) <= 2:
            out.append(f"{kind}|p1w={token}")
    out.extend(f"{kind}|n1={name}" for name in classes_of(view, at + 1))
    out.extend(f"{kind}|c1={name}" for name in classes_of(view, complement.word))
    if view.line[at] == 0:
        out += ["title", f"title|{kind}"]
    if view.quote[at] >= 0:
        out += ["quoted", f"quoted|{kind}"]
    subject = complement.subject
    if form is not None and form.kind in ("perfect", "imperfect"):
        before = find_subject_before(view, at)
        if before is not None:
            entity = view.entities[before.entity]
            out.append(f"{kind}|before={before.type}")
            out.append(f"before={before.type}|{frame}")
            gender = gender_of_entity(view, entity.id)
            if gender and form.number == "s":
                out.append("before-agrees" if gender == form.gender else "before-differs")
        else:
            out.append(f"{kind}|before=none")
        if subject.entities:
            entity = view.entities[subject.entities[0]]
            out.append(f"{kind}|after={entity.type}")
            out.append(f"after={entity.type}|{frame}")
            gender = gender_of_entity(view, entity.id)
            if gender:
                out.append("after-agrees" if gender == form.gender else "after-differs")
        elif subject.nominal_head >= 0:
            out.append(f"{kind}|after=title")
        else:
            out.append(f"{kind}|after=none")
            if before is None:
                out.append(f"{kind}|nobody")
    elif form is not None:
        out.append(f"{kind}|after={'some' if subject.entities else 'none'}")
    if form is None:
        out += _source_features(view, candidate)
    distance = complement.word - at
    out.append(f"{kind}|far={min(distance, 4) if distance < 8 else 8}")
    if candidate.speech_before:
        out.append(f"{kind}|speech-before")
    if candidate.over is not None:
        inner = candidate.over.verb
        lemma = inner.lemma if inner else "source"
        out += ["over", f"over={lemma}", f"over={lemma}|{candidate.over.complement.frame}"]
    return out


def _source_features(view: View, candidate: Candidate) -> list[str]:
    """Return features of whom a colon or «بحسب» names: «لافروف: ...» speaks, «اليمن: ...» is a topic."""
    frame = candidate.complement.frame
    entities = candidate.complement.subject.entities
    if not entities:
        return [f"{frame}|nobody"]
    entity = entities[0]
    kind = view.entities[entity].type
    named = any(m.kind == "named" for m in view.entities[entity].mentions)
    speaks = _speaks(view, entity, beside=candidate.first)
    return [
        f"{frame}|of={kind}{'' if named else 'm'}",
        f"{frame}|speaks={speaks:d}",
        f"{frame}|of={kind}|speaks={speaks:d}",
        f"{frame}|words={min(candidate.first - view.sentence_first[candidate.first], 4)}",
    ]


def _speaks(view: View, entity: str, *, beside: int) -> bool:
    """Tell whether a verb of saying stands at another mention of an entity."""
    forms = load_cue_forms()
    for mention in view.mentions:
        if mention.entity == entity and view.line[mention.first] != view.line[beside]:
            first = max(view.sentence_first[mention.first], mention.first - _BESIDE)
            last = min(view.sentence_end[mention.last], mention.last + _BESIDE)
            if any(view.words.norm[word] in forms for word in range(first, last + 1)):
                return True
    return False
