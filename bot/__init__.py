"""Dealdesk: a sales CRM whose only front end is Slack."""
