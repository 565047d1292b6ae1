"""Logs: one line an event, JSON where nobody watches, with no secret in it."""

import logging
import sys

import structlog

_LIBRARIES = ("slack_bolt", "slack_sdk", "werkzeug", "apscheduler", "alembic", "sqlalchemy")


def set_up_logs(*, machine_readable: bool | None = None) -> None:
    """Write events to standard error: coloured for a terminal, JSON else.

    Libraries are quiet: what matters of them is said by Dealdesk itself. A line at level error means an
    error of ours; bad input is at most a warning.
    """
    as_json = not sys.stderr.isatty() if machine_readable is None else machine_readable
    # Tracebacks go without the values of variables: tokens and what people typed are among them.
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    )
    processors: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if as_json:
        transformer = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        processors.append(structlog.processors.ExceptionRenderer(transformer))
    structlog.configure(
        processors=[*processors, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    # What libraries log comes as lines of the same kind.
    libraries = logging.StreamHandler(sys.stderr)
    libraries.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *processors],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(handlers=[libraries], level=logging.WARNING)
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.CRITICAL)
