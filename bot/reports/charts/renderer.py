"""The chart engine's own process: one Vega-Lite specification a line in, one PNG (base64) a line out.

Run by engine.py as a file, so it imports nothing of Dealdesk and starts as light as Python does.
"""

import base64
import json
import os
import signal
import sys
import threading

SCALE = 2


def serve(fonts: str, idle_seconds: float) -> None:
    """Answer until standard input ends (the parent is gone) or nothing was asked for so long."""
    # Ctrl-C reaches every process of the terminal; this one ends with its parent.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever the engine prints goes to standard error; only answers go to the parent.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    import vl_convert

    vl_convert.register_font_directory(fonts)
    idle = threading.Timer(0, lambda: None)
    for line in sys.stdin:
        idle.cancel()
        try:
            png = vl_convert.vegalite_to_png(line, scale=SCALE)
            answer = {"png": base64.b64encode(png).decode("ascii")}
        except ValueError as error:
            answer = {"error": str(error)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
        # The engine holds 90 MB and more; charts come in bursts, so it leaves between them.
        idle = threading.Timer(idle_seconds, os._exit, (0,))
        idle.daemon = True
        idle.start()
    os._exit(0)


if __name__ == "__main__":
    serve(sys.argv[1], float(sys.argv[2]))
