WITH nudge_rows AS (
  SELECT
    COALESCE(CAST(d.`arm` AS STRING), '') AS key_1,
    COALESCE(CAST(d.`市町村` AS STRING), '') AS key_2,
    NULLIF(CAST(CASE WHEN d.`visited` THEN 1 WHEN NOT d.`visited` THEN 0 END AS DOUBLE), -99.0e0D) AS x_1,
    NULLIF(CASE WHEN typeof(d.`age`) = 'string' THEN raise_error('nudge: text where a number is needed: age') ELSE CAST(d.`age` AS DOUBLE) END, -99.0e0D) AS x_2,
    NULLIF(CASE WHEN typeof(d.`school`) = 'string' THEN raise_error('nudge: text where a number is needed: school') ELSE CAST(d.`school` AS DOUBLE) END, -99.0e0D) AS x_3
  FROM `trials`.`participants` AS d
),
nudge_parts AS (
  SELECT
    key_1,
    key_2,
    CASE WHEN (x_2 >= 34.0e0D AND x_2 <= 49.5e0D) THEN 1 ELSE 0 END AS test_1,
    CASE WHEN (x_3 IN (1.0e0D, 2.0e0D) OR (x_3 <= 0.0e0D)) THEN 1 ELSE 0 END AS test_2,
    x_1,
    x_2,
    x_3,
    CASE WHEN (x_3 IS NULL OR ABS(x_3) <= 1e+308D) THEN 0 ELSE 1 END AS not_numbers,
    CASE WHEN x_3 NOT IN (0.0e0D, 1.0e0D) THEN 1 ELSE 0 END AS not_binaries
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
    x_2 - 41.0e0D AS d_2,
    x_3 - 1.5e0D AS d_3
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
  COALESCE(NULLIF(NULLIF(NULLIF(NULLIF(NULLIF(btrim(key_1, ' \t\n\r\u00a0\u3000'), '-'), '-99'), 'it\'s \\'), '−'), '－'), '') AS key_1,
  COALESCE(NULLIF(NULLIF(NULLIF(NULLIF(NULLIF(btrim(key_2, ' \t\n\r\u00a0\u3000'), '-'), '-99'), 'it\'s \\'), '−'), '－'), '') AS key_2,
  test_1,
  test_2,
  n_rows,
  not_numbers,
  not_binaries,
  n_1,
  0.0e0D + s_1_1 / NULLIF(n_1, 0) AS mean_1_1,
  41.0e0D + s_1_2 / NULLIF(n_1, 0) AS mean_1_2,
  c_1_1_1 - s_1_1 * s_1_1 / NULLIF(n_1, 0) AS product_1_1_1,
  c_1_2_1 - s_1_2 * s_1_1 / NULLIF(n_1, 0) AS product_1_2_1,
  c_1_2_2 - s_1_2 * s_1_2 / NULLIF(n_1, 0) AS product_1_2_2
FROM nudge_sums
