"""The Streamlit application: its server, its frame and its pages."""
