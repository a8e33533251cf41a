"""Drawings as SVG, made in Python: the same in a page, a briefing and a file, and the same each time."""
