"""What help costs, what it may be worth, and what a cut would cost: unit costs, spending, cost-benefit, scenarios."""
