"""Sheets that people fill in: written as XLSX or CSV, and read back however a spreadsheet has left them."""
