"""How good a model's answers are: metrics with intervals, plots and slices."""

from pipeline.evaluation.labelled import evaluate_labelled, evaluate_statements
from pipeline.evaluation.matching import read_matched
from pipeline.evaluation.records import Estimate, Report, SliceScore, StanceScore
from pipeline.evaluation.sample import Sample, sample_of, sample_of_statements

__all__ = [
    "Estimate",
    "Report",
    "Sample",
    "SliceScore",
    "StanceScore",
    "evaluate_labelled",
    "evaluate_statements",
    "read_matched",
    "sample_of",
    "sample_of_statements",
]
