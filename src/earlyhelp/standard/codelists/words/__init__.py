"""What the words in a council's own code words say: one module a code list, written from general knowledge of the field."""
