"""Maps and charts as pictures for paper and slides: SVG, PNG and PDF, drawn without a browser.

They show the same view as the screen, with its classes, colours and statuses. Matplotlib is loaded
with this package, so pages import it where a picture is asked for.
"""
