"""Components are measured as OpenCV measures them."""

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from pipeline.components import Mask, ink_of, label

MASKS = arrays(
    np.uint8, array_shapes(min_dims=2, max_dims=2, max_side=40), elements=st.integers(0, 1)
)


@given(MASKS)
def test_labels_and_sizes_are_those_of_opencv(mask: Mask) -> None:
    labels, found = label(mask)
    _, expected, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    assert np.array_equal(labels, expected)
    measured = (found.left, found.top, found.width, found.height, found.area)
    assert np.array_equal(np.column_stack(measured), stats[1:])
    assert found.boxes() == [tuple(row) for row in stats[1:, :4].tolist()]


@given(MASKS)
def test_all_components_are_all_ink(mask: Mask) -> None:
    labels, found = label(mask)
    assert np.array_equal(ink_of(labels, np.ones(len(found), bool)), mask)
    assert not ink_of(labels, np.zeros(len(found), bool)).any()
