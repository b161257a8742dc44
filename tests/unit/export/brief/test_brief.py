"""A brief of a small record: every sentence has its sources, judgements and markings are kept."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mahdar.errors import SettingError
from mahdar.export.brief import Brief, Request, render_html, render_markdown, write_brief
from mahdar.store import Judgement, Record, judge, open_record, tables
from mahdar.views import list_timeline

LANGUAGES = ("ar", "en")


@pytest.fixture
def talks(record: Record, tmp_path: Path) -> Iterator[Record]:
    """A record of its own: these tests change it."""
    shutil.copyfile(record.name, tmp_path / "talks.db")
    with open_record(tmp_path / "talks.db") as made:
        yield made


def decide(talks: Record, action: str, kind: str, subject: str, **detail: Any) -> None:
    judge(talks, Judgement(action, kind, subject, who="سلمى", reason="اختبار", detail=detail))


def entry_of(talks: Record, type_: str) -> Any:
    return next(e for e in list_timeline(talks) if e.type == type_ and e.modality == "occurred")


def notes_of(brief: Brief) -> set[str]:
    return {entry for note in brief.notes() for entry in note.entry.split()}


def section(brief: Brief, key: str) -> str:
    return "\n".join(s.text for part in brief.sections if part.key == key for s in part.sentences)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_leads_to_words_that_stand_in_an_article(record: Record, lang: Any) -> None:
    brief = write_brief(record, Request(lang=lang))
    with record.reading() as connection:
        texts = [" ".join(t.split()) for t in connection.scalars(select(tables.articles.c.text))]
    for part in brief.sections:
        for sentence in part.sentences:
            if part.key in ("headline", "coverage"):
                assert sentence.note is None
                continue
            assert sentence.note is not None
            assert sentence.note.cited
            assert sentence.standing
            for cited in sentence.note.cited:
                words = cited.words.replace("‹", "«").replace("›", "»")
                words = re.sub(r"^… | …$", "", words)
                # Sentences that do not follow each other are joined by a gap.
                for stretch in words.split(" … "):
                    assert any(stretch in text for text in texts), stretch
                assert cited.paper
                assert cited.day


def test_the_meeting_is_told_once_with_both_papers(record: Record) -> None:
    brief = write_brief(record, Request(lang="en"))
    meeting = entry_of(record, "MEET")
    told = [
        s
        for part in brief.sections
        for s in part.sentences
        if s.note and s.note.entry == meeting.id
    ]
    assert "Meeting in Doha" in told[0].text
    assert "John Kerry" in told[0].text
    assert "Sergey Lavrov" in told[0].text
    assert "Doha" in told[0].text
    assert told[0].note is not None
    assert {cited.paper for cited in told[0].note.cited} == {"aawsat", "sabq"}


def test_rejected_is_not_told(talks: Record) -> None:
    meeting = entry_of(talks, "MEET")
    assert meeting.id in notes_of(write_brief(talks))
    decide(talks, "reject", "entry", meeting.id)
    assert meeting.id not in notes_of(write_brief(talks))


def test_edited_is_told_as_edited(talks: Record) -> None:
    attack = entry_of(talks, "ATTACK")
    decide(talks, "edit", "entry", attack.id, new={"killed": 77})
    brief = write_brief(talks, Request(lang="en"))
    assert "77" in section(brief, "incidents")
    marked = [
        s.standing
        for p in brief.sections
        for s in p.sentences
        if s.note and s.note.entry == attack.id
    ]
    assert "edited and accepted by a reviewer" in marked[0]


@pytest.mark.parametrize(("tlp", "told"), [("AMBER+STRICT", False), ("RED", True)])
def test_marked_above_the_circle_stays_out(talks: Record, tlp: str, told: bool) -> None:
    attack = entry_of(talks, "ATTACK")
    decide(talks, "mark", "entry", attack.id, tlp="RED")
    brief = write_brief(talks, Request(tlp=tlp))
    assert (attack.id in notes_of(brief)) is told
    assert bool(brief.hidden) is not told
    assert ("kept back" in render_markdown(brief)) is not told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_markdown_notes_match(record: Record, lang: Any) -> None:
    text = render_markdown(write_brief(record, Request(lang=lang)))
    used = re.findall(r"\[\^(\d+)\](?!:)", text)
    given = re.findall(r"^\[\^(\d+)\]:", text, re.M)
    assert used == given == [str(n) for n in range(1, len(used) + 1)]
    assert used


@pytest.mark.parametrize(("lang", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_page_stands_by_itself(record: Record, lang: Any, direction: str) -> None:
    page = render_html(write_brief(record, Request(lang=lang)))
    assert f'<html lang="{lang}" dir="{direction}">' in page
    assert "@page { size: A4" in page
    assert "<script" not in page
    assert "<link" not in page
    assert "url(" not in page
    targets = set(re.findall(r'href="#([sn]\d+)"', page))
    assert targets
    assert targets == set(re.findall(r'id="([sn]\d+)"', page))


def test_no_sign_of_an_article_is_markup(record: Record) -> None:
    """One paper of this record is called like a formula; another's words hold quotes."""
    page = render_html(write_brief(record, Request()))
    assert "' /C calc'" not in page


def test_arabic_digits_leave_quotations_alone(record: Record) -> None:
    brief = write_brief(record, Request(lang="ar", digits="arabic"))
    outside = re.sub("«[^»]*»", "", " ".join(s.text for p in brief.sections for s in p.sentences))
    papers = [s for p in brief.sections if p.key == "coverage" for s in p.sentences]
    assert re.search("[٠-٩]", outside)
    assert not re.search("[0-9]", outside.replace(papers[-2].text, ""))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"process": "atlantis"}, "no such process"),
        ({"since": "soon"}, "not a date"),
        ({"since": "2015-09", "until": "2015-08"}, "ends before it begins"),
    ],
)
def test_what_cannot_be_asked(record: Record, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingError, match=said) as error:
        write_brief(record, Request(**asked))
    assert "Mend:" in str(error.value)


def test_a_period_without_anything(record: Record) -> None:
    brief = write_brief(record, Request(since="1999", until="1999-02", lang="en"))
    assert [part.key for part in brief.sections] == ["headline", "coverage"]
    assert "tells nothing" in section(brief, "headline")
    assert "59 of 59" in section(brief, "coverage")
