"""Texts -> predictions."""

from pipeline.prediction.predictor import Predictor, load_predictor

__all__ = ["Predictor", "load_predictor"]
