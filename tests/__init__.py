"""The tests. They mirror src/detente; what they share stands here."""
