"""Labelled statements -> train, validation and test."""
