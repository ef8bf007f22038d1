"""Prediction: what a student is asked of the next step, and how an answer is judged."""
