-- What a line's amounts mean: before its discount and without its tax. A discount in percent is taken of the price; where a
-- line total is what its own price comes to after the discount or with the tax, the price holds; tax inside prices goes out.
-- Gives, of a table of lines, those of which that says more than the cells do: record, discount, unit_price, gross.
create or replace macro meant_amounts(lines) as table (
    with stated as (
        select
            record,
            line_total,
            unit_price,
            abs(tax) as tax,
            has_tax_inside,
            cast(quantity as decimal(20, 6)) * unit_price as priced,
            try_cast(
                case
                    when discount_share is not null
                        then round(discount_share * abs(coalesce(quantity * unit_price, line_total)) / minor_unit(currency))
                        * minor_unit(currency)
                    -- a file that prints all its discounts below 0 means discounts
                    when quantity > 0 and not (select coalesce(bool_or(discount > 0 and quantity > 0), false) from query_table(lines)) then abs(discount)
                    else discount
                end as decimal(18, 4)
            ) as discount
        from query_table(lines)
        where line_total is not null or discount <> 0 or discount_share is not null or has_tax_inside
    ),

    grossed as (
        select
            * exclude (line_total),
            try_cast(
                case
                    when line_total is null then priced
                    when round(abs(line_total), 2) <> round(abs(priced), 2) and round(abs(line_total), 2) in (
                        round(abs(priced) - abs(discount), 2),
                        round(abs(priced) - abs(discount) + tax, 2),
                        round(abs(priced) + tax, 2)
                    ) then priced
                    else line_total
                end as decimal(18, 4)
            ) as gross
        from stated
    ),

    net_of_tax as (
        select
            *,
            case when has_tax_inside and abs(gross) > abs(discount) then tax / (abs(gross) - abs(discount)) else 0 end as tax_share
        from grossed
    ),

    netted as (
        select
            * replace (
                case when tax_share = 0 then discount else cast(discount * (1 - tax_share) as decimal(18, 4)) end as discount
            ),
            abs(gross) - abs(discount) as paid
        from net_of_tax
    )

    select
        record,
        discount,
        -- a share is no exact number: only what tax is taken out of goes through it
        case when tax_share = 0 then unit_price else try_cast(unit_price * (1 - tax_share) as decimal(18, 6)) end as unit_price,
        case when tax_share = 0 then gross else sign(gross) * (paid - tax + abs(discount)) end as gross
    from netted
);
