"""Classes, ranks, inequality, targets, indices; pure."""
