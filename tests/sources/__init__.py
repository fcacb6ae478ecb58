"""Tests of sources: files to pages, and every bad file named."""
