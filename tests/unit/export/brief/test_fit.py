"""A brief is cut to its pages: the least important first, evenly, never a whole section."""

from __future__ import annotations

from mahdar.export.brief.fit import fit_sections, measure, number_notes
from mahdar.export.brief.model import Cited, Note, Section, Sentence

WORDS = Cited("الرأي", "3 August 2015", "عنوان", "كلمات من المقال " * 6, "", None)


def make_section(key: str, number: int) -> Section:
    sentences = [
        Sentence(
            f"{key} {n} " * 20,
            "single source",
            f"2015-08-{30 - n:02}",
            9.0 - n,
            Note(0, f"m-{n}", (WORDS,), 0),
        )
        for n in range(number)
    ]
    return Section(key, tuple(sentences))


SECTIONS = [
    Section("headline", (Sentence("figures"),)),
    make_section("contacts", 14),
    make_section("incidents", 14),
    make_section("detainees", 1),
]


def test_what_fits_stays() -> None:
    small = [make_section("contacts", 2)]
    assert [len(s.sentences) for s in fit_sections(small, 2, "ar")] == [2]


def test_cut_to_one_page() -> None:
    fitted = fit_sections(SECTIONS, 1, "en")
    assert measure(fitted) < measure(SECTIONS)
    assert measure(fitted) <= 275
    assert all(s.sentences for s in fitted)
    for before, after in zip(SECTIONS, fitted, strict=True):
        assert len(after.sentences) + after.left_out == len(before.sentences)
        kept = sorted(s.weight for s in after.sentences)
        assert kept == sorted(s.weight for s in before.sentences[: len(kept)])


def test_no_limit_cuts_nothing() -> None:
    assert sum(len(s.sentences) for s in fit_sections(SECTIONS * 3, 0, "ar")) == 90


def test_sentences_stand_by_day_and_notes_in_reading_order() -> None:
    fitted = number_notes(fit_sections(SECTIONS, 2, "ar"))
    numbers = [s.note.number for section in fitted for s in section.sentences if s.note]
    assert numbers == list(range(1, len(numbers) + 1))
    days = [s.day for s in fitted[1].sentences]
    assert days == sorted(days, key=str)
