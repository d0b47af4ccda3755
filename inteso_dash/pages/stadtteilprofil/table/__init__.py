"""Profiles as real HTML tables: values beside comparisons, their rank and place among all areas.

What the tables say is pure and stands on paper too; `component` draws them in the browser and is
the only module that loads Streamlit.
"""
