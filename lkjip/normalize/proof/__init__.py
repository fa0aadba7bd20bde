"""The parts of the ledger: hints, tree, sums, repair."""
