"""What the engine can be asked to show, one module a page."""
