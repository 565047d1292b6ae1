"""What the tests stand on: servers, factories, the pretend Slack wired to the bot."""
