"""Waypost: one thread for a youth justice service."""
