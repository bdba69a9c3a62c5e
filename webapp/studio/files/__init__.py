"""The files of a design as scripts read, save and check them."""
