"""Speakers whom only the verb of saying before them tells."""

from __future__ import annotations

import pytest

from mahdar.pipeline import load_engine


@pytest.fixture(scope="module")
def read():
    """Return a function that gives the entities and statements of a text."""
    engine = load_engine()

    def read_text(text):
        doc = engine(text)
        return doc._.entities, doc._.statements

    return read_text


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("وقال موظف في البلدية إن الطريق مغلقة.", "موظف", id="one-without-name"),
        pytest.param("وأفادت شاهدة بأن الدورية انسحبت ليلا.", "شاهدة", id="woman"),
        pytest.param(
            "ودعا المعتصمون إلى محاسبة المسؤولين عن الحادث.", "المعتصمون", id="sound-plural"
        ),
        pytest.param("وأوضحت نتائج الاستطلاع أن الأغلبية تؤيد الهدنة.", "نتائج", id="paper"),
        pytest.param("وذكرت مجلة «المرفأ» أن المفاوضات توقفت.", "مجلة «المرفأ", id="name-in-marks"),
        pytest.param("وأكد عدد من سكان القرية أن القصف توقف.", "عدد من سكان القرية", id="quantity"),
    ],
)
def test_new_speaker(read, text, speaker):
    entities, statements = read(text)
    said = {e.id: e for e in entities}
    assert len(statements) == 1
    (who,) = statements[0].speakers
    spans = [text[m.start : m.end] for m in said[who].mentions]
    assert any(span.startswith(speaker.split()[0]) and speaker in span + "»" for span in spans)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("وقال متسائلا إن الأمر غريب.", id="circumstance"),
        pytest.param("وأكد ضرورة وقف القتال فورا.", id="object"),
        pytest.param(
            "وطالبا رجال الدين بالصبر على الأذى.", id="dual-verb-has-its-subject-before-it"
        ),
    ],
)
def test_no_speaker_made(read, text):
    # «رجال الدين» is an entity of the names stage; none that it lacks may be made, nor a source.
    before, _ = read("حضر رجال الدين.")
    entities, _ = read(text)
    assert {e.key for e in entities if e.type == "ORG"} <= {e.key for e in before}
    assert not any(e.source for e in entities)


def test_definite_noun_goes_back_to_its_body(read):
    text = "أعلن صندوق النقد الدولي برنامجا جديدا.\nوأكد الصندوق أن البرنامج يبدأ قريبا."
    entities, statements = read(text)
    fund = next(e for e in entities if any(m.kind == "named" for m in e.mentions))
    assert statements[-1].speakers == (fund.id,)


def test_title_is_joined_to_its_holder(read):
    text = "وأكد قائد المنطقة العسكرية الرابعة في مدينة عدن اللواء أحمد اليافعي أن المعارك مستمرة."
    entities, statements = read(text)
    (who,) = statements[0].speakers
    speaker = next(e for e in entities if e.id == who)
    assert "أحمد اليافعي" in [text[m.start : m.end] for m in speaker.mentions]


@pytest.mark.parametrize(
    ("text", "speaker", "medium"),
    [
        pytest.param(
            "ونقلت وكالة رويترز عن مصادر عسكرية أن الجيش تقدم.", "مصادر", "رويترز", id="handed-on"
        ),
        pytest.param(
            "وقالت وكالة رويترز نقلا عن مصادر عسكرية إن الجيش تقدم.",
            "مصادر",
            "رويترز",
            id="quoting-another",
        ),
    ],
)
def test_words_handed_on(read, text, speaker, medium):
    entities, statements = read(text)
    said = {e.id: " ".join(text[m.start : m.end] for m in e.mentions) for e in entities}
    assert len(statements) == 1
    assert speaker in said[statements[0].speakers[0]]
    assert medium in said[statements[0].via[0]]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "وقتل خمسة جنود في كمين قرب الحدود، كما أعلنت وزارة الدفاع.", id="as-announced"
        ),
        pytest.param(
            "وقتل خمسة جنود في كمين قرب الحدود، حسبما أفادت وزارة الدفاع.", id="according"
        ),
    ],
)
def test_report_before_who_tells_it(read, text):
    entities, statements = read(text)
    ministry = next(e for e in entities if "وزارة" in text[e.mentions[0].start : e.mentions[0].end])
    assert [s.speakers for s in statements] == [(ministry.id,)]
    content = statements[0].content[0]
    assert text[content.start : content.end] == "قتل خمسة جنود في كمين قرب الحدود"


def test_headline_speaker_is_whom_the_text_names(read):
    text = "وزيرة ألمانية تحذر من موجة لجوء\n\nحذرت وزيرة الدفاع الألمانية أورسولا فون دير لاين من موجة لجوء جديدة."
    entities, statements = read(text)
    headline, below = statements[:2]
    assert headline.speakers == below.speakers
    speaker = next(e for e in entities if e.id == below.speakers[0])
    assert any(m.kind == "named" for m in speaker.mentions)


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        pytest.param("وقال مسؤول يمني لصحيفة الحياة إن الوفد غادر مسقط.", "interview", id="told"),
        pytest.param(
            "وقالت مصادر عسكرية، بحسب ما نقلت وكالة رويترز، إن الغارات توقفت.",
            "unknown",
            id="carried",
        ),
    ],
)
def test_medium_told_or_carrying(read, text, setting):
    _, statements = read(text)
    assert [(len(s.via), s.setting) for s in statements] == [(1, setting)]
