"""Results to text and bytes, in Indonesian or English."""
