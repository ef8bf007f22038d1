"""Exercises to be worked on paper, with their solutions, as PDF, LaTeX and Markdown."""
