-- Google Ads reports -> ads (rows as ad_spend.sql reads them). Total rows begin with "Total: " in the report's language, in
-- its first column, and have no campaign; where the campaign is the first column, a total says of what it is one and has
-- neither status nor day, so that a campaign may be called "Total: Wine".
create or replace view ads as
select
    *,
    'google' as platform_name,
    (
        campaign is null
        and regexp_matches(
            concat_ws('|', status, day, week, month, account, account_id, search_term, ad_group, keyword, sku, device, network),
            '(?i)^(total|totals|gesamt|insgesamt|summe|totale|totaux)\s?:'
        )
    ) or (
        status is null and coalesce(day, week, month) is null and campaign_id is null
        and regexp_full_match(
            campaign,
            '(?i)(total|gesamt|insgesamt|summe|totale|totaux)\s?:\s*(filtered |all |gefilterte |toutes les |todas las )?'
            || '(campaigns?|account|ad groups?|keywords?|search keywords|search terms|ads|products?|search|display|display network'
            || '|shopping|video|app|performance max|demand gen|smart|discovery|hotel|local|local services|drafts|experiments'
            || '|kampagnen?|konto|anzeigengruppen|suchnetzwerk|displaynetzwerk|suchbegriffe|campagnes?|compte|groupes d.annonces'
            || '|campañas?|cuenta|grupos de anuncios|búsqueda|campagne|account|gruppi di annunci|réseau de recherche|rete di ricerca'
            || '|ricerca)'
        )
    ) as is_total
from source;
