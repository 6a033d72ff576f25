-- Microsoft Advertising reports -> ads (rows as ad_spend.sql reads them). A total and a copyright line stand at the end. By
-- what the rows are added up stands above the header: a time period is then the first day of a week or a month.
create or replace view ads as
select
    s.* replace (
        case when coalesce(f.grain, '') not in ('weekly', 'monthly', 'yearly') then s.day end as day,
        coalesce(s.week, case when f.grain = 'weekly' then s.day end) as week,
        coalesce(s.month, case when f.grain = 'monthly' then s.day end) as month,
        coalesce(s.year, case when f.grain = 'yearly' then s.day end) as year
    ),
    'microsoft' as platform_name,
    regexp_matches(
        concat_ws('|', s.account_id, s.account, s.campaign_id, s.campaign, s.day, s.first_day, s.week, s.month, s.status),
        '(?i)^(©|\(c\) ?[0-9]{4}|@20[0-9]{2})|microsoft corporation'
    )
    or (
        coalesce(s.campaign, 'Total') in ('Total', 'Gesamt', 'Grand total', 'Summe')
        and (s.campaign is null or coalesce(s.day, s.first_day, s.week, s.month, s.campaign_id, s.account_id, s.status) is null)
        and (
            coalesce(s.day, s.first_day, s.campaign_id, s.status) is null
            or regexp_matches(
                concat_ws('|', s.account_id, s.account, s.campaign_id, s.day, s.first_day, s.week, s.month, s.status),
                '(?i)^(grand )?(total|gesamt|summe)\b'
            )
        )
    ) as is_total
from source as s
cross join ad_file as f;
