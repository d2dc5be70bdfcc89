"""Studies: what helps, where need is, who is destabilised; like with like, and only what the data can carry."""
