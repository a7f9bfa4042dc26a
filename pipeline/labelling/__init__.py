"""Annotations and labelling functions -> labels, and a report on their quality."""
