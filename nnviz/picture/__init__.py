"""What the screen, a file and the terminal show of a place in the story, as plain data and text."""
