"""Evidence in words, Arabic or English: the chain of mouths and why a claim was joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mahdar.i18n import tr
from mahdar.views.entry import Evidence
from mahdar.views.rows import Ref


def describe_chain(evidence: Evidence, lang: str) -> str:
    """Return the chain of mouths, the paper first: «paper ← agency ← speaker»."""
    paper = evidence.publisher or evidence.article
    links = [paper]
    links += [ref.label(lang) for ref in evidence.agencies if ref not in evidence.chain]
    links += [ref.label(lang) for ref in evidence.chain]
    return " ← ".join(links)


def explain_merge(evidence: Evidence, lang: str) -> str:
    """Return in words why a claim was joined to its entry; empty for the one that opened it."""
    if not evidence.reasons:
        return ""
    because = tr("entry.merged", lang, score=f"{evidence.score:.2f}")
    return f"{because}: {explain_reasons(evidence.reasons, evidence.names, lang)}"


def explain_reasons(reasons: Sequence[tuple[str, ...]], names: Mapping[str, Ref], lang: str) -> str:
    """Return reasons (a key of ``reason.*`` and its details) in words; ``names`` has the keys' names."""
    joiner = "، " if lang == "ar" else ", "
    told = (
        tr(
            f"reason.{key}",
            lang,
            details=joiner.join(names.get(d, Ref(d)).label(lang) for d in details),
        )
        for key, *details in reasons
    )
    return ("؛ " if lang == "ar" else "; ").join(told)
