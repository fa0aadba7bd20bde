"""OCR engines behind one small protocol: rapidocr, tesseract, none, and replay for tests."""
