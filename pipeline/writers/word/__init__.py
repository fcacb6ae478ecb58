"""The parts of a Word file in the official form, one file each.

``layout`` reads the form's values, ``xml`` and ``properties`` make elements in schema order,
``styles`` and ``page`` set up an empty file, ``revisions`` sets what was read against what is
written, ``comments`` puts doubts into words, ``annotations`` numbers both, ``runs`` puts words into
paragraphs, ``header``, ``title``, ``body``, ``tables`` and ``closing`` lay out blocks, ``parts``
says which go together, ``enacting`` which lines are centred, ``signatures`` which stand beside
another, ``faces`` what titles look like, ``numbering`` plans the lists that ``lists`` writes,
``marks`` finds the words where ``footnotes`` puts Word's own, ``attach`` adds a part to the file,
``package`` opens and seals it.

For a file that looks as the paper does, ``printed`` measures the document: ``rows`` are its lines,
``letters`` and ``sizes`` tell how large they are, ``lines`` how far apart, ``place``, ``stacking``
and ``margins`` where they stand, ``ornaments`` what is between them. ``look`` is what became known
of a block, and repeats it in the file.
"""
