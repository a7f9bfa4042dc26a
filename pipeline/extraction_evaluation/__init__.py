"""How well the extraction finds statements and their speakers, against articles whose statements people marked."""

from pipeline.extraction_evaluation.gold_articles import GoldArticle, read_gold_articles
from pipeline.extraction_evaluation.report import ExtractionReport, evaluate_extraction

__all__ = ["ExtractionReport", "GoldArticle", "evaluate_extraction", "read_gold_articles"]
