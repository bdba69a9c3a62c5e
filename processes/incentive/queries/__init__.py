"""What pages ask about allowances and attendance."""
