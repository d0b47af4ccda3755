"""The Streamlit application: its server, its frame and its pages."""

SEARCH_ROUTE = "suche"
"""Where the server answers what is typed into the search."""
