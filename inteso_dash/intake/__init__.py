"""Deliveries: a file from a statistical office becomes a table of the data folder."""

from inteso_dash.intake.draft import Answers, Draft, Drawn, Surroundings, draft
from inteso_dash.intake.folder import Overlap, RefusedError, Stored, stamp, store, surroundings
from inteso_dash.intake.tidy import Stamp
from inteso_dash.recognise import Question

__all__ = [
    "Answers",
    "Draft",
    "Drawn",
    "Overlap",
    "Question",
    "RefusedError",
    "Stamp",
    "Stored",
    "Surroundings",
    "draft",
    "stamp",
    "store",
    "surroundings",
]
