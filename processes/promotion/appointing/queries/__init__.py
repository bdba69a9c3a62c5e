"""What pages ask about decrees of appointment."""
