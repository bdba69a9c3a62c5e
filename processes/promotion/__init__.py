"""Careers: posts and what they ask for, credit scores, promotion in rank and to posts, talent."""
