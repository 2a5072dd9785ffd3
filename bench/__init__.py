"""How fast Tenday answers, held against Bolt as its documentation shows it and against a bare hand-written bot."""
