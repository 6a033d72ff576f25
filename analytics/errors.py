"""The ways in which what was asked does not happen; each message says what happened, why, and what to do."""


class Refused(Exception):
    """What was asked cannot be done; the message says why and what to do."""


class Unrecognised(Refused):
    """The file is a table whose columns no format knows; somebody can say which column is which."""


class Undecided(Refused):
    """A file's days can be read in two orders; whoever can ask the user asks, and reads the file again with the answer."""


class DatabaseUnavailable(Exception):
    """The database cannot be reached, or went away; the message says why and what to do."""


class NotAllowed(Refused):
    """Whoever asked may not do this; the message says which role may."""
