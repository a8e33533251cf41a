"""Text comes in: plain text, HTML, JSON Lines become articles, with clear errors for what cannot be read."""
