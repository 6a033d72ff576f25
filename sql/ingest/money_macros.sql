-- What payment providers' exports share: the order in what is written beside a payment, and times in UTC.

-- An order's number as it stands in words: "Order #1001", "Bestellung 1001", "WC-1001", "My shop - Order 1001", "#1001"; else the
-- whole, if it is nothing but a number or a code. The # that some shops put before it is left out (see view fees_counted).
create or replace macro order_in(words) as coalesce(
    nullif(
        regexp_extract(
            words,
            '(?i)(?:order|bestellung|bestell|auftrag|commande|pedido|ordine|receipt|rechnung|invoice|facture|factura|fattura|wc|woo)'
            || '(?:[ -]?(?:id|number|no\.?|nr\.?|nummer|n[°º]|num\.?|numéro|número|numero))?[ \x{00A0}]*[-:_#=]*[ \x{00A0}]*#?'
            || '([A-Z]{0,4}-?[0-9][0-9A-Za-z-]*)',
            1
        ),
        ''
    ),
    nullif(regexp_extract(words, '#([A-Za-z]{0,4}-?[0-9][0-9A-Za-z-]*)', 1), ''),
    case when regexp_full_match(trim(words), '[A-Za-z]{0,4}-?[0-9][0-9-]{0,24}') then trim(words) end
);

-- The order's number in a shop's own note for a payment: a plugin writes {"order_id":1001,"order_number":"1001","order_key":"wc_order_x"}.
create or replace macro order_in_note(note) as coalesce(
    nullif(regexp_extract(note, '(?i)"order_?number" *: *"?#?([0-9A-Za-z-]+)', 1), ''),
    nullif(regexp_extract(note, '(?i)"order_?id" *: *"?#?([0-9A-Za-z-]+)', 1), ''),
    case when not contains(note, '{') then order_in(note) end
);

-- A moment in UTC in the shop's own time, where that is known.
create or replace macro from_utc(moment) as
    case
        when getvariable('time_zone') is not null then timezone(getvariable('time_zone'), timezone('UTC', moment))
        else moment
    end;

-- An amount in words: two decimals, more only where they say something.
create or replace macro cents(amount) as regexp_replace(cast(cast(amount as decimal(18, 4)) as varchar), '0{1,2}$', '');
