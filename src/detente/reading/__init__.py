"""Words become records: one file a record kind, beside amounts and dates."""
