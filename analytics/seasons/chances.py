"""Quantiles and chances of the t and F distributions; who asks for none does not wait for the library."""


def t_quantile(freedom: float, share: float) -> float:
    """The value below which such a share of a t distribution of that many degrees of freedom (one at least) lies."""
    from scipy.special import stdtrit

    return float(stdtrit(max(freedom, 1.0), share))


def f_beyond(above: float, below: float, value: float) -> float:
    """The chance of more than a value, of an F distribution of those degrees of freedom."""
    from scipy.special import fdtrc

    return float(fdtrc(above, below, max(value, 0.0)))
