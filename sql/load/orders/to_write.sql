copy (
    select order_key
    from orders_plan
    where state in ('loaded', 'updated', 'reread')
) to stdout (format csv, encoding 'utf8')
