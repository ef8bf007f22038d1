"""See, touch and check every number of forward and back propagation."""

__version__ = "0.1.0"
