"""One folder a capability: the diagram and everything only it needs."""
