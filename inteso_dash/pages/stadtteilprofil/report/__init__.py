"""The Kurzprofil of an area on paper: one page of figures, one of method and sources, as PDF."""
