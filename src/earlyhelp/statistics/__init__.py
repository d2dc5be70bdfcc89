"""Statistics that suit public services: intervals, survival, standardised rates, inequality, funnels. Numbers in, numbers out."""
