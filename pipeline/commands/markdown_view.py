"""Markdown on a terminal."""

import sys


def print_markdown(text: str) -> None:
    """Render Markdown where somebody looks at a terminal; print it as it is into a pipe or file."""
    if not sys.stdout.isatty():
        sys.stdout.write(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))
