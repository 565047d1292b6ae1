"""What people may do: verbs, one module a noun. A service takes session, actor, values and `now`; never
commits.
"""
