"""The ways in which what was asked does not happen; each message says what happened, why, and what to do."""


class Refused(Exception):
    """What was asked cannot be done; the message says why and what to do."""


class Unrecognised(Refused):
    """The file is a table whose columns no format knows; somebody can say which column is which."""


class Undecided(Refused):
    """Every date of the file can be read as day/month and as month/day; somebody has to say which it is."""


class DatabaseUnavailable(Exception):
    """The database cannot be reached, or went away; the message says why and what to do."""
