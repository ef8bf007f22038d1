"""Data of the user's own: opened from files, typed, drawn or made by a rule."""
