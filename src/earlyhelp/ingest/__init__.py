"""Intake without loss: from a received file to rows of the standard, with an account of every row."""
