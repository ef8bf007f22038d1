"""How the story tells a step with a planted mistake: the wrong formula, in numbers, words and code; marked as such.

A kind of step has one row in each of the tables here. The window's start does without them.
"""
