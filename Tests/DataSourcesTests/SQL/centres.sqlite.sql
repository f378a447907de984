SELECT
  ROUND(AVG(x_1)) AS centre_1,
  ROUND(AVG(x_2)) AS centre_2,
  ROUND(AVG(x_3)) AS centre_3
FROM (
  SELECT
    NULLIF(CAST(CASE WHEN d."visited" THEN 1 WHEN NOT d."visited" THEN 0 END AS REAL), -99.0e0) AS x_1,
    NULLIF(CASE typeof(d."age") WHEN 'integer' THEN CAST(d."age" AS REAL) WHEN 'real' THEN d."age" WHEN 'null' THEN NULL ELSE CASE WHEN trim(CAST(d."age" AS text), char(32, 9, 10, 13, 160, 12288)) IN ('', '-', '-99', 'it''s \', '−', '－') THEN NULL ELSE 9e999 END END, -99.0e0) AS x_2,
    NULLIF(CASE typeof(d."school") WHEN 'integer' THEN CAST(d."school" AS REAL) WHEN 'real' THEN d."school" WHEN 'null' THEN NULL ELSE CASE WHEN trim(CAST(d."school" AS text), char(32, 9, 10, 13, 160, 12288)) IN ('', '-', '-99', 'it''s \', '−', '－') THEN NULL ELSE 9e999 END END, -99.0e0) AS x_3
  FROM "trials"."participants" AS d
  LIMIT 1000
) AS few
