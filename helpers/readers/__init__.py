"""One file a format: bytes in, decoded text and declared metadata out."""
