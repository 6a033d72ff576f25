-- Rows of advertising (the view ads, made by each platform's script) -> ad_spend_new (one row a campaign, or a part of one, and
-- a day or a longer span that is never spread), records, rejects and file_notices. Rows of one campaign and day are added:
-- campaigns may share a name, and reports may be cut by device, age or hour.

create or replace view ad_lines as
select * replace (coalesce(is_total, false) and not is_blank as is_total)
from ads;

-- What a row of the report is: the finest thing that it names.
create or replace table ad_level as
select
    case
        when count(search_term) > 0 then 'search_term'
        when count(sku) > 0 then 'product'
        when count(ad) + count(ad_id) + count(keyword) + count(targeting) > 0 then 'ad'
        when count(ad_group) + count(ad_group_id) > 0 then 'ad_group'
        when count(campaign) + count(campaign_id) > 0 then 'campaign'
        else 'account'
    end as level,
    count(campaign) + count(campaign_id) > 0 as has_campaigns
from ad_lines
where not is_total and not is_blank;

-- The days of each row, told by one of several columns; each span once, as reading it is long.
create or replace table ad_spans_said as
with said as (
    select distinct
        case
            when day is not null then 'day'
            when week is not null then 'week'
            when month is not null then 'month'
            when quarter is not null then 'quarter'
            when year is not null then 'year'
            when first_day is not null then 'ends'
            when date_range is not null then 'range'
        end as grain,
        trim(coalesce(day, week, month, quarter, year, first_day, date_range)) as span_text,
        case when coalesce(day, week, month, quarter, year) is null then trim(last_day) end as last_text
    from ad_lines
    where not is_total and not is_blank
),

cut as (
    select
        *,
        case
            when grain = 'day' then [span_text, span_text]
            when grain = 'ends' then [span_text, coalesce(last_text, span_text)]
            when grain = 'year' and regexp_full_match(span_text, '20[0-9]{2}') then [span_text || '-01-01', span_text || '-01-01']
            else ends_said(first_of_named(regexp_replace(span_text, '(?i)^(week of|woche vom|semaine du|semana del)\s+', '')))
        end as ends
    from said
)

select
    *,
    -- one day names the week, month, quarter or year that begins on it
    grain in ('week', 'month', 'quarter', 'year') and ends[1] = ends[2] as is_begin
from cut;

create or replace table ad_spans as
with readings as (
    select
        said,
        cast(to_moment(said, getvariable('day_first')) as date) as day
    from (select distinct unnest(ends) as said from ad_spans_said)
),

read as (
    select
        s.grain,
        s.span_text,
        s.last_text,
        case when s.is_begin and s.grain <> 'week' then date_trunc(s.grain, a.day)::date else a.day end as first_day,
        case
            when not s.is_begin then b.day
            when s.grain = 'week' then a.day + 6
            when s.grain = 'month' then (date_trunc('month', a.day) + interval 1 month - interval 1 day)::date
            when s.grain = 'quarter' then (date_trunc('quarter', a.day) + interval 3 month - interval 1 day)::date
            when s.grain = 'year' then (date_trunc('year', a.day) + interval 1 year - interval 1 day)::date
        end as last_day
    from ad_spans_said as s
    left join readings as a on s.ends[1] = a.said
    left join readings as b on s.ends[2] = b.said
)

-- Where weeks and months run over the report's own ends, they end there; a row without days has the report's.
select
    r.grain,
    r.span_text,
    r.last_text,
    case
        when r.span_text is null then f.span
        when
            r.grain in ('week', 'month', 'quarter', 'year') and f.span is not null
            and r.first_day <= f.span[2] and r.last_day >= f.span[1]
            then [greatest(r.first_day, f.span[1]), least(r.last_day, f.span[2])]
        else [r.first_day, r.last_day]
    end as span
from read as r
cross join ad_file as f;

-- Each number once, for the same reason.
create or replace table ad_numbers as
select
    value,
    to_number(or_none(value), getvariable('decimal_comma')) as number
from (select distinct unnest([spend, impressions, clicks, conversions, revenue, roas]) as value from ad_lines)
where value is not null;

create or replace table typed as
with read as (
    select
        a.*,
        or_none(a.spend) as spend_text,
        spend.number as spend_number,
        impressions.number as impressions_number,
        clicks.number as clicks_number,
        conversions.number as conversions_number,
        revenue.number as revenue_number,
        roas.number as roas_number,
        trim(coalesce(a.day, a.week, a.month, a.quarter, a.year, a.first_day, a.date_range)) as span_text,
        case when coalesce(a.day, a.week, a.month, a.quarter, a.year) is null then trim(a.last_day) end as last_text
    from ad_lines as a
    left join ad_numbers as spend on a.spend = spend.value
    left join ad_numbers as impressions on a.impressions = impressions.value
    left join ad_numbers as clicks on a.clicks = clicks.value
    left join ad_numbers as conversions on a.conversions = conversions.value
    left join ad_numbers as revenue on a.revenue = revenue.value
    left join ad_numbers as roas on a.roas = roas.value
)

