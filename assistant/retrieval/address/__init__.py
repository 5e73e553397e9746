"""Notices and their units found by what they are called: 文号, 标题, 第三条, （一）, a heading."""

from assistant.retrieval.address.book import AddressBook
from assistant.retrieval.address.doc_numbers import named_numbers

__all__ = ["AddressBook", "named_numbers"]
