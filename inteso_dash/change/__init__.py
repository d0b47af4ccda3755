"""Change over time: series with their breaks, two Stichtage compared, what stands out; pure."""

from __future__ import annotations

from inteso_dash.change.series import COLUMNS, Mode, breaks, declared_breaks, series, shown

__all__ = ["COLUMNS", "Mode", "breaks", "declared_breaks", "series", "shown"]
