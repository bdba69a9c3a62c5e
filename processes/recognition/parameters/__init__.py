"""The dated numbers of the rules that propose awards; a city that publishes the same key goes before them."""
