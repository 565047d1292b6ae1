"""`python -m bot` is `dealdesk`."""

from bot.cli import main

main()
