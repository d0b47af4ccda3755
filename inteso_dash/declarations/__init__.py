"""What a data folder may declare, as immutable objects: levels, indicators, sources, tables."""

from __future__ import annotations
