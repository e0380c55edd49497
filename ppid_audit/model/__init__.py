"""The nouns of the field. Frozen, stdlib only; ``ls`` this folder and you have the vocabulary."""
