"""A company's own job architecture as tables: read from CSV or YAML, checked, made RDF; and written back.

`columns` says which tables there are and what their columns mean. `reading.import_table` and
`tabulating.export_table` are what others call, `templates` writes empty tables to fill in.
"""
