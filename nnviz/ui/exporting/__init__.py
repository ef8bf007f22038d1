"""Saving documents and animations from the window."""
