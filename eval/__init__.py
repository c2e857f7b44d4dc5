"""Scorers of every quality that sayso claims, and the gate that holds their floors."""
