"""What is said when a user stops a command."""

STOPPED_MESSAGE = "stance: stopped; earlier outputs are unchanged."
STOPPED = 130  # as a shell counts a process that an interrupt ended
READER_GONE = 141  # and one that a closed pipe ended
