"""Recognition: awards, praise between colleagues, innovations."""
