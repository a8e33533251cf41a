"""The pages: each takes what an address asks, and gives what there is to show."""