select
    r.record,
    r.is_blank,
    r.is_total,
    not r.is_total and not r.is_blank and r.spend_text is null
    and coalesce(r.impressions_number, 0) = 0 and coalesce(r.clicks_number, 0) = 0 as is_undelivered,
    r.platform_name as platform,
    coalesce(case when not is_rounded(r.account_id) then to_code(r.account_id, false) end, trim(r.account)) as account,
    -- a list made by hand may name some campaigns, and tell the rest of a platform in one row
    case when f.source = 'ad_spend' and r.campaign is null then 'account' else l.level end as level,
    l.has_campaigns and f.source <> 'ad_spend' as has_campaigns,
    case when not is_rounded(r.campaign_id) then to_code(r.campaign_id, false) end as campaign_id,
    is_rounded(r.campaign_id) as has_rounded_id,
    nullif(trim(r.campaign), '') as campaign,
    nullif(concat_ws(' › ', trim(r.ad_group), trim(coalesce(r.ad, r.ad_id)), trim(r.keyword), trim(r.targeting), trim(r.search_term)), '')
        as part,
    concat_ws(
        '|', coalesce(to_code(r.ad_group_id, false), trim(r.ad_group)), coalesce(to_code(r.ad_id, false), trim(r.ad)), trim(r.keyword),
        trim(r.targeting), trim(r.match_type), trim(r.search_term), trim(r.sku)
    ) as part_key,
    to_code(r.sku, false) as sku,
    r.span_text,
    s.span,
    coalesce(upper(trim(r.currency)), f.currency, getvariable('currency')) as currency,
    coalesce(r.currency, f.currency) is not null as has_currency,
    r.spend_text,
    r.spend_number as spend,
    r.impressions_number as impressions,
    r.clicks_number as clicks,
    r.conversions_number as conversions,
    coalesce(r.revenue_number, cast(round(r.roas_number * r.spend_number, 4) as decimal(18, 6))) as revenue,
    coalesce(trim(r.attribution), f.attribution) as attribution,
    hash(concat_ws('|', r.device, r.network, r.age, r.gender, r.country, r.placement, r.hour)) as cut,
    {
        'impressions': or_none(r.impressions), 'clicks': or_none(r.clicks), 'conversions': or_none(r.conversions),
        'revenue': or_none(r.revenue)
    } as text
from read as r
cross join ad_level as l
cross join ad_file as f
left join ad_spans as s on r.span_text is not distinct from s.span_text and r.last_text is not distinct from s.last_text;

-- TikTok prints few of something as <5: how many is unknown, and no fault.
create or replace macro is_no_number(value, number) as
    value is not null and number is null and not regexp_full_match(trim(value), '<\s?[0-9]+');

create or replace table rejects as
select
    record,
    bad.column_name,
    bad.value,
    bad.reason
from (
    select
        record,
        unnest([
            {
                'column_name': 'campaign', 'value': cast(null as varchar),
                'is_bad': has_campaigns and campaign is null and campaign_id is null,
                'reason': 'the campaign is missing'
            },
            {
                'column_name': 'day', 'value': span_text, 'is_bad': coalesce(span[1] is null or span[2] is null or span[1] > span[2], true),
                'reason': case
                    when span_text is null then 'the day is missing'
                    when span[1] > span[2] then 'it ends before it begins'
                    else 'this is not a day, nor a span of days that can be read in one way only'
                end
            },
            {
                'column_name': 'spend', 'value': spend_text, 'is_bad': coalesce(spend < 0, true),
                'reason': case
                    when spend_text is null then 'the amount is missing: unknown is not 0'
                    when spend < 0 then 'spend cannot be below 0'
                    else 'this is not an amount'
                end
            },
            {
                'column_name': 'currency', 'value': currency, 'is_bad': not regexp_full_match(currency, '[A-Z]{3}'),
                'reason': 'this is not a three-letter currency'
            },
            {
                'column_name': 'impressions', 'value': text['impressions'],
                'is_bad': is_no_number(text['impressions'], impressions), 'reason': 'this is not a number'
            },
            {
                'column_name': 'clicks', 'value': text['clicks'], 'is_bad': is_no_number(text['clicks'], clicks),
                'reason': 'this is not a number'
            },
            {
                'column_name': 'conversions', 'value': text['conversions'],
                'is_bad': is_no_number(text['conversions'], conversions), 'reason': 'this is not a number'
            },
            {
                'column_name': 'revenue', 'value': text['revenue'],
                'is_bad': text['revenue'] is not null and revenue is null, 'reason': 'this is not an amount'
            }
        ]) as bad
    from typed
    where not is_blank and not is_total and not is_undelivered
)
where bad.is_bad;

create or replace table keyed as
select
    t.*,
    concat_ws(
        '|', platform, coalesce(account, ''), level, coalesce('#' || campaign_id, campaign, ''),
        case when length(part_key) > 200 then md5(part_key) else part_key end, span[1], span[2]
    ) as spend_key
