"""What a message says: the facts stated in it, of whom, each with the person's own words."""
