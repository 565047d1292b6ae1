"""A pretend Slack in the browser.

The same bot as for a real one, only Slack's address and the clock replaced.
"""
