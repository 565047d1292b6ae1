"""What is true of sales: money, dates, stages, results of reports. Pure: no SQL, no Slack, no clock."""
