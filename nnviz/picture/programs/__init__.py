"""The whole function that a story executes: its text in NumPy and Octave, and where in it the story is."""
