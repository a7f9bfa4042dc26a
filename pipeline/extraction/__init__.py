"""Articles -> statements: a sieve of rules over quotation marks, verbs of saying and noun phrases."""

from pipeline.extraction.articles import read_article
from pipeline.extraction.extractor import extract

__all__ = ["extract", "read_article"]
