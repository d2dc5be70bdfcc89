"""The methods of a study, small and each with a known answer. Numbers in, numbers out: none of them reads a table."""
