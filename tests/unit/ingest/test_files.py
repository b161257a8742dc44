from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from mahdar.errors import InputError
from mahdar.ingest import iter_articles
from mahdar.model import Article

TEXT = "عنوان الخبر\n\nقال المتحدث إن الاجتماع سيعقد يوم الأحد في مسقط."
PAGE = f"""<!doctype html><html lang="ar"><head><title>عنوان الخبر | الجريدة</title>
<meta property="og:title" content="عنوان الخبر"><meta property="og:site_name" content="الجريدة">
<meta property="article:published_time" content="2017-08-22T09:00:00+03:00"><meta name="author" content="كاتب">
</head><body><nav>الرئيسية أخبار</nav><article><h1>عنوان الخبر</h1><p>{"قال المتحدث إن الاجتماع سيعقد يوم الأحد في مسقط. " * 6}</p>
<p>وأضاف أن الوفدين سيصلان غدا.</p></article><footer>جميع الحقوق محفوظة</footer></body></html>"""
RSS = """<rss version="2.0"><channel><title>وكالة</title><item><title>خبر أول</title>
<description>&lt;p&gt;نص الخبر&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>
<pubDate>Tue, 22 Aug 2017 10:00:00 GMT</pubDate><link>urn:one</link></item><item></item></channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>صحيفة</title>
<entry><title>خبر ثان</title><id>urn:2</id><updated>2018-09-15T00:00:00Z</updated><content type="html">&lt;p&gt;نص&lt;/p&gt;</content></entry></feed>"""
TREC = """<DOC>
<DOCNO>X-1</DOCNO>
<SRC>إذاعة</SRC>
<TITLE>عنوان</TITLE>
<TIME>2017-05-03T22:11:00+01:00</TIME>
<TEXT>
نص الخبر هنا.
</TEXT>
</DOC>"""


def read(path: Path) -> list[Article | InputError]:
    return list(iter_articles([path]))


def only(path: Path) -> Article:
    (outcome,) = read(path)
    assert isinstance(outcome, Article), outcome
    return outcome


def test_plain_text_is_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    article = only(path)
    assert article.text == TEXT
    assert article.title == "عنوان الخبر"
    assert article.published is None
    assert article.encoding == "utf-8"


def test_page_keeps_metadata(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    article = only(path)
    assert article.title == "عنوان الخبر"
    assert article.publisher == "الجريدة"
    assert article.published == "2017-08-22T09:00:00+03:00"
    assert article.author == "كاتب"
    assert article.text.startswith("عنوان الخبر\n\n")
    assert "الوفدين سيصلان غدا" in article.text
    assert "الرئيسية" not in article.text


@pytest.mark.parametrize(
    ("name", "content", "title", "published"),
    [
        ("a.rss", RSS, "خبر أول", "2017-08-22T10:00:00+00:00"),
        ("a.xml", ATOM, "خبر ثان", "2018-09-15T00:00:00+00:00"),
        ("a.txt", TREC, "عنوان", "2017-05-03T22:11:00+01:00"),
    ],
)
def test_feeds_and_trec(
    tmp_path: Path, name: str, content: str, title: str, published: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    article = read(path)[0]
    assert isinstance(article, Article)
    assert article.title == title
    assert article.published == published
    assert "script" not in article.text
    assert "x()" not in article.text


def test_json_lines_go_on_after_a_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps({"id": "n1", "text": TEXT, "published": "2017-08-22"}, ensure_ascii=False)
    bad_date = json.dumps({"id": "n2", "text": TEXT, "published": "yesterday"})
    path.write_text(f"{good}\n{{broken\n\n{bad_date}\n[1]\n{good}\n", encoding="utf-8")
    outcomes = read(path)
    assert [type(o).__name__ for o in outcomes] == [
        "Article",
        "MalformedRecord",
        "MalformedRecord",
        "MalformedRecord",
        "Article",
    ]
    assert "line 2" in str(outcomes[1])
    assert "yesterday" in str(outcomes[2])
    assert "Mend" in str(outcomes[3])


def test_zip_of_json_as_news_corpora_have_it(tmp_path: Path) -> None:
    rows = [
        {
            "source": "p",
            "title": "عنوان",
            "content": " نص",
            "date_extracted": "2015-08-03 20:54:51",
        },
        {"source": "p", "title": "", "content": ""},
    ]
    path = tmp_path / "2015.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2015.json", json.dumps(rows))
        archive.writestr("__MACOSX/._2015.json", "x")
        archive.writestr("more.zip", b"PK\x03\x04")
    article, empty, nested = read(path)
    assert isinstance(article, Article)
    assert article.text == "عنوان\n\n نص"
    assert article.publisher == "p"
    assert article.published == "2015-08-03T20:54:51"
    assert "item 2" in str(empty)
    assert "archive inside an archive" in str(nested)


def test_same_bytes_same_hash_wherever_they_stand(tmp_path: Path) -> None:
    line = json.dumps({"id": "n1", "text": TEXT}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_text(line + "\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text("\n\n" + line, encoding="utf-8")
    first, second = read(tmp_path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.sha256 == second.sha256


def test_gzip_is_unpacked_by_its_inner_kind(tmp_path: Path) -> None:
    line = json.dumps({"id": "n1", "text": TEXT}, ensure_ascii=False)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line.encode()))
    assert only(tmp_path / "a.jsonl.gz").id == "n1"


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.txt", b"", "empty"),
        ("a.pdf", b"%PDF-1.7 x", "PDF"),
        ("a.zip", b"PK\x03\x04broken", "damaged"),
        ("a.gz", b"\x1f\x8b\x00\x01", "unpacked"),
        ("a.json", b"{", "not valid JSON"),
        ("a.html", b"<html><body></body></html>", "no article text"),
        ("a.rss", b"<rss></rss>", "no entries"),
    ],
)
def test_bad_files_are_named_with_the_mend(
    tmp_path: Path, name: str, data: bytes, problem: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (error,) = read(path)
    assert isinstance(error, InputError)
    assert name in str(error)
    assert problem in str(error)
    assert "Mend" in str(error)


def test_folders_are_walked_in_order_and_missing_paths_named(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_text(TEXT + " ب", encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text(TEXT, encoding="utf-8")
    outcomes = list(iter_articles([tmp_path, tmp_path / "missing.txt"]))
    assert [o.id.split("-")[0] for o in outcomes if isinstance(o, Article)] == ["a", "b"]
    assert "no such file" in str(outcomes[-1])


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Standard:
        buffer = io.BufferedReader(io.BytesIO(TEXT.encode()))

    monkeypatch.setattr("sys.stdin", Standard)
    (article,) = iter_articles(["-"])
    assert isinstance(article, Article)
    assert article.text == TEXT


def test_zip_member_larger_than_it_says_is_not_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mahdar.ingest.files.MAX_FILE_BYTES", 1000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "أ" * 100_000)
    (error,) = read(path)
    assert isinstance(error, InputError)
    assert "unpacks to" in str(error)


def test_half_characters_become_visible_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "n", "text": "قال \\ud83d إن"}', encoding="utf-8")
    assert only(path).text == "قال ? إن"
