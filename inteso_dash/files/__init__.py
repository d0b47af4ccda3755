"""What is shown, as files: named, sourced, with the status of every value and a hash of the data.

Two exports of the same view from the same data are the same bytes, apart from the one creation
date that `Statement` carries. Only the tables as text are loaded with this package; workbooks and
geodata are modules of their own, to be imported where they are asked for.
"""
