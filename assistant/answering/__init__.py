"""A reply in which every sentence rests on a quotation."""
