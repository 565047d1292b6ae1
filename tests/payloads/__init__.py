"""A validator of Slack payloads written from Slack's public reference alone.

It shares no code and no numbers with the bot's views or with the pretend Slack of the playground: where one
of them misreads the reference, this one still objects. Sources: docs.slack.dev/reference (Block Kit, views,
interaction payloads, methods, message metadata, formatting) and the signatures of slack_sdk.WebClient.
"""
