"""How fast nnviz is, against PyTorch and against what cannot be avoided."""
