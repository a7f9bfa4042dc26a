"""The two models behind one contract."""

from pipeline.models.contract import StanceModel, load_model

__all__ = ["StanceModel", "load_model"]
