"""The exit codes of `nnviz`, and what a user is told of them."""

DONE = 0
NOT_LEARNT = 1  # training diverged, or the method could not go on
WRONG = 1  # the student's own code runs, and is wrong
USER_ERROR = 2
INTERRUPTED = 130  # what a shell reports after Ctrl-C
BROKEN_PIPE = 141  # and after the reader of a pipe, such as `head`, has left

WORDS = (
    f"exit codes: {DONE} done, {NOT_LEARNT} training diverged or could not go on, or the checked code is wrong, "
    f"{USER_ERROR} something is wrong with what was given, {INTERRUPTED} interrupted by Ctrl-C, "
    f"{BROKEN_PIPE} nobody reads the output any more"
)
