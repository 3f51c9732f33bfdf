"""What stands around every page: frame, server."""
