"""The same reading over shards, processes, a cluster."""
