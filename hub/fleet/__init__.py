"""The hub's side of the machines in the halls: enrolment, keys, the files they fetch."""
