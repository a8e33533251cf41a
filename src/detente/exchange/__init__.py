"""Records leave and come back: one file a format."""
