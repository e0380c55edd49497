"""YAML to nouns: every problem at once, each with its line and column. The only user of yaml."""
