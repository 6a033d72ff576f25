"""The two ways in which what was asked does not happen; each message says what happened, why, and what to do."""


class Refused(Exception):
    """What was asked cannot be done; the message says why and what to do."""


class Undecided(Refused):
    """A file's days can be read in two orders; whoever can ask the user asks, and reads the file again with the answer."""


class DatabaseUnavailable(Exception):
    """The database cannot be reached, or went away; the message says why and what to do."""
