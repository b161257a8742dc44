"""Real clicks and keys in Chromium: what changes the record, and that no page breaks its own policy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import serving

from mahdar.store import Record, list_judgements, open_record, tables
from mahdar.views.articles import list_articles
from mahdar.views.reviews import load_claim_reviews
from mahdar.web.registry import PAGES


@pytest.fixture(scope="module")
def served(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Record]]:
    """A served record that tests may change, each its own article."""
    folder = tmp_path_factory.mktemp("clicks")
    with (
        open_record(shutil.copy(made, folder / "talks.db")) as record,
        serving(record, folder) as address,
    ):
        yield address, record


def desk_of(address: str, record: Record, title: str) -> str:
    row = next(row for row in list_articles(record).rows if title in (row.title or ""))
    return f"{address}/articles/{row.sha256}"


def test_one_key_accepts_and_goes_on_another_takes_it_back(
    served: tuple[str, Record], page: Any
) -> None:
    address, record = served
    before = len(list_judgements(record))
    page.goto(desk_of(address, record, "هدنة في تعز"))
    page.keyboard.press("j")
    card = page.locator("#claims > .here")
    uid = card.get_attribute("data-ref")
    page.keyboard.press("a")
    page.wait_for_selector(f"#c-{uid}[data-state=accepted]")
    assert load_claim_reviews(record, [uid])[uid].by == "salma"
    page.wait_for_function(f"!document.getElementById('c-{uid}').classList.contains('here')")
    assert page.locator("#claims > .here").get_attribute("data-state") == "machine_draft"
    page.wait_for_selector("#live button")
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.locator(f"#c-{uid}").get_attribute("data-state") == "machine_draft"
    assert len(list_judgements(record)) == before + 2


def test_reject_asks_why(served: tuple[str, Record], page: Any) -> None:
    address, record = served
    page.goto(desk_of(address, record, "لقاء في الخليج"))
    page.keyboard.press("j")
    uid = page.locator("#claims > .here").get_attribute("data-ref")
    page.keyboard.press("x")
    page.keyboard.type("ليس في المقال")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#c-{uid}[data-state=rejected]")
    assert list_judgements(record)[0].reason == "ليس في المقال"


def test_span_and_claim_find_each_other(served: tuple[str, Record], page: Any) -> None:
    address, record = served
    page.goto(desk_of(address, record, "هدنة في تعز"))
    page.locator("#article .event.trigger", has_text="خُرقت").first.click()
    lit = page.locator("#claims > .lit")
    assert lit.count() >= 1
    statement = page.locator("#claims > .statement").first
    statement.locator("header").click()
    marked = page.locator("#article .lit")
    assert "الهدنة" in "".join(marked.all_text_contents())
    assert statement.evaluate("card => card.classList.contains('here')")


def test_edit_by_form_and_span_by_selecting(served: tuple[str, Record], page: Any) -> None:
    address, record = served
    page.goto(desk_of(address, record, "هدنة في تعز") + "?lang=en")
    card = page.locator("#claims > .event", has_text="ceasefire")
    uid = card.get_attribute("data-ref")
    card.locator("header").click()
    page.evaluate(
        """() => {
          const spans = [...document.querySelectorAll('#article [data-start]')];
          const node = spans.find((each) => each.textContent.startsWith('هدنة')).firstChild;
          const range = document.createRange();
          range.setStart(node, 0); range.setEnd(node, 4);
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    page.keyboard.press("m")
    form = page.locator(f"#c-{uid} form.edit")
    form.wait_for()
    page.wait_for_selector(f"#c-{uid} .taken")
    form.locator("[name='field.modality']").select_option("proposed")
    form.locator("[name=reason]").fill("only proposed")
    form.locator("[name=reason]").press("Enter")
    page.wait_for_selector(f"#c-{uid}[data-state=accepted_edited]")
    (written,) = list_judgements(record, kind="claim", subject=uid)[:1]
    assert written.detail["new"]["modality"] == "proposed"
    ((role, start, end),) = written.detail["new"]["spans"]
    sha = written.claims[0].article
    with record.reading() as connection:
        text = connection.scalar(
            tables.articles.select()
            .with_only_columns(tables.articles.c.text)
            .where(tables.articles.c.sha256 == sha)
        )
    assert (role, str(text)[start:end]) == ("trigger", "هدنة")


def test_layers_hide_by_key_also_on_an_arabic_keyboard(
    served: tuple[str, Record], page: Any
) -> None:
    address, record = served
    page.goto(desk_of(address, record, "لقاء في الخليج"))
    article = page.locator("#article")
    page.keyboard.press("1")
    assert "hide-entity" in (article.get_attribute("class") or "")
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '١', code: 'Digit1', bubbles: true}))"
    )
    assert "hide-entity" not in (article.get_attribute("class") or "")
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ت', code: 'KeyJ', bubbles: true}))"
    )
    assert page.locator("#claims > .here").count() == 1


