"""What stands behind each command of ``vanban``: calls the rooms and prints, nothing more.

Each module is imported only when its command runs, so that the others start quickly.
"""
