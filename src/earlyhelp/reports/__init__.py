"""Reports: what leaves as a file for people to read or for others to load."""
