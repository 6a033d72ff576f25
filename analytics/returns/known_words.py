"""The words in which platforms, returns portals and shops say why something came back and in which condition, by what they mean.

Amazon's return reasons and dispositions (their prefixes CR-, AMZ-PG- and AMZ-PG-APP- are left out), Shopify's return reasons, and
what tables of returns write in English, German, French and Spanish; in small letters, with a space for whatever stands between.
"""

# a reason, and the words that mean it; see https://shopify.dev/docs/api/admin-graphql/latest/enums/ReturnReason and
# https://sellercentral.amazon.com/help/hub/reference/external/G200453320
REASONS: dict[str, str] = {
    "too_small": """
        too small; size too small; was too small; apparel too small; small; runs small; item too small; too
        tight; tight; too short; size was too small; zu klein; zu eng; zu kurz; fällt zu klein aus; grösse zu
        klein; trop petit; trop petite; trop serré; trop court; taille trop petite; taille trop petit; demasiado
        pequeño; demasiado pequeña; muy pequeño; pequeño; talla pequeña; talla demasiado pequeña; demasiado
        corto; muy ajustado; jewelry too small
    """,
    "too_large": """
        too large; too big; size too large; was too large; apparel too large; large; runs large; item too large;
        too long; too wide; loose; too loose; size was too large; zu gross; zu weit; zu lang; fällt zu gross
        aus; grösse zu gross; trop grand; trop grande; trop large; trop long; taille trop grande; taille trop
        grand; demasiado grande; muy grande; grande; talla grande; talla demasiado grande; demasiado largo;
        jewelry too large
    """,
    "fit": """
        fit; does not fit; doesn t fit; did not fit; poor fit; bad fit; wrong size; wrong fit; not compatible;
        incompatible; part not compatible; size or fit; size; sizing; size exchange; style or fit; passt nicht;
        passform; falsche grösse; andere grösse; sitzt nicht; ne va pas; ne convient pas à la taille; taille;
        mauvaise taille; no me queda; no queda bien; talla; talla incorrecta; no le queda bien; size issue
    """,
    "damaged": """
        damaged; damage; damaged in transit; damaged in shipping; damaged by carrier; damaged by fc; carrier
        damaged; arrived damaged; broken; product and shipping box both damaged; item damaged; shipping box
        damaged; beschädigt; defekt angekommen; transportschaden; kaputt; beschädigt angekommen; endommagé;
        endommagée; abîmé; abîmé pendant le transport; cassé; dañado; dañada; roto; dañado en el transporte;
        llegó dañado; fc damaged
    """,
    "defective": """
        defective; defect; faulty; quality unacceptable; bad quality; poor quality; quality; does not work;
        doesn t work; did not work; not working; item defective or does not work; manufacturing fault; expired;
        expired item; never arrived defective; defekt; mangelhaft; fehlerhaft; qualität; schlechte qualität;
        funktioniert nicht; materialfehler; verarbeitung; défectueux; défectueuse; défaut; mauvaise qualité;
        qualité; ne fonctionne pas; defectuoso; defectuosa; mala calidad; calidad; no funciona; bad item;
        damaged or defective; jewelry battery; jewelry bad clasp; jewelry loose stone; jewelry tarnished;
        warranty
    """,
    "wrong_item": """
        wrong item; received wrong item; wrong item sent; wrong product; incorrect item; sent wrong item;
        switcheroo; mis shipped; misshipped; missing parts; missing parts or accessories; extra item; received
        extra item; wrong colour sent; falscher artikel; falsch geliefert; falschlieferung; falscher artikel
        geliefert; teile fehlen; unvollständig; mauvais article; article incorrect; erreur de livraison; pièces
        manquantes; mauvais produit; artículo equivocado; artículo incorrecto; producto equivocado; producto
        incorrecto; faltan piezas; different product; received the wrong item; jewelry no docs; jewelry no cert;
        falsches produkt
    """,
    "not_as_described": """
        not as described; item not as described; inaccurate website description; description inaccurate;
        different from description; different from photo; not as pictured; misleading description; wrong colour;
        wrong color; looks different; nicht wie beschrieben; entspricht nicht der beschreibung; anders als
        beschrieben; anders als abgebildet; non conforme; ne correspond pas à la description; non conforme à la
        description; no coincide con la descripción; no es como se describe; diferente a la descripción;
        distinto a la foto; color diferente; not as expected; not as photo; bad desc; product not italian;
        product not spanish; nicht wie erwartet
    """,
    "late": """
        late; too late; arrived late; arrived too late; missed estimated delivery; item arrived too late;
        delivery took too long; zu spät; zu spät geliefert; lieferung zu spät; kam zu spät; en retard; trop
        tard; livraison tardive; livré trop tard; arrivé trop tard; tarde; llegó tarde; demasiado tarde; entrega
        tardía
    """,
    "changed_mind": """
        changed mind; changed my mind; change of mind; unwanted; unwanted item; no longer needed; no longer
        want; no longer wanted; no reason given unwanted; did not like; didn t like; do not like; don t like;
        dislike; not needed; found better price; better price available; better price; found cheaper; gift;
        unwanted gift; gefällt nicht; nicht gefallen; artikel gefällt nicht; nicht mehr benötigt; umentschieden;
        meinung geändert; anders überlegt; günstiger gefunden; widerruf; changé d avis; ne plaît pas; ne me
        plaît pas; plus besoin; ne convient pas; trouvé moins cher; rétractation; cambio de opinión; cambié de
        opinión; no me gusta; no gusta; ya no lo necesito; ya no lo quiero; mejor precio; desistimiento; style;
        apparel style; colour; color; fabric; material; farbe; farbe gefällt nicht; material gefällt nicht;
        couleur; matière; did not like fabric; did not like color; did not like colour; did not like style;
        customer changed their mind; gefällt mir nicht
    """,
    "ordered_twice": """
        ordered twice; ordered by mistake; bought by mistake; accidental order; accidental purchase; ordered
        wrong item; bought wrong item; duplicate order; duplicate; ordered several sizes; ordered multiple
        sizes; bracketing; mistaken purchase; unauthorized purchase; fraud; doppelt bestellt; versehentlich
        bestellt; aus versehen bestellt; falsch bestellt; mehrere grössen bestellt; auswahlbestellung; commandé
        par erreur; erreur de commande; commandé deux fois; commande en double; plusieurs tailles commandées;
        pedido por error; comprado por error; pedido duplicado; pedido dos veces; misordered; ordered wrong
        size; ordered wrong style
    """,
    "undeliverable": """
        undeliverable; refused; delivery refused; not delivered; return to sender; returned to sender;
        unclaimed; never arrived; unzustellbar; annahme verweigert; nicht zustellbar; nicht abgeholt; zurück an
        absender; non distribuable; refusé; non réclamé; retour à l expéditeur; non livré; no entregable;
        rechazado; no entregado; devuelto al remitente; no reclamado
    """,
    "other": """
        other; other reason; others; misc; miscellaneous; sonstiges; sonstige; anderer grund; andere gründe;
        andere; autre; autres; autre raison; otro; otros; otra razón; otro motivo; excessive installation;
        unknown other reason
    """,
    "not_told": """
        unknown; not known; none; no reason; no reason given; not given; not specified; unspecified; customer
        return; unbekannt; kein grund; keine angabe; ohne angabe; ohne grund; inconnu; inconnue; aucune raison;
        non précisé; sans motif; desconocido; sin motivo; ninguno; no especificado
    """,
}

