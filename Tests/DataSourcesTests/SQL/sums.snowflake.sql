WITH nudge_rows AS (
  SELECT
    COALESCE(CAST(d."ARM" AS VARCHAR), '') AS key_1,
    COALESCE(CAST(d."市町村" AS VARCHAR), '') AS key_2,
    NULLIF(CAST(CASE WHEN d."VISITED" THEN 1 WHEN NOT d."VISITED" THEN 0 END AS DOUBLE), CAST('-99.0e0' AS DOUBLE)) AS x_1,
    NULLIF(CAST(d."AGE" AS DOUBLE), CAST('-99.0e0' AS DOUBLE)) AS x_2,
    NULLIF(CAST(d."SCHOOL" AS DOUBLE), CAST('-99.0e0' AS DOUBLE)) AS x_3
  FROM "TRIALS"."PARTICIPANTS" AS d
),
nudge_parts AS (
  SELECT
    key_1,
    key_2,
    CASE WHEN (x_2 >= CAST('34.0e0' AS DOUBLE) AND x_2 <= CAST('49.5e0' AS DOUBLE)) THEN 1 ELSE 0 END AS test_1,
    CASE WHEN (x_3 IN (CAST('1.0e0' AS DOUBLE), CAST('2.0e0' AS DOUBLE)) OR (x_3 <= CAST('0.0e0' AS DOUBLE))) THEN 1 ELSE 0 END AS test_2,
    x_1,
    x_2,
    x_3,
    CASE WHEN (x_3 IS NULL OR ABS(x_3) <= CAST('1e+308' AS DOUBLE)) THEN 0 ELSE 1 END AS not_numbers,
    CASE WHEN x_3 NOT IN (CAST('0.0e0' AS DOUBLE), CAST('1.0e0' AS DOUBLE)) THEN 1 ELSE 0 END AS not_binaries
  FROM nudge_rows
),
nudge_deviations AS (
  SELECT
    key_1,
    key_2,
    test_1,
    test_2,
    not_numbers,
    not_binaries,
    x_1 AS d_1,
    x_2 - CAST('41.0e0' AS DOUBLE) AS d_2,
    x_3 - CAST('1.5e0' AS DOUBLE) AS d_3
  FROM nudge_parts
),
nudge_sums AS (
  SELECT
    key_1,
    key_2,
    test_1,
    test_2,
    COUNT(*) AS n_rows,
    SUM(not_numbers) AS not_numbers,
    SUM(not_binaries) AS not_binaries,
    COUNT(CASE WHEN d_1 IS NOT NULL AND d_2 IS NOT NULL THEN 1 END) AS n_1,
    SUM(CASE WHEN d_2 IS NOT NULL THEN d_1 END) AS s_1_1,
    SUM(CASE WHEN d_2 IS NOT NULL THEN d_1 * d_1 END) AS c_1_1_1,
    SUM(CASE WHEN d_1 IS NOT NULL THEN d_2 END) AS s_1_2,
    SUM(d_2 * d_1) AS c_1_2_1,
    SUM(CASE WHEN d_1 IS NOT NULL THEN d_2 * d_2 END) AS c_1_2_2
  FROM nudge_deviations
  GROUP BY key_1, key_2, test_1, test_2
)
SELECT
  '46a8d47205e5' AS request,
  COALESCE(NULLIF(NULLIF(NULLIF(NULLIF(NULLIF(TRIM(key_1, ' \t\n\r\u00a0\u3000'), '-'), '-99'), 'it\'s \\'), '−'), '－'), '') AS key_1,
  COALESCE(NULLIF(NULLIF(NULLIF(NULLIF(NULLIF(TRIM(key_2, ' \t\n\r\u00a0\u3000'), '-'), '-99'), 'it\'s \\'), '−'), '－'), '') AS key_2,
  test_1,
  test_2,
  n_rows,
  not_numbers,
  not_binaries,
  n_1,
  CAST('0.0e0' AS DOUBLE) + s_1_1 / NULLIF(n_1, 0) AS mean_1_1,
  CAST('41.0e0' AS DOUBLE) + s_1_2 / NULLIF(n_1, 0) AS mean_1_2,
  c_1_1_1 - s_1_1 * s_1_1 / NULLIF(n_1, 0) AS product_1_1_1,
  c_1_2_1 - s_1_2 * s_1_1 / NULLIF(n_1, 0) AS product_1_2_1,
  c_1_2_2 - s_1_2 * s_1_2 / NULLIF(n_1, 0) AS product_1_2_2
FROM nudge_sums
