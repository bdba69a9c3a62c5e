"""What is said of a design, its review by a second person, the way into force, and the way back."""
