"""Slack comes in: one module a noun. A handler parses, calls one service or report, and answers with a
view.
"""