# a condition, and the words that mean it
CONDITIONS: dict[str, str] = {
    "sellable": """
        sellable; saleable; resellable; resaleable; new; as new; like new; unopened; unused; unworn; good; ok;
        a; grade a; perfect; pristine; with tags; neu; neuwertig; wie neu; verkäuflich; wiederverkäuflich; a
        ware; ungeöffnet; ungetragen; unbenutzt; einwandfrei; gut; i o; neuf; neuve; comme neuf; comme neuve;
        vendable; revendable; bon état; non ouvert; nuevo; nueva; como nuevo; como nueva; vendible; sin abrir;
        sin usar; buen estado; bueno
    """,
    "opened": """
        opened; open box; box opened; packaging damaged; packaging opened; without packaging; no tags; tags
        removed; b; grade b; b stock; geöffnet; verpackung beschädigt; verpackung geöffnet; ohne verpackung;
        ohne etikett; b ware; ouvert; emballage abîmé; emballage ouvert; sans emballage; sans étiquette;
        abierto; caja abierta; embalaje dañado; sin embalaje; sin etiqueta
    """,
    "used": """
        used; worn; washed; stained; dirty; soiled; customer damaged; damaged by customer; unsellable customer
        damaged; c; grade c; gebraucht; getragen; gewaschen; verschmutzt; benutzt; gebrauchsspuren; vom kunden
        beschädigt; c ware; porté; portée; utilisé; usagé; lavé; sale; taché; endommagé par le client; usado;
        usada; lavado; sucio; manchado; dañado por el cliente
    """,
    "damaged": """
        damaged; damage; broken; carrier damaged; warehouse damaged; distributor damaged; fc damaged; damaged by
        carrier; unsellable; not sellable; unsaleable; not resellable; scrap; write off; beschädigt; kaputt;
        unverkäuflich; nicht verkäuflich; transportschaden; ausschuss; endommagé; endommagée; cassé; abîmé;
        invendable; dañado; dañada; roto; no vendible; invendible
    """,
    "defective": """
        defective; defect; faulty; does not work; not working; defekt; mangelhaft; fehlerhaft; défectueux;
        défectueuse; en panne; defectuoso; defectuosa; averiado
    """,
    "expired": """
        expired; best before passed; abgelaufen; périmé; caducado; vencido
    """,
    "other": """
        other; others; sonstiges; andere; autre; otro; otros
    """,
    "not_told": """
        unknown; not known; not specified; unspecified; pending; not inspected; to be checked; in inspection;
        unbekannt; keine angabe; ungeprüft; in prüfung; inconnu; non précisé; à contrôler; desconocido; no
        especificado; por revisar
    """,
}
