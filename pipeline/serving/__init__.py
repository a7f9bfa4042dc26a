"""The model behind HTTP, for programs in other languages and on other machines."""
