"""The diagram of a design as a picture."""
