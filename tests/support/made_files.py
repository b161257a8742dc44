"""A small record with something for each page of the files: agreements, talks, bodies, measures, naming, sources."""

from __future__ import annotations

from made_readings import make_reading

from mahdar.model import Reading


def file_readings() -> list[Reading]:
    """Return readings that tell of an agreement and its breach, a round, a committee, aid, detainees and names."""
    return [
        make_reading(
            "توقيع في موسكو\n\nوقع لافروف والجبير اتفاق الدوحة في موسكو برعاية كيري. ينص الاتفاق على فتح الطرق."
            " وقال كيري إن الحوثيين خرقوا اتفاق الدوحة.",
            publisher="aawsat",
            published="2015-08-04",
            events=[
                {
                    "type": "AGREE",
                    "trigger": "وقع",
                    "who": ("sergey-lavrov", "adel-al-jubeir"),
                    "place": "moscow",
                    "time": "2015-08-03",
                    "subtype": "signed",
                    "processes": ("yemen-talks",),
                    "details": (
                        ("sponsor", "john-kerry", "كيري"),
                        ("provision", "فتح الطرق", "فتح الطرق"),
                        ("signed", "2015-08-03", "وقع"),
                    ),
                }
            ],
            statements=[
                {
                    "who": ["john-kerry"],
                    "cue": "وقال",
                    "content": "إن الحوثيين خرقوا اتفاق الدوحة",
                    "act": "accuse",
                }
            ],
            instruments=[("اتفاق الدوحة", "doha-accord", "breached", "houthis")],
        ),
        make_reading(
            "جولة في الدوحة\n\nعقد لافروف وكيري جولة جديدة في الدوحة. وستعقد جولة ثانية في موسكو الأسبوع المقبل.",
            publisher="okaz",
            published="2015-08-05",
            events=[
                {
                    "type": "NEGOTIATE",
                    "trigger": "عقد",
                    "who": ("sergey-lavrov", "john-kerry"),
                    "place": "doha",
                    "time": "2015-08-04",
                    "processes": ("yemen-talks",),
                    "details": (("round", "new", "جديدة"), ("track", "doha", "الدوحة")),
                },
                {
                    "type": "NEGOTIATE",
                    "trigger": "وستعقد",
                    "who": ("sergey-lavrov", "john-kerry"),
                    "place": "moscow",
                    "time": "2015-08-12",
                    "modality": "planned",
                    "processes": ("yemen-talks",),
                },
            ],
        ),
        make_reading(
            "لجنة وقوائم\n\nشكل لافروف وكيري لجنة مشتركة لمراقبة الهدنة. وطلب الجبير إدراج الحوثيون في قائمة الإرهاب.",
            publisher="sabq",
            published="2015-08-05",
            arrangements=[
                {
                    "kind": "body",
                    "type": "committee",
                    "name": "لجنة مشتركة",
                    "status": "formed",
                    "time": "2015-08-05",
                    "processes": ("yemen-talks",),
                    "details": (
                        ("name", "لجنة مشتركة", "لجنة مشتركة"),
                        ("member", "sergey-lavrov", "لافروف"),
                        ("mandate", "لمراقبة الهدنة", "لمراقبة الهدنة"),
                    ),
                },
                {
                    "kind": "listing",
                    "type": "terrorist-list",
                    "name": "قائمة الإرهاب",
                    "status": "proposed",
                    "modality": "demanded",
                    "details": (
                        ("lister", "adel-al-jubeir", "الجبير"),
                        ("listed", "houthis", "الحوثيون"),
                    ),
                },
            ],
        ),
        make_reading(
            "قافلة وإفراج\n\nأدخلت رويترز قافلة مساعدات إلى تعز. وأفرج الحوثيون عن 30 معتقلا في عدن."
            " ووصفت الصحيفة الحوثيين بالمتمردين.",
            publisher="okaz",
            published="2015-08-06",
            events=[
                {
                    "type": "AID",
                    "trigger": "أدخلت",
                    "who": ("reuters",),
                    "place": "taiz",
                    "time": "2015-08-06",
                    "subtype": "delivery",
                    "details": (("quantity", "1 convoys", "قافلة"),),
                },
                {
                    "type": "RELEASE",
                    "trigger": "وأفرج",
                    "who": ("houthis",),
                    "place": "aden",
                    "time": "2015-08-06",
                    "subtype": "release",
                    "details": (
                        ("persons", "30", "30 معتقلا"),
                        ("category", "detainees", "معتقلا"),
                    ),
                },
            ],
            naming=[("بالمتمردين", "houthis", None)],
            agency=("spa",),
        ),
    ]
