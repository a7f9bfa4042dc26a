"""Two models side by side: paired tests, costs, and the champion."""

from pipeline.comparison.champion import choose_champion
from pipeline.comparison.cost import Cost, measure
from pipeline.comparison.page import comparison_page
from pipeline.comparison.paired import compare_models
from pipeline.comparison.records import Choice, Comparison

__all__ = ["Choice", "Comparison", "Cost", "choose_champion", "compare_models", "comparison_page", "measure"]
