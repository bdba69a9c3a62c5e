"""Pages of the appraisal cycle: why a result is what it is, the people whom one rates, and the quarters of the city."""
