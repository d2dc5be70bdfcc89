"""The command line, one module a command group: results to standard output, progress and messages to standard error."""
