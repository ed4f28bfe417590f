"""What staff type in the demo: the same things said in Arabic, Darija and French."""

DISTRICTS = (
    "سيدي مومن", "Sidi Bernoussi", "الحي المحمدي", "Hay Hassani", "مولاي رشيد", "سيدي عثمان", "عين الشق", "Sbata",
    "درب السلطان", "المدينة القديمة", "عين السبع", "Ben M'sick", "المعاريف", "روش نوار", "ليساسفة", "Anfa",
    "مرس السلطان", "سيدي البرنوصي", "حي مولاي رشيد", "El Oulfa", "تيط مليل", "Bouskoura",
)  # fmt: skip
EDUCATION = ("التاسعة إعدادي", "Niveau bac", "ابتدائي", "Bac", "مستوى باكالوريا", "9e AF", "Bac+2", "إعدادي")
CRITERIA = (
    "أم عازبة", "مطلقة، أسرة بدون دخل", "Veuve", "هدر مدرسي", "سكن غير لائق / هدر مدرسي", "Divorcée", "أسرة بدون دخل",
    "Mère célibataire, habitat précaire", "هجرة قروية", "معيلة أسرة", "إعاقة في الأسرة", "Exode rural + sans revenu",
)  # fmt: skip
TRACKS = {
    "school_life": ("مرافقة الحياة المدرسية", "AVS", "المساعدة المدرسية"),
    "social_life": ("مساعدة في الحياة الاجتماعية", "Auxiliaire de vie sociale", "المساعدة الاجتماعية"),
    "early_childhood": ("مربية الطفولة الصغرى", "Éducatrice petite enfance", "التعليم الأولي"),
    "nursing": ("مساعدة في التمريض", "Aide-soignante", "Aide soignante"),
}
COHORTS = {"c1": ("فوج 1", "الفوج الأول"), "c2": ("فوج 2", "Promo 2"), "c3": ("فوج 3", "فوج 3")}
STATUSES: dict[str, tuple[str, ...]] = {
    "salaried": ("مدمجة", "خدامة", "Insérée", "تشتغل", "En emploi"),
    "own_business": ("مشروع خاص", "Auto-emploi"),
    "job_lost": ("فقدت العمل", "Emploi perdu"),
    "seeking": ("تبحث عن عمل", "En recherche", "كتقلب على خدمة"),
    "home": ("ربة بيت",),
    "lost": ("تعذر الاتصال بها", "Injoignable"),
    "undated": ("مدمجة", "En poste"),
    "overdue": ("في طور التكوين",),
    "dropped": ("منقطعة", "Abandon", "انقطاع عن التكوين"),
    "softskills": ("تنمية المهارات", "Développement personnel"),
    "vocational": ("في طور التكوين", "En formation", "ف التكوين"),
    "internship": ("تدريب ميداني", "En stage"),
    "contacted": ("أول اتصال", "ملف قيد الدراسة"),
    "eligible": ("مقبولة", "لائحة الانتظار"),
    "enrolled": ("مسجلة", "Inscrite"),
    "declined": ("اعتذرت", "Désistement", "غير مستوفية للشروط", "لم تلتحق"),
}
CHECKS = {"s": ("نفس المشغل", "نعم", "Même employeur"), "w": ("نعم", "Oui"), "n": ("لا", "Non")}
