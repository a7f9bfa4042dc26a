"""The project's models on somebody's own texts and labels."""
