-- Which product or category a campaign is for from now on; no kind gives back what its name says.
insert into campaign_products (store_id, platform, campaign, kind, value, said_by)
values (:store_id, :platform, :campaign, :kind, :value, :said_by)
