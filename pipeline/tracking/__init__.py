"""MLflow: one run, one registered version and the right aliases for every trained model, made once.

The store (``mlflow.db`` and ``mlartifacts/`` in the project's folder) is derived from the model folders and their
reports. It can be deleted at any time: ``track`` makes it anew from the working tree, ``track_history`` from git
and the DVC cache.
"""

from pipeline.tracking.history import track_history
from pipeline.tracking.location import model_folder_from_uri
from pipeline.tracking.summary import Tracked
from pipeline.tracking.tracker import track

__all__ = ["Tracked", "model_folder_from_uri", "track", "track_history"]
