"""How tables name what a product weighs, with the unit in the cell, in a column of its own, or in the header; see synonyms.py."""

# our column: English, German, French, Spanish; the first English name is the one that templates carry
NAMES: dict[str, tuple[tuple[str, ...], ...]] = {
    "weight": (
        ("weight", "unit weight", "item weight", "product weight", "shipping weight", "net weight", "gross weight"),
        ("gewicht", "stückgewicht", "artikelgewicht", "versandgewicht", "nettogewicht", "bruttogewicht"),
        ("poids", "poids unitaire", "poids net", "poids brut"),
        ("peso", "peso unitario", "peso neto", "peso bruto"),
    ),
    "weight_unit": (("weight unit", "unit of weight"), ("gewichtseinheit",), ("unité de poids",), ("unidad de peso",)),
    "weight_g": (
        ("weight (g)", "weight g", "weight in g", "weight (grams)", "weight grams", "grams"),
        ("gewicht (g)", "gewicht in g", "gramm"),
        ("poids (g)", "poids en g", "grammes"),
        ("peso (g)", "peso en g", "gramos"),
    ),
    "weight_kg": (
        ("weight (kg)", "weight kg", "weight in kg"),
        ("gewicht (kg)", "gewicht in kg"),
        ("poids (kg)", "poids en kg"),
        ("peso (kg)", "peso en kg"),
    ),
    "weight_lb": (
        ("weight (lb)", "weight (lbs)", "weight lb", "weight lbs", "weight in lbs", "weight (pounds)"),
        ("gewicht (lbs)", "gewicht (lb)"),
        ("poids (lbs)", "poids (lb)"),
        ("peso (lbs)", "peso (lb)"),
    ),
    "weight_oz": (
        ("weight (oz)", "weight oz", "weight in oz", "weight (ounces)"),
        ("gewicht (oz)",),
        ("poids (oz)",),
        ("peso (oz)",),
    ),
}
