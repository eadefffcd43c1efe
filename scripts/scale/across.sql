-- The look across files: of receipts of single files, in a table `receipts` with the columns of a row of the register,
-- the status of each among all others, and why. Runs as it is on DuckDB and on Apache Spark.
WITH sound AS (
    SELECT file, digest, kid, assessment, revision, pack, period_kind, period_from, period_to, unit_key,
           FIRST_VALUE(file) OVER (
               PARTITION BY digest
               ORDER BY CASE own_status WHEN 'verified' THEN 0 ELSE 1 END, kid, file
           ) AS kept
    FROM receipts
    WHERE own_status IN ('verified', 'unknown_key')
),
-- of each content one file counts; of each form of a unit the highest revision
single AS (
    SELECT *, MAX(revision) OVER (PARTITION BY kid, assessment, unit_key) AS highest
    FROM sound
    WHERE file = kept
),
latest AS (
    SELECT * FROM single WHERE revision = highest
),
-- of those that are left, files with one group and different marks contradict each other
member AS (
    SELECT 1 AS kind, CONCAT_WS(CHR(31), kid, pack, period_kind, period_from, period_to, unit_key) AS grp,
           assessment AS mark, file, digest
    FROM latest
    UNION ALL
    SELECT 2 AS kind, CONCAT_WS(CHR(31), kid, assessment) AS grp, unit_key AS mark, file, digest
    FROM latest
    UNION ALL
    SELECT 3 AS kind, CONCAT_WS(CHR(31), kid, assessment, unit_key) AS grp, digest AS mark, file, digest
    FROM latest
),
marked AS (
    SELECT *,
           DENSE_RANK() OVER (PARTITION BY kind, grp ORDER BY mark) AS mark_rank,
           ROW_NUMBER() OVER (PARTITION BY kind, grp, mark ORDER BY file, digest) AS place,
           COUNT(*) OVER (PARTITION BY kind, grp) AS members,
           COUNT(*) OVER (PARTITION BY kind, grp, mark) AS own
    FROM member
),
contradicting AS (
    SELECT * FROM marked WHERE members > own
),
-- three of the others are named
other AS (
    SELECT a.kind, a.grp, a.file, a.digest, a.members - a.own AS others, b.file AS other_file,
           ROW_NUMBER() OVER (
               PARTITION BY a.kind, a.grp, a.file, a.digest ORDER BY b.file, b.digest
           ) AS nth
    FROM contradicting a
    JOIN contradicting b ON a.kind = b.kind AND a.grp = b.grp AND a.mark <> b.mark
    WHERE b.mark_rank <= 4 AND b.place <= 3
),
conflict AS (
    SELECT kind, file, digest, MAX(others) AS others, COUNT(*) AS named,
           MAX(CASE WHEN nth = 1 THEN other_file END) AS first_file,
           MAX(CASE WHEN nth = 2 THEN other_file END) AS second_file,
           MAX(CASE WHEN nth = 3 THEN other_file END) AS third_file,
           ROW_NUMBER() OVER (PARTITION BY file, digest ORDER BY kind DESC) AS nth_kind
    FROM other
    WHERE nth <= 3
    GROUP BY kind, grp, file, digest
),
found AS (
    SELECT file, digest, 'duplicate' AS status, CONCAT('same content as ', kept) AS why
    FROM sound
    WHERE file <> kept
    UNION ALL
    SELECT file, digest, 'superseded' AS status, CONCAT('revision ', CAST(highest AS VARCHAR(20)), ' is here') AS why
    FROM single
    WHERE revision < highest
    UNION ALL
    SELECT file, digest, 'conflict' AS status,
           CONCAT(
               CASE kind
                   WHEN 1 THEN 'another form of this unit and period is in '
                   WHEN 2 THEN 'the same form names another unit in '
                   ELSE 'this revision of the form has other content in '
               END,
               CONCAT_WS(', ', first_file, second_file, third_file),
               CASE WHEN others > named THEN CONCAT(' and ', CAST(others - named AS VARCHAR(20)), ' more') ELSE '' END
           ) AS why
    FROM conflict
    WHERE nth_kind = 1
)
SELECT receipts.*,
       COALESCE(found.status, receipts.own_status) AS status_across,
       CASE
           WHEN found.why IS NULL THEN receipts.own_detail
           WHEN receipts.own_detail IS NULL THEN found.why
           ELSE CONCAT(found.why, '; ', receipts.own_detail)
       END AS detail_across
FROM receipts
LEFT JOIN found ON receipts.file = found.file AND receipts.digest = found.digest
