"""From reading to doing: snapshot, plan, gate, apply, ledger, schedule."""
