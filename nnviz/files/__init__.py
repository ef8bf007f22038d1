"""Files: reads what is stored and says in plain words what is wrong with it."""
