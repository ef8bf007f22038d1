"""Lessons: what one is made of, what its words and tasks read of the state, and the commands that go through it."""
