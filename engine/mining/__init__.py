"""What the journals of many cases say together: how often, how long, where again, and as logs for other programs."""
