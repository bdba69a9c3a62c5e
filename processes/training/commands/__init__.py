"""What people and the night change about training."""
