"""Classes, ranks, inequality, targets; pure."""
