-- WooCommerce's order statuses under one name, whichever exporter printed them: with wc- before them, as the shop's own
-- words, or in its language. A shop's own further statuses stay as they are.
create or replace macro woocommerce_status(value) as
    case
        when regexp_replace(lower(trim(value)), '^wc-', '') in (
            'pending', 'pending payment', 'zahlung ausstehend', 'ausstehende zahlung', 'attente paiement', 'pendiente de pago'
        ) then 'pending'
        when regexp_replace(lower(trim(value)), '^wc-', '') in ('failed', 'fehlgeschlagen', 'échouée', 'échoué', 'fallido') then 'failed'
        when regexp_replace(lower(trim(value)), '^wc-', '') in (
            'cancelled', 'canceled', 'storniert', 'abgebrochen', 'annulée', 'annulé', 'cancelado'
        ) then 'cancelled'
        when regexp_replace(lower(trim(value)), '^wc-', '') in (
            'refunded', 'rückerstattet', 'erstattet', 'remboursée', 'remboursé', 'reembolsado'
        ) then 'refunded'
        else replace(regexp_replace(lower(trim(value)), '^wc-', ''), ' ', '-')
    end;

-- WooCommerce's own reports leave these out: nothing was sold, or not yet.
create or replace macro woocommerce_counts(status) as
    coalesce(status, '') not in ('pending', 'failed', 'cancelled', 'trash', 'draft', 'checkout-draft', 'auto-draft');
