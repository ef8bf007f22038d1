"""The panels beside the board: what is set up, on the left, and what is being computed, on the right."""
