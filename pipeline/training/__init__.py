"""The room that makes the data of ``dictionaries/`` from text: language model and confusion models.

Only counts and weights leave it, never text. The same corpus gives the same bytes. Nothing but the
command line imports it.
"""
