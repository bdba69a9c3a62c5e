"""What pages ask about careers."""
