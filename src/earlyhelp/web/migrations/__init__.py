"""How the tables of `models` came to be."""
