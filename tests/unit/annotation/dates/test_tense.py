"""Which side of now the words around tell of, how firmly, and the years that follow from it."""

import pytest

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.dates import find_anchor, find_dates
from mahdar.annotation.dates.tense import Outlook, find_tense
from mahdar.model import Article
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words

NLP = blank_pipeline()
ARTICLE_DAY = "2015-08-10"  # a Monday

OUTLOOKS = [
    ("استولى المقاتلون على البلدة في ^مارس", Outlook(-1, True)),
    ("استولوا عليها في ^سبتمبر", Outlook(-1, True)),
    ("كانت الحكومة قد غادرت العاصمة إلى مدينة عدن في جنوب البلاد مطلع ^فبراير", Outlook(-1, True)),
    ("ستجرى الانتخابات في ^مارس", Outlook(1, True)),
    ("يصوت المجلس في ^مارس", Outlook(1, False)),
    ("قرر المجلس تأجيل التصويت إلى ^مارس", Outlook(1, False)),
    ("اتفق الطرفان على اجتماع في ^مارس", Outlook(0, False)),
    ("تحدث عن احتمال عقد مؤتمر في ^مارس", Outlook(1, False)),
    ("قبل أن يغيروا اسمهم في ^مارس", Outlook(0, False)),
    ("كان الفريق سيلعب ^الأربعاء", Outlook(1, True)),
    ("لم يصل الوفد ^الأربعاء", Outlook(-1, True)),
    ("تدربوا (^الأربعاء) وسوف يغيبون", Outlook(-1, False)),
    ("عقدوا اجتماعا، ^الأحد، تمهيدا للمؤتمر", Outlook(-1, False)),
    ("^مارس: مصر تشارك في التحالف", Outlook(0, False)),
    ("بعد استقالتها في ^مارس", Outlook(-1, False)),
    ("بدل اسمه بعد مبايعته التنظيم في ^نوفمبر", Outlook(-1, True)),
    ("تستضيفها لأول مرة، بعد اعتذار المغرب في ^فبراير", Outlook(-1, False)),
    ("سيجتمعان بعد انتهاء القمة في ^سبتمبر", Outlook(1, True)),
    ("قرر المجلس العودة بعد انتهاء العطلة في ^سبتمبر", Outlook(0, False)),
    ("منذ توقيع الاتفاق في ^مارس", Outlook(-1, True)),
    ("من بعد ^مارس", Outlook(0, False)),
    ("الأراضي التي احتلوها في ^سبتمبر", Outlook(-1, True)),
    ("وصلت إلى العاصمة في ^مارس", Outlook(-1, True)),
    ("دعا إلى اجتماع طارئ ^الثلاثاء", Outlook(1, False)),
    ("دعت إلى عقد جلسة ^الخميس", Outlook(1, False)),
    ("وطلب المساعدة في ^ديسمبر بعدما استولى التنظيم على البلدة", Outlook(-1, True)),
    ("تم تشغيلها بنجاح اعتبارا من ^الأربعاء", Outlook(-1, True)),
    ("يسري القرار اعتبارا من ^الأربعاء", Outlook(1, False)),
    ("أعلنت النقابة عن تظاهرة ^الأربعاء", Outlook(1, False)),
    ("وفي ^نوفمبر، قتل 55 شخصا", Outlook(-1, True)),
    ("رفض الدعوات إلى اقتحامه ^الأحد", Outlook(1, False)),
    ("دعا الأمين العام ^الثلاثاء إلى اجتماع", Outlook(0, False)),
    ("دعا إلى هدنة في مؤتمر صحفي ^الثلاثاء", Outlook(0, False)),
    ("توجه سيغمار غابرييل إلى طهران ^الأحد", Outlook(-1, True)),
    ("رغم عدم تلقيه تعليمات بشأن التصويت ^الأربعاء", Outlook(0, False)),
    ("استمرت القمة حتى ^الأحد", Outlook(-1, True)),
    ("تبقى الجلسة مفتوحة إلى ^الخميس", Outlook(1, False)),
    ("ارتفع سعر العقود تسليم ^ديسمبر", Outlook(1, False)),
]


@pytest.mark.parametrize(("text", "expected"), OUTLOOKS, ids=[text for text, _ in OUTLOOKS])
def test_outlook_and_firmness(text: str, expected: Outlook) -> None:
    at = text.index("^")
    plain = text.replace("^", "")
    words = find_words(plain, split_sentences(plain))
    word = words.at(at)
    assert find_tense(words, word, word + 1)[:2] == expected[:2]


YEARS = [
    ("استولى المقاتلون على البلدة في سبتمبر", "2014-09"),
    ("كان الحوثيون قد سيطروا على صنعاء في أيلول", "2014-09"),
    (
        "وتحولت الأزمة إلى حرب أهلية في أواخر مارس (آذار)، حينما تقدم المقاتلون",
        "2015-03-21/2015-03-31",
    ),
    ("اتفق الطرفان على لقاء في سبتمبر", "2015-09"),
    ("أجلت المحكمة القضية إلى 8 سبتمبر", "2015-09-08"),
    ("اعتمدت اللجنة 12 أغسطس موعدا للاقتراع", "2015-08-12"),
    ("ستجرى الانتخابات في يوليو", "2016-07"),
    ("انخفضت الأسعار في يوليو", "2015-07"),
    ("سجل أدنى سعر منذ فبراير 2010 بلغه في 24 يوليو", "2010-02 2015-07-24"),
    ("- 25 مارس: مصر تشارك في التحالف", "2015-03-25"),
]


@pytest.mark.parametrize(("text", "expected"), YEARS, ids=[text for text, _ in YEARS])
def test_the_tense_picks_the_year(text: str, expected: str) -> None:
    doc = NLP(text)
    doc._.article = Article(id="t", text=text, sha256="", published=ARTICLE_DAY)
    doc._.anchor = find_anchor(doc)
    assert " ".join(found.value for found in find_dates(doc)) == expected
