"""Training: what somebody needs, who is nominated, what was learnt and what it changed."""
