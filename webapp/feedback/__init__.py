"""Feedback among colleagues: give it, correct it, and read what is for oneself.

Who may read what is the rule of `processes.appraisal.colleagues` (PermenPANRB 6/2022 Ps 18): the employee reads the
words only, and only once they cannot give their writer away or his result has been handed over. The appraiser reads
them beside the rating tasks; his line and the personnel staff see who wrote them on the page that explains a result.
"""