from typed as t
where not t.is_blank and not t.is_total and not t.is_undelivered and t.record not in (select record from rejects);

-- Amounts in two currencies are never added.
insert into rejects
select
    record,
    'currency' as column_name,
    currency as value,
    'another row of this campaign and day is in ' || first_currency as reason
from (
    select
        record,
        currency,
        first_value(currency) over (partition by spend_key order by record) as first_currency
    from keyed
)
where currency <> first_currency;

create or replace table records as
select
    t.record,
    case
        when t.is_blank or t.is_total or t.is_undelivered then 'ignored'
        when t.record in (select record from rejects) then 'rejected'
        -- with an id, and where something was shown, two rows that say the very same are one row told twice
        when
            k.campaign_id is not null and k.impressions > 0 and k.spend > 0
            and row_number() over (
                partition by k.spend_key, k.cut, k.currency, k.spend, k.impressions, k.clicks, k.conversions, k.revenue order by t.record
            ) > 1
            then 'duplicate'
        else 'fact'
    end as state
from typed as t
left join keyed as k on t.record = k.record;

create or replace table ad_spend_new as
select
    k.spend_key,
    k.platform,
    k.account,
    k.level,
    k.campaign_id,
    coalesce(
        arg_max(k.campaign, k.record), k.campaign_id, case when k.level = 'account' then 'All campaigns' else 'Campaign not told' end
    ) as campaign,
    arg_max(k.part, k.record) as part,
    arg_max(k.sku, k.record) as sku,
    k.span[1] as first_day,
    k.span[2] as last_day,
    arg_max(k.currency, k.record) as currency,
    cast(sum(k.spend) as decimal(18, 6)) as spend,
    case when count(*) = count(k.impressions) then cast(sum(k.impressions) as decimal(18, 6)) end as impressions,
    case when count(*) = count(k.clicks) then cast(sum(k.clicks) as decimal(18, 6)) end as clicks,
    case when count(*) = count(k.conversions) then cast(sum(k.conversions) as decimal(18, 6)) end as conversions,
    case when count(*) = count(k.revenue) then cast(sum(k.revenue) as decimal(18, 6)) end as attributed_revenue,
    arg_max(k.attribution, k.record) as attribution,
    count(*) as rows
from keyed as k
inner join records as r on k.record = r.record
where r.state = 'fact'
group by k.spend_key, k.platform, k.account, k.level, k.campaign_id, k.span;

create or replace macro rows_said(number) as case when number = 1 then '1 row' else format('{:,} rows', number) end;

create or replace table file_notices as
with facts as (
    select
        count(*) as facts,
        coalesce(sum(rows) - count(*), 0) as added,
        count(*) filter (where first_day < last_day) as spans,
        count(*) filter (where level = 'search_term') as terms,
        max(strftime(first_day, '%Y-%m-%d') || ' to ' || strftime(last_day, '%Y-%m-%d')) filter (where first_day < last_day) as a_span
    from ad_spend_new
),

counts_said as (
    select
        count(*) filter (where is_total) as totals,
        count(*) filter (where is_undelivered) as undelivered,
        count(*) filter (where has_rounded_id) as rounded,
        count(*) filter (where not is_blank and not is_total and not has_currency) as without_currency,
        count(*) filter (
            where not is_total and (starts_with(trim(text['impressions']), '<') or starts_with(trim(text['conversions']), '<'))
        ) as few
    from typed
),

said as (
    select
        f.facts = 0 and (select count(*) from rejects) = 0 as is_said,
        'This export holds no spend of any campaign, so nothing was loaded. If there was some, export it again for other days.'
            as notice
    from facts as f
    union all
    select
        r.without_currency > 0 and f.facts > 0 and getvariable('currency') <> 'XXX',
        'The file does not say its currency: its amounts are taken as ' || getvariable('currency') || '.'
    from counts_said as r
    cross join facts as f
    union all
    select
        totals > 0 and (select facts > 0 from facts),
        rows_said(totals) || ' of totals left out: their campaigns stand beside them.'
    from counts_said
    union all
    select
        undelivered > 0,
        rows_said(undelivered) || ' without an amount left out: nothing was shown.'
    from counts_said
    union all
    select
        rounded > 0,
        rows_said(rounded) || ' with a campaign id that a spreadsheet has rounded, which is no key: their campaigns are told by their names.'
    from counts_said
    union all
    select
        few > 0,
        rows_said(few) || ' with a number so small that the platform does not print it; it is unknown, not 0.'
    from counts_said
    union all
    select
        added > 0,
        rows_said(added) || ' with the campaign and days of another row: their amounts are added, as campaigns may share a name and a '
        || 'report may be cut finer.'
    from facts
    union all
    select
        spans > 0,
        rows_said(spans) || ' for more than a day (' || a_span || '), kept as a whole and spread over no days: export the report by day to '
        || 'see days.'
    from facts
    union all
    select
        terms > 0,
        'Search terms are a part of their campaigns: they are kept, and never counted as spend. Import the report of campaigns for that.'
    from facts
)

select notice
from said
where is_said;
