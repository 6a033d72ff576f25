"""stub"""


def show(*a):
    pass
