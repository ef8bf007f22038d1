"""Lessons as text files: what may stand in one, and what is said of a wrong one."""
