"""Many files at once: which there are, who works on them, what comes out.

What always holds: every page of every input ends as output or as a named failure; an output file
appears whole or not at all; a failure costs its own page or document and nothing else; the number
of tasks in flight is bounded, so memory does not grow with the number of files.

The package imports nothing by itself, so that a worker can set its environment before heavy
libraries start their threads.
"""
