"""The student's own code: run in a process of its own on small networks, and compared with the slope of J."""
