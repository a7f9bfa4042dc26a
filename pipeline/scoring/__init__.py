"""Extracted statements + the champion -> the table of who said what with which stance."""
