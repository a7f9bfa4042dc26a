"""The one error that a user is meant to read."""


class StanceError(Exception):
    """A mistake that a user can mend: one sentence saying what, where and what to do.

    Commands print the sentence and leave with a code that is not 0; they never print a traceback for it.
    """
