"""One module for each resource: its reference, its snapshot and its nested types."""
