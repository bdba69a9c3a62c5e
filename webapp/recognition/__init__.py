"""Recognition: thanks among colleagues, the register of good ideas, and awards from the nomination to the decree."""
