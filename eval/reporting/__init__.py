"""A run for people and for machines: a table, a page, JUnit XML, a document."""
