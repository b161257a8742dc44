"""Dates side by side with other parsers: the same strings, the same anchors, one table.

    python benchmarks/dates.py [--gold train dev] [--no-recognizers] [--only-mahdar] [--press] [--judged]

Two sets. First the gold dates of the shared folder, each as a bare string with its article's date
as anchor: what a parser makes of «أمس الاثنين» or «أيار/مايو الماضي» when nothing is around it.
*Strict*: the EDTF value is the annotator's. *Inside*: a single day that lies inside the annotator's
period, which is all that a parser without intervals can give. Second the Date and DatePeriod cases
of recognizers_text (MIT, Microsoft), less those that are out of scope, with the reason.

Peers are used where they are installed: dateparser, ovos-date-parser. recognizers-text itself has
no Arabic in its Python edition (its own cases say so).

``--press`` scores Mahdar's dates in whole articles instead: those of the press annotations. They
were filled in by the engine of their day and mended by hand, so the figure flatters what it was then.

``--judged`` scores it against ``dates_judged.tsv``: expressions found in articles drawn at random from
the press on conflicts, each read in its sentence and given its right value by hand (``none``: no date).
Draws named ``hard`` leave out days from now and years in figures. The rules were mended after each
draw; what was right when it was drawn stands in docs/reference/dates.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.dates import find_anchor, find_dates
from mahdar.annotation.dates.edtf import Period, day_period, parse_edtf
from mahdar.model import Article, TimeExpression

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
JUDGED = Path(__file__).resolve().with_name("dates_judged.tsv")
Parser = Callable[[str, date], Period | None]
NLP = blank_pipeline()


def parse_with_mahdar(text: str, anchor: date) -> Period | None:
    """Return the period of the longest time expression of a text."""
    doc = NLP(text)
    doc._.article = Article("b", text, "", published=anchor.isoformat())
    doc._.anchor = find_anchor(doc)
    found = sorted(find_dates(doc), key=lambda d: d.start - d.end)
    return parse_edtf(found[0].value) if found else None


def peers() -> dict[str, Parser]:
    """Return the other parsers that are installed, by name and version."""
    found: dict[str, Parser] = {}
    try:
        import dateparser  # type: ignore[import-untyped]
        from dateparser.search import search_dates  # type: ignore[import-untyped]

        def parse_with_dateparser(text: str, anchor: date) -> Period | None:
            settings = {
                "RELATIVE_BASE": datetime.combine(anchor, time(12)),
                "PREFER_DATES_FROM": "past",
                "RETURN_TIME_AS_PERIOD": False,
            }
            parsed = dateparser.parse(text, languages=["ar"], settings=settings)
            if parsed is None:
                several = search_dates(text, languages=["ar"], settings=settings)
                parsed = max(several, key=lambda pair: len(pair[0]))[1] if several else None
            return day_period(parsed.date()) if parsed is not None else None

        found[f"dateparser {dateparser.__version__}"] = parse_with_dateparser
    except ImportError:
        pass
    try:
        from ovos_date_parser import extract_datetime  # type: ignore[import-not-found]

        def parse_with_ovos(text: str, anchor: date) -> Period | None:
            try:
                parsed = extract_datetime(text, "ar", anchorDate=datetime.combine(anchor, time(0)))
            except Exception:  # the peer's own errors count as no answer
                return None
            return day_period(parsed[0].date()) if parsed else None

        found["ovos-date-parser"] = parse_with_ovos
    except ImportError:
        pass
    return found


# --- gold dates as bare strings -------------------------------------------------------------------


def gold_cases(name: str) -> list[tuple[str, date, str]]:
    """Return (expression, anchor, EDTF value) of the gold dates whose article has a day as anchor."""
    cases = []
    folder = SHARED / "gold" / name
    for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        anchor = parse_edtf(article.get("published"))
        if anchor is None or anchor.start != anchor.end:
            continue
        gold = json.loads((folder / f"{article['id']}.json").read_text(encoding="utf-8"))
        cases += [
            (d["q"] if isinstance(d, dict) else d, anchor.start, d["value"]) for d in gold["dates"]
        ]
    return cases


def compare_gold(name: str, parsers: dict[str, Parser]) -> None:
    cases = gold_cases(name)
    print(f"\ngold/{name}: {len(cases)} dates as bare strings")
    print(f"{'parser':28s} {'strict':>8s} {'inside':>8s} {'answered':>9s}")
    for label, parse in parsers.items():
        strict = inside = answered = 0
        for text, anchor, value in cases:
            got, want = parse(text, anchor), parse_edtf(value)
            answered += got is not None
            if got is None or want is None:
                continue
            if label.startswith("mahdar"):
                strict += got == want
            else:
                # A peer gives a day; for a month or year that its first of month stands for,
                # its answer counts as strict when the named part is right.
                strict += _same_at_precision(got.start, want)
            inside += want.start <= got.start and got.end <= want.end
        total = len(cases)
        print(f"{label:28s} {strict / total:8.3f} {inside / total:8.3f} {answered / total:9.3f}")


def _same_at_precision(day: date, want: Period) -> bool:
    if want.precision == "month":
        return want.start <= day <= want.end and (want.end - want.start).days < 32
    if want.precision == "year":
        return want.start.year == day.year == want.end.year
    if want.precision == "week":
        return want.start <= day <= want.end
    return want.start == want.end == day


# --- recognizers_text -----------------------------------------------------------------------------

# Why a case is out of scope, tried in order on its sentence and expected TIMEX.
OUT_OF_SCOPE: tuple[tuple[str, str, str], ...] = (
    ("no such day (the case expects 0001-01-01)", "", r"-31\b.*0001|0001-01-01"),
    (
        "a day number alone: in news as often a count as a date",
        r"(?:في|إلى|يوم|الخميس|الجمعة|السبت|الأحد|الثلاثاء)(?: في)? (?:\d{1,2}|ال\S+|خمسة عشر)[.!]?$|لل\S+(?: و\S+)?$",
        r"XXXX-XX|2017-09-",
    ),
    (
        "month before day, day.month or no year, as in the United States",
        r"\d[./-]\d{1,2}(?:$|,)|\d-يناير|يناير-1",
        r"XXXX|2015-08-12",
    ),
    (
        "year before month in figures, or a two-digit year",
        r"2015[./]3|3[-/]2015|\d{2}/\d{2}/\d{2}$|18-9-15|08/12",
        "",
    ),
    ("the rest of a period, or later in it: no news phrase", r"باقي|بقية|لاحق", ""),
    (
        "said by nobody: calques of an English test («يومي», «أسبوعي», «آخر يوم», «اليوم الماضي», «2 العقود»)",
        r"يومي$|[اأإ]سبوعي|آخر يوم|اليوم الماضي|2 العقود|هذا سبتمبر|هذا يوم|قبل يوم أمس|أسبوع 16|سبتمبر 16|من الذي راسلته|العشرات|عطلات|هذا الأسبوع الجمعة|العشرينيات|\. نوفمبر",
        "",
    ),
    (
        "year said in two halves, English fashion («تسعة عشر تسعة وتسعون»), or bare in words",
        r"تسعة عشر|ألفين|ألفان|ألف و|مائتين",
        "",
    ),
    (
        "several units in one distance («2 سنة و1 شهر و21 أيام من الآن»)",
        r"\d+ (?:شهر|سنة|عام)\s?(?:و|,)|شهر و",
        "",
    ),
    (
        "n-th week or weekday of a month: not read by news desks or by Mahdar",
        r"الأسبوع (?:الأول|الثاني|الثالث|الأخير)|أول يوم جمعة|عام 247",
        "",
    ),
    ("a season, for which the case gives no days", r"صيف|الربيع|ربيع", ""),
    (
        "another convention: parts are halves, «few» is three, decades are calendar decades, a distance is the stretch up to it, «القادم» skips a week, months ago to the day, the next day from now",
        r"مطلع|بداية|أواخر|نهاية|منتصف|بضعة|القليلة|عقد|عقود|بعد|خلال|آخر|الأحد القادم|القادم الأحد|المقبل يوم الجمعة|من الاسبوع المقبل|قبل شهر|قبل عامين|التالي|الأشهر الثلاثة|3 أيام القادمة|الأيام|سبتمبر الماضي|السبعينيات القرن|في 1970|سبعينيات$|سبعينيات|الأربعينيات",
        "",
    ),
)


def recognizer_cases(kind: str) -> list[dict[str, Any]]:
    path = SHARED / "data" / "dates" / "recognizers_text" / f"{kind}.json"
    cases: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8-sig"))
    return cases


def scope_of(case: dict[str, Any]) -> str | None:
    """Return why a case is out of scope, ``None`` if it is in."""
    sentence = case["Input"].strip().rstrip("?؟ ")
    expected = json.dumps(case["Results"], ensure_ascii=False)
    for reason, text, timex in OUT_OF_SCOPE:
        if text and not re.search(text, sentence):
            continue
        if timex and not re.search(timex, expected):
            continue
        return reason
    return None


def accepted_periods(case: dict[str, Any]) -> list[tuple[date, date]]:
    """Return the periods a case accepts, both days included (its ends are exclusive)."""
    periods = []
    for result in case["Results"]:
        for side in ("PastResolution", "FutureResolution"):
            told = (result.get("Value") or {}).get(side) or {}
            if "date" in told:
                day = date.fromisoformat(told["date"])
                periods.append((day, day))
            elif "startDate" in told and "endDate" in told:
                first, last = (
                    date.fromisoformat(told["startDate"]),
                    date.fromisoformat(told["endDate"]),
                )
                # Some ranges of days name their last day itself («من 4 إلى 22»).
                periods += [(first, last), (first, last - timedelta(days=1))]
                if last.month == last.day == 1:
                    # Ranges of years name their last year's first day.
                    periods.append((first, date(last.year, 12, 31)))
    return periods


def compare_recognizers(parsers: dict[str, Parser], *, show: bool) -> None:
    for kind in ("DateParser", "DatePeriodParser"):
        cases = recognizer_cases(kind)
        reasons = Counter(reason for case in cases if (reason := scope_of(case)))
        inside = [case for case in cases if scope_of(case) is None]
        print(f"\nrecognizers_text {kind}: {len(cases)} cases, {len(inside)} in scope; left out:")
        for reason, count in reasons.most_common():
            print(f"  {count:3d}  {reason}")
        for label, parse in parsers.items():
            right = 0
            for case in inside:
                anchor = date.fromisoformat(case["Context"]["ReferenceDateTime"][:10])
                got = parse(case["Input"], anchor)
                good = got is not None and any(
                    got.start == first
                    and (got.end == last or (not label.startswith("mahdar") and first == last))
                    for first, last in accepted_periods(case)
                )
                right += good
                if show and not good and label.startswith("mahdar"):
                    print("   -", case["Input"], "|", got, "|", accepted_periods(case)[:2])
            print(f"{label:28s} {right:3d} of {len(inside)}  {right / max(1, len(inside)):.3f}")


# --- whole articles of the press ------------------------------------------------------------------


def press_reader() -> Callable[[dict[str, Any]], tuple[TimeExpression, ...]]:
    """Return what finds the dates of a press article given as plain data."""
    sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
    import gold

    nlp = blank_pipeline()
    for name in ("mahdar_sentences", "mahdar_quotations", "mahdar_dates"):
        nlp.add_pipe(name)

    def read(raw: dict[str, Any]) -> tuple[TimeExpression, ...]:
        doc = nlp.make_doc(raw["text"])
        doc._.article = gold.as_article(raw)
        for _, component in nlp.pipeline:
            doc = component(doc)
        dates: tuple[TimeExpression, ...] = doc._.dates
        return dates

    return read


def score_press() -> None:
    """Print found and resolved F1 of the dates in the annotated press articles."""
    read = press_reader()
    from training.samples import load_annotated

    told = given = found = resolved = 0
    articles = load_annotated(["press"], None)
    for article in articles:
        open_dates = list(read(article.raw))
        told, given = told + len(article.gold["dates"]), given + len(open_dates)
        for want in article.gold["dates"]:
            got = next(
                (d for d in open_dates if d.start < want["end"] and want["start"] < d.end), None
            )
            if got is not None:
                open_dates.remove(got)
                found += 1
                resolved += got.value == want["value"]
    print(f"press annotations: {len(articles)} articles, {told} dates, Mahdar tells {given}")
    both = max(1, told + given)
    print(f"found F1 {2 * found / both:.3f}   resolved F1 {2 * resolved / both:.3f}")


def score_judged(*, show: bool) -> None:
    """Print, for each draw of judged expressions, how many the present engine gets right."""
    read = press_reader()
    from training.press import iter_press_records

    rows: dict[str, list[dict[str, str]]] = {}
    with JUDGED.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            rows.setdefault(row["id"], []).append(row)
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for raw in iter_press_records():
        judged = rows.get(raw["id"])
        if judged is None:
            continue
        dates = read(raw)
        for row in judged:
            start, end = int(row["start"]), int(row["end"])
            values = {d.value for d in dates if d.start < end and start < d.end} or {"none"}
            total[row["draw"]] += 1
            good = row["value"] in values
            right[row["draw"]] += good
            if show and not good:
                print("   -", raw["id"], start, raw["published"], row["value"], sorted(values))
    for draw, count in total.items():
        print(f"{draw:14s} {right[draw]:4d} of {count:4d} right  {right[draw] / count:.3f}")


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--gold", nargs="*", default=["train", "dev"], choices=["train", "dev"])
    ap.add_argument("--no-recognizers", action="store_true")
    ap.add_argument("--only-mahdar", action="store_true", help="leave the peers out")
    ap.add_argument("--show", action="store_true", help="print what Mahdar misses, not of gold/dev")
    ap.add_argument("--press", action="store_true", help="score the annotated press articles only")
    ap.add_argument("--judged", action="store_true", help="score the judged expressions only")
    args = ap.parse_args()
    if args.press:
        score_press()
    if args.judged:
        score_judged(show=args.show)
    if args.press or args.judged:
        return
    parsers: dict[str, Parser] = {"mahdar": parse_with_mahdar}
    if not args.only_mahdar:
        parsers |= peers()
    for name in args.gold:
        compare_gold(name, parsers)
    if not args.no_recognizers:
        compare_recognizers(parsers, show=args.show)


if __name__ == "__main__":
    main()
