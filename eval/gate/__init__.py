"""Keeps changes that make the product worse from passing unnoticed."""
