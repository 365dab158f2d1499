"""Readers of other people's data: releases of O*NET and ESCO, tables of one's own, schema.org.

An importer is a function of a `releases.Release` and a `reports.Report`. It yields lines of N-Triples, so
that nothing but the row at hand need be in memory, and counts in the report what it read and found odd.
`writing.write` takes the lines to a file or to an on-disk store: all of them, or nothing.
"""
