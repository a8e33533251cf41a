"""Records are kept: store, search, judgements, the questions asked of them."""
