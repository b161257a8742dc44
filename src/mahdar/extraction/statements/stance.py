"""Stance toward what is spoken of, hedging, negation, and whom a statement addresses."""

from __future__ import annotations

from mahdar.extraction.statements.act_words import act_classes
from mahdar.extraction.statements.draft import Draft
from mahdar.extraction.statements.lexicon import words_in_role
from mahdar.extraction.statements.view import View
from mahdar.model import Act

_OPENING_WORDS = 12
_SUPPORT = ("praise", "pledge", "propose")
_OPPOSE = ("condemn", "deny", "accuse")


def tell_stance(view: View, draft: Draft, act: Act) -> str | None:
    """Return ``supports``, ``opposes`` or ``conditional`` toward the issue, None where no word says.

    A condition («شرط أن», «إذا», «ما لم») beats the rest; then words of support or refusal at the
    opening of what is said; then the act of the cue itself («رحب ب», «رفض»).
    """
    norm = view.words.norm
    last = min(draft.last, draft.first + _OPENING_WORDS)
    conditions = words_in_role("condition")
    if any(norm[at] in conditions for at in range(draft.first, draft.last + 1)):
        return "conditional"
    supporting, opposing = words_in_role("support"), words_in_role("oppose")
    for at in range(draft.first, last + 1):
        token = norm[at]
        bare = token[1:] if token[0] in "وفبل" and len(token) > 4 else token
        negated = at > 0 and norm[at - 1] in ("لا", "لم", "لن", "عدم", "غير", "دون")
        if token in supporting or bare in supporting:
            return "opposes" if negated else "supports"
        if token in opposing or bare in opposing:
            return "supports" if negated else "opposes"
    verb = draft.candidate.verb
    if verb is not None and draft.candidate.complement.frame in ("preposition", "object"):
        if verb.act in _SUPPORT and act in _SUPPORT:
            return "supports"
        if verb.act in _OPPOSE and act in _OPPOSE:
            return "opposes"
    return None


def is_hedged(view: View, draft: Draft) -> bool:
    """Tell whether the words are put as possible or unsure («ربما», «قد يكون», «من المرجح»)."""
    hedges = words_in_role("hedge")
    verb = draft.candidate.verb
    if verb is not None and verb.lemma in words_in_role("hedging_verb"):
        return True
    norm = view.words.norm
    for at in range(draft.first, min(draft.last, draft.first + _OPENING_WORDS) + 1):
        if norm[at] in hedges:
            return True
        if norm[at] == "قد" and at < draft.last and norm[at + 1][:1] in "يتن":
            return True
    return False


def is_negated(view: View, draft: Draft) -> bool:
    """Tell whether what is said opens with a negation («لا توجد», «لن نقبل», «عدم وجود»)."""
    norm = view.words.norm
    for at in range(draft.first, min(draft.last, draft.first + 3) + 1):
        if "not" in act_classes(norm[at]) and norm[at] in words_in_role("negator"):
            return True
    return False


def find_addressees(view: View, draft: Draft) -> tuple[str, ...]:
    """Return whom the words are said to or demanded of, by entity id, speakers left out."""
    out = list(draft.candidate.complement.subject.addressees)
    verb = draft.candidate.verb
    if verb is not None and verb.person:
        at = draft.candidate.last + 1
        while at < draft.first:
            mention = view.mention_over(at)
            if mention is None:
                at += 1
                continue
            before = view.words.norm[at - 1]
            if before not in words_in_role("pp"):
                out.append(mention.entity)
            at = mention.last + 1
    return tuple(e for e in dict.fromkeys(out) if e not in draft.speakers)
