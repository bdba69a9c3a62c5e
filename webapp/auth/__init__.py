"""Signing in: accounts, one-time codes, passwords, sessions."""
