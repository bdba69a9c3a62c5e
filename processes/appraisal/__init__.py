"""The appraisal cycle: one case per employee and quarter, one per unit, meeting by messages (PermenPANRB 6/2022)."""
