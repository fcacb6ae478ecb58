"""Makes the truth and the damaged scans of the sample documents from their hand-written sources.

What always holds: the same source gives the same bytes (fixed seeds, no time stamps) with the same
versions of Pillow, numpy and the typeface; the truth depends on the source alone.
"""
