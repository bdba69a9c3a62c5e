"""The forms of a design: built, tried out and looked at as those see them who fill them in."""