def test_language_and_light_are_kept(served: tuple[str, Record], page: Any) -> None:
    address, _ = served
    page.goto(f"{address}/timeline")
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("html[dir=ltr]")
    page.get_by_role("button", name="dark").click()
    page.wait_for_selector("html[data-theme=dark]")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(int(n) for n in paper.strip("rgb()").split(",")) < 60
    page.goto(f"{address}/articles")
    assert page.locator("html").get_attribute("dir") == "ltr"


def test_keys_walk_open_and_go(served: tuple[str, Record], page: Any) -> None:
    address, _ = served
    page.goto(f"{address}/timeline")
    page.keyboard.press("j")
    page.keyboard.press("j")
    href = page.locator("tr.here a.open").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{href}")
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/actors")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open] kbd")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "name"


def test_queue_goes_on_after_a_key(served: tuple[str, Record], page: Any) -> None:
    address, record = served
    page.goto(f"{address}/review")
    waiting = page.locator("tr[data-row]").count()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entries/*?then=review")
    first = page.url
    with page.expect_navigation():
        page.keyboard.press("a")
    page.wait_for_url("**/entries/*?then=review")
    assert page.url != first
    assert list_judgements(record)[0].action == "accept"
    page.goto(f"{address}/review")
    assert page.locator("tr[data-row]").count() == waiting - 1


def test_mark_of_the_timeline_opens_its_entry(served: tuple[str, Record], page: Any) -> None:
    address, _ = served
    page.goto(f"{address}/timeline?lanes=actor&lang=en")
    page.wait_for_selector("[data-drawn]")
    box = page.evaluate(
        """() => {
          const figure = document.querySelector('[data-drawn]');
          const series = figure.chart.getOption().series.findIndex((each) => each.type === 'scatter');
          const point = figure.chart.getOption().series[series].data[0];
          const [x, y] = figure.chart.convertToPixel({seriesIndex: series}, point.value);
          const at = figure.querySelector('.canvas').getBoundingClientRect();
          return [at.x + x + point.symbolOffset[0], at.y + y + point.symbolOffset[1]];
        }"""
    )
    page.mouse.click(*box)
    page.wait_for_url("**/entries/*")


@pytest.mark.parametrize(
    ("lang", "width"),
    [
        ("ar", 390),
        ("en", 1280),
        pytest.param("en", 390, marks=pytest.mark.slow),
        pytest.param("ar", 1280, marks=pytest.mark.slow),
    ],
)
def test_pages_are_whole(lang: str, width: int, served: tuple[str, Record], page: Any) -> None:
    """No page is wider than the screen, breaks its policy or asks another host for anything."""
    address, record = served
    page.set_viewport_size({"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with record.reading() as connection:
        entry = connection.scalar(tables.entries.select().with_only_columns(tables.entries.c.id))
    sha = list_articles(record).rows[-1].sha256
    for shown in PAGES:
        path = shown.path.replace("{sha256}", sha).replace("{entry_id}", str(entry))
        page.goto(f"{address}{path.replace('{key:path}', 'taiz')}?lang={lang}")
        if page.locator("[data-chart]").count():
            page.wait_for_selector("[data-drawn]")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{shown.key} is {wide} px too wide"
        assert page.locator("html").get_attribute("lang") == lang
    assert {url for url in asked if not url.startswith((address, "data:"))} == set()
