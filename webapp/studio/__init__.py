"""The studio: process owners change how the city works."""
