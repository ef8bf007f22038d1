"""The story of an example as a file: what is said at every step, written as text, table, values or pages."""
