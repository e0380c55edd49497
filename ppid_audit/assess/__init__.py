"""Sites to findings: the judge. Pure."""
