"""Tests of imaging: each defect found, mended and otherwise left alone."""
