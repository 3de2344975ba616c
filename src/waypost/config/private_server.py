"""The private server: to be written."""
