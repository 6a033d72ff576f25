"""The two ways in which what was asked does not happen; each message says what happened, why, and what to do."""


class Refused(Exception):
    """What was asked cannot be done; the message says why and what to do."""


class DatabaseUnavailable(Exception):
    """The database cannot be reached, or went away; the message says why and what to do."""
