"""Change over time: series with their breaks, two Stichtage compared, what stands out; pure."""
