"""Articles made for tests of search."""

from __future__ import annotations

from made_readings import make_reading

from mahdar.model import Reading

ARTICLES: dict[str, Reading] = {
    "truce": make_reading(
        "هدنة إنسانية في تعز\nأعلن الجبير أن الهدنة في تعز تبدأ غدا، وبالهدنة ترحب روسيا."
        " وقال مسئولون إنّ وقف إطلاق النار شامل.",
        article_id="truce",
        publisher="aawsat",
        published="2015-07-25",
        statements=[
            {
                "who": ["adel-al-jubeir"],
                "cue": "أعلن",
                "content": "الهدنة في تعز تبدأ غدا",
                "act": "pledge",
            }
        ],
        events=[
            {
                "type": "CEASEFIRE",
                "trigger": "الهدنة",
                "who": ["adel-al-jubeir"],
                "place": "taiz",
                "time": "2015-07-26",
                "processes": ["yemen"],
            }
        ],
    ),
    "meeting": make_reading(
        "لقاء في الدوحة\nالتقى كيري لافروف في الدوحة، وناقشا مفاوضات السلام وقرارات مجلس الأمن."
        " ولم يحضر الجبير.",
        article_id="meeting",
        publisher="okaz",
        published="2015-08-03",
        agency=["reuters"],
        events=[
            {
                "type": "MEET",
                "trigger": "التقى",
                "who": ["john-kerry", "sergey-lavrov"],
                "place": "doha",
                "time": "2015-08-03",
            }
        ],
    ),
    "again": make_reading(
        "كيري يلتقي لافروف\nالدوحة: التقى الوزير كيري نظيره لافروف أمس وبحثا وقف الأعمال القتالية.",
        article_id="again",
        publisher="sabq",
        published="2015-08-04",
        events=[
            {
                "type": "MEET",
                "trigger": "التقى",
                "who": ["john-kerry", "sergey-lavrov"],
                "place": "doha",
                "time": "2015-08-03",
            }
        ],
    ),
    "names": make_reading(
        "أسماء\nحضر الحسن والحسين، وغاب سليمان عن عدن؛ وحضر ٢٥ خبيرا من NATO و José.",
        article_id="names",
        publisher="okaz",
        published="2015-08-05",
    ),
    "signs": make_reading(
        "عنوان ' \" \\ ; -- *\nنص فيه 'اقتباس' و\"آخر\" وشرطة\\مائلة؛ الـهُـدْنَـةُ بدأت ﻫﺪﻧﺔ کبیرة.",
        article_id="signs",
        publisher="sabq",
        published="2015-08-06",
    ),
}
