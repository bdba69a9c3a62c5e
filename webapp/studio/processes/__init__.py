"""The processes of a city, and what is going on with each."""
