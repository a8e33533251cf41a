"""An article's text becomes sentences, words, names, quotations and attributions."""
