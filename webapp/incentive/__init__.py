"""Allowances (TPP): the month of each unit, everybody's slip, corrections and disputes."""
