"""The metrics of forecasts, each once; analytics/metrics.py joins them to the others."""

from analytics.metric import Metric

VIEW_METRICS: tuple[Metric, ...] = (
    Metric("forecast_units", "Units forecast", "what the steps ahead are expected to sell, added up; it is what would be asked for with stock in place.", "count"),
    Metric("share_at_location", "Of its product", "units forecast of a product at a location ÷ those of it at all locations.", "percent"),
    Metric("naive_units", "Guess from last year, units", "what the same weeks of last year would make of the steps ahead, added up.", "count"),
    Metric("model_units", "Models alone, units", "what the models expect of the steps ahead, added up, without what people said.", "count"),
    Metric("forecast_units_low", "Units forecast at least", "the lower end of the 80 % interval of the units forecast, from how far sums were off in the past.", "count"),
    Metric("forecast_units_high", "Units forecast at most", "the upper end of the 80 % interval of the units forecast, from how far sums were off in the past.", "count"),
    Metric("units_year_before", "Units a year before", "units sold in the same weekdays 364 days earlier.", "count"),
    Metric("forecast_net_sales", "Net sales forecast", "what the steps ahead are expected to bring, added up, on the clock of orders."),
    Metric("forecast_net_sales_low", "Net sales forecast at least", "the lower end of the 80 % interval of the net sales forecast, from how far sums were off in the past."),
    Metric("forecast_net_sales_high", "Net sales forecast at most", "the upper end of the 80 % interval of the net sales forecast, from how far sums were off in the past."),
    Metric("net_sales_year_before", "Net sales a year before", "net sales of the same weekdays 364 days earlier, on the clock of orders."),
    Metric("forecast_change", "Against a year before", "forecast ÷ what was sold in the same weekdays 364 days earlier − 1.", "percent"),
    Metric("usual_miss", "Its kind was missed by", "the error (WAPE) of series of its level and kind of demand when they were held against the past.", "percent", "down"),
    Metric("wape", "Missed by (WAPE)", "Σ |forecast − what came| ÷ Σ |what came|, of weeks or days that the forecast did not know; those out of stock or marked do not count.", "percent", "down"),
    Metric("naive_wape", "Last year's guess missed by", "the same error of guessing what came a season before.", "percent", "down"),
    Metric("forecast_bias", "Bias", "Σ (forecast − what came) ÷ Σ what came: above 0 too much was said.", "percent"),
    Metric("coverage_80", "Inside the 80 % band", "share of what came that lay inside of the 80 % interval; it should be 80 %.", "percent"),
    Metric("coverage_95", "Inside the 95 % band", "share of what came that lay inside of the 95 % interval; it should be 95 %.", "percent"),
    Metric("model_weight", "Weight in ours", "the share that a model has in the mean which ours is, chosen by how the models did in the past.", "percent"),
    Metric("series_held", "Series held against the past", "series of the kind whose past was forecast as if it were not known.", "count"),
    Metric("units_said", "Units said", "units that were forecast then for the weeks that came since, added up.", "count"),
    Metric("units_came", "Units that came", "units sold in the weeks since then, also where it was out of stock.", "count"),
    Metric("net_sales_said", "Net sales said", "net sales that were forecast then for the weeks that came since, added up."),
    Metric("net_sales_came", "Net sales that came", "net sales of the weeks since then, on the clock of orders."),
    Metric("stock_needed", "Stock that is enough", "the upper end of the 80 % interval of the units of all weeks: enough in nine of ten cases.", "count"),
    Metric("planned_change", "Change by the plan", "as planned ÷ as forecast − 1.", "percent"),
)  # fmt: skip
