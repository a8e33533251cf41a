"""The record becomes a model: situation, one model a file."""
