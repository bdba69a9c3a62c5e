"""Changes of the appraisal cycle that are no task of a diagram."""
