"""The process as a list of steps in reading order, each of which can be changed: an equal of the drawing."""
