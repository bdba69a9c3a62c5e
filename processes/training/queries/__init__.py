"""What pages, services and commands ask about training: plain functions with frozen answers."""
