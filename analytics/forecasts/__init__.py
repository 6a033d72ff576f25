"""Forecasts of any table of series: plain functions on numbers, no database."""
