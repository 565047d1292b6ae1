"""A pretend Slack in the browser: the whole bot to try, with no Slack account."""
