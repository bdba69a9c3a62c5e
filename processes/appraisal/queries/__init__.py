"""What the appraisal cycle can be asked to show, one module a page."""
