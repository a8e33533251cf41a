"""How the weights were made: readers of the data, the model, the loop, export, evaluation, and the card."""
