"""The command line: one module a command group. Results go to standard output, progress and messages to standard error."""
