-- Views for DuckDB and PostgreSQL over the tables of docs/output.md.

-- Every budget line with who reports, where and for which year, and its serapan.
CREATE OR REPLACE VIEW wide_lines AS
SELECT d.region, t.year, d.report_kind, l.*,
       round(100 * l.realisasi / nullif(l.anggaran, 0), 2) AS serapan
FROM lines l
JOIN documents d ON d.doc_id = l.doc_id AND d.file = l.file
JOIN tables t ON t.table_id = l.table_id AND t.file = l.file;

-- The lines with an entry in the chart of accounts, or its nearest sure ancestor.
CREATE OR REPLACE VIEW account_lines AS
SELECT d.region, t.year, l.agency, l.account_scheme,
       coalesce(l.account_code, l.account_parent) AS account,
       l.account_name, l.account_score, l.name, l.anggaran, l.realisasi,
       l.line_id, l.file, l.page
FROM lines l
JOIN documents d ON d.doc_id = l.doc_id AND d.file = l.file
JOIN tables t ON t.table_id = l.table_id AND t.file = l.file
WHERE l.account_code IS NOT NULL OR l.account_parent IS NOT NULL;

-- One row a program and office of a report. Where several tables print it, the row that has its
-- realisasi counts, of those the one with the largest anggaran.
CREATE OR REPLACE VIEW serapan_by_program AS
SELECT region, year, agency, program, anggaran, realisasi,
       round(100 * realisasi / nullif(anggaran, 0), 2) AS serapan, doc_id, file, line_id
FROM (
    SELECT d.region, t.year, l.agency, l.name AS program, l.anggaran, l.realisasi, l.doc_id,
           l.file, l.line_id,
           row_number() OVER (
               PARTITION BY l.doc_id, t.year, l.agency, lower(l.name)
               ORDER BY l.realisasi IS NULL, l.anggaran DESC, l.line_id
           ) AS choice
    FROM lines l
    JOIN documents d ON d.doc_id = l.doc_id AND d.file = l.file
    JOIN tables t ON t.table_id = l.table_id AND t.file = l.file
    WHERE lower(l.name) LIKE 'program %' AND l.anggaran IS NOT NULL
) AS programs
WHERE choice = 1;

-- What is still in doubt, most money first.
CREATE OR REPLACE VIEW open_issues AS
SELECT i.rupiah_at_stake, i.severity, i.code, i.message, i.candidates, i.file, i.page,
       l.name, i."column", i.issue_id, i.line_id, i.doc_id
FROM issues i
LEFT JOIN lines l ON l.line_id = i.line_id AND l.file = i.file
WHERE i.state = 'open'
ORDER BY i.rupiah_at_stake DESC NULLS LAST, i.issue_id;
