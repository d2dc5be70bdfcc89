"""One module a page: a function from a request to what the page shows."""
