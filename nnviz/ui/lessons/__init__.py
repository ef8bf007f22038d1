"""Lessons in the window: the list, the panel beside the drawing, and what a link points at."""
