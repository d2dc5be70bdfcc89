"""From staged feeds to the standard tables and what is put together from them, ready to count."""
