"""What the user has set up and done: one immutable state, the commands that replace it, undo and redo. No Qt."""
