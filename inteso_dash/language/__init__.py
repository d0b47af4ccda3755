"""How numbers, dates, signs, statuses and findings are read and written."""
