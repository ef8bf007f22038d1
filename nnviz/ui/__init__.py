"""The window: everything that knows Qt, and nothing else does."""

import builtins

import PySide6.QtCore  # noqa: F401

# PySide puts itself before every import and reads the source of what is imported, to see whether it may ask for other
# names of Qt's methods. Nothing here does, and the window stands 6 ms sooner if nobody looks.
if builtins.__import__ is vars(builtins).get("__feature_import__"):
    builtins.__import__ = vars(builtins)["__orig_import__"]
