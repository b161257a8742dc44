"""Contacts, ceasefires, the map, positions, commitments in Chromium: a picture's mark leads to an entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from chromium import serving
from views_record import make_views_record

AT = """([series, wanted]) => {
  const figure = document.querySelector('[data-drawn]');
  const all = figure.chart.getOption().series;
  const index = all.findIndex((each) => each.type === series);
  const data = all[index].data;
  const point = data.findIndex((each) => JSON.stringify(each).includes(wanted));
  const spot = series === 'graph' ? [data[point].x, data[point].y] : data[point].value;
  const [x, y] = figure.chart.convertToPixel({seriesIndex: index}, spot);
  const box = figure.querySelector('.canvas').getBoundingClientRect();
  const [dx, dy] = data[point].symbolOffset || [0, 0];
  return [box.x + x + dx, box.y + y + dy];
}"""
"""Where on the screen the first mark stands that has some words in its data."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("views")
    with make_views_record(folder / "views.db") as record, serving(record, folder) as address:
        yield address


@pytest.mark.parametrize("lang", ["ar", pytest.param("en", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    ("path", "series", "mark"),
    [
        ("ceasefires", "scatter", '"breach"'),
        ("ceasefires?place=عدن", "custom", "/entries/"),
        ("positions?issue=nuclear", "scatter", "/entries/"),
        ("map?day=2015-08-08", "scatter", '"zone"'),
    ],
)
def test_mark_opens_its_entry(
    path: str, series: str, mark: str, lang: str, served: str, page: Any
) -> None:
    page.goto(f"{served}/{path}{'&' if '?' in path else '?'}lang={lang}")
    page.wait_for_selector("[data-drawn]")
    page.locator("[data-drawn]").scroll_into_view_if_needed()
    if series == "custom":
        # A bar has no point: its middle lies between its two days.
        spot = page.evaluate(
            """() => {
              const figure = document.querySelector('[data-drawn]');
              const [from, to, row] = figure.chart.getOption().series[0].data[0].value;
              const [x, y] = figure.chart.convertToPixel({seriesIndex: 0}, [(from + to) / 2, row]);
              const box = figure.querySelector('.canvas').getBoundingClientRect();
              return [box.x + x + 6, box.y + y];
            }"""
        )
    else:
        spot = page.evaluate(AT, [series, mark])
    page.mouse.click(*spot)
    page.wait_for_url("**/entries/*")
    assert page.locator("blockquote").count() >= 1


def test_time_runs_from_the_right_in_arabic(served: str, page: Any) -> None:
    spots = {}
    for lang in ("ar", "en"):
        page.goto(f"{served}/ceasefires?lang={lang}")
        page.wait_for_selector("[data-drawn]")
        spots[lang] = page.evaluate(
            """() => {
              const chart = document.querySelector('[data-drawn]').chart;
              const [from, to, row] = chart.getOption().series[0].data[0].value;
              return [from, to].map((day) => chart.convertToPixel({seriesIndex: 0}, [day, row])[0]);
            }"""
        )
    assert spots["ar"][0] > spots["ar"][1]
    assert spots["en"][0] < spots["en"][1]


def test_node_narrows_line_and_cell_lead_on(served: str, page: Any) -> None:
    page.goto(f"{served}/contacts?lang=en")
    page.wait_for_selector("[data-drawn]")
    page.locator("[data-drawn]").scroll_into_view_if_needed()
    page.mouse.click(*page.evaluate(AT, ["graph", "adel-al-jubeir"]))
    page.wait_for_url("**/contacts?*actor=adel-al-jubeir")
    page.goto(f"{served}/contacts?lang=en")
    page.locator(".matrix td a").first.click()
    page.wait_for_url("**one=*")
    assert page.locator(".pair tr[data-row]").count() == 3
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entries/*")


@pytest.mark.parametrize(("lang", "key"), [("ar", "ArrowRight"), ("en", "ArrowLeft")])
def test_slider_by_key_changes_map_list_and_address(
    lang: str, key: str, served: str, page: Any
) -> None:
    """The arrow that points to earlier days is the right one in Arabic."""
    page.goto(f"{served}/map?from=2015-08&to=2015-08&day=2015-08-07&lang={lang}")
    page.wait_for_selector("[data-drawn]")
    page.wait_for_selector(".slider input:not([disabled])")
    assert page.locator("#day-list tr[data-row]").count() == 2
    page.locator(".slider input").focus()
    with page.expect_response("**/map/day?*day=2015-08-06*"):
        page.keyboard.press(key)
    page.wait_for_url("**day=2015-08-06*")
    page.wait_for_selector("#day-list tr[data-row] .kind.incident")
    shown = page.evaluate(
        "document.querySelector('[data-drawn]').chart.getOption().series[0].data.map((d) => d.mark.layer).sort()"
    )
    assert shown == ["breach", "truce"]
    page.locator(".slider [data-step='-1']").click()
    page.wait_for_url("**day=2015-08-05*")
    assert page.locator("html").get_attribute("lang") == lang


def test_commitments_by_keys(served: str, page: Any) -> None:
    page.goto(f"{served}/timeline?lang=en")
    page.keyboard.press("g")
    page.keyboard.press("o")
    page.wait_for_url("**/commitments")
    page.locator("select[name=state]").select_option("overdue")
    page.wait_for_url("**state=overdue*")
    assert page.locator("tr[data-row]").count() == 1
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entries/*")


@pytest.mark.slow
@pytest.mark.parametrize("path", ["contacts", "ceasefires", "map", "positions"])
def test_picture_fits_a_phone(path: str, served: str, page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{served}/{path}")
    page.wait_for_selector("[data-drawn]")
    box = page.locator("[data-drawn] canvas").first.bounding_box()
    assert box["x"] >= 0
    assert 200 < box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_provinces_show_where_the_map_is_near(served: str, page: Any) -> None:
    """Borders of provinces are drawn once the map is near enough; disputed lines always are."""
    page.goto(f"{served}/map?lang=en")
    page.wait_for_selector("[data-drawn]")
    seen = """() => { const series = document.querySelector('[data-drawn]').chart.getOption().series;
      const of = (id) => series.find((each) => each.id === id);
      return [of('provinces').lineStyle.opacity > 0, of('disputed').lineStyle.opacity > 0, of('provinces').data.length > 900]; }"""
    zoom = """(zoom) => { const chart = document.querySelector('[data-drawn]').chart;
      chart.dispatchAction({ type: 'geoRoam', componentType: 'geo', geoIndex: 0, zoom, originX: 300, originY: 200 }); }"""
    page.evaluate(zoom, 0.2)
    page.wait_for_function(f"!({seen})()[0]")
    assert page.evaluate(seen) == [False, True, True]
    page.evaluate(zoom, 30)
    page.wait_for_function(f"({seen})()[0]")
    page.keyboard.press("Tab")
    page.locator(".slider input").press("ArrowLeft")  # another day keeps them
    assert page.evaluate(seen) == [True, True, True]
