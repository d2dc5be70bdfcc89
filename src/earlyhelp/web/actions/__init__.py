"""What is done when a form is sent: each action takes keyword arguments, changes things and records it."""
