"""The pages of reports: what several rooms know together."""
