"""绩效自评表: compute, check and mail the budget performance self-evaluation table."""

__version__ = "0.1.0"
