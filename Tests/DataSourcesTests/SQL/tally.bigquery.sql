WITH nudge_rows AS (
  SELECT
    COALESCE(NULLIF(NULLIF(NULLIF(NULLIF(NULLIF(TRIM(CAST(d.`arm` AS STRING), ' \t\n\r\u00a0\u3000'), '-'), '-99'), 'it\'s \\'), '−'), '－'), '') AS key_1,
    COALESCE(NULLIF(NULLIF(NULLIF(NULLIF(NULLIF(TRIM(CAST(d.`市町村` AS STRING), ' \t\n\r\u00a0\u3000'), '-'), '-99'), 'it\'s \\'), '−'), '－'), '') AS key_2,
    NULLIF(CAST(CASE WHEN d.`visited` THEN 1 WHEN NOT d.`visited` THEN 0 END AS FLOAT64), -99.0e0) AS x_1,
    NULLIF(CAST(d.`age` + 0 AS FLOAT64), -99.0e0) AS x_2,
    NULLIF(CAST(d.`school` + 0 AS FLOAT64), -99.0e0) AS x_3
  FROM `trials`.`participants` AS d
),
nudge_parts AS (
  SELECT
    key_1,
    key_2,
    CASE WHEN (x_2 >= 34.0e0 AND x_2 <= 49.5e0) THEN 1 ELSE 0 END AS test_1,
    CASE WHEN (x_3 IN (1.0e0, 2.0e0) OR (x_3 <= 0.0e0)) THEN 1 ELSE 0 END AS test_2,
    x_1,
    x_2,
    x_3,
    CASE WHEN (x_1 IS NULL OR ABS(x_1) <= 1e+308) AND (x_2 IS NULL OR ABS(x_2) <= 1e+308) AND (x_3 IS NULL OR ABS(x_3) <= 1e+308) THEN 0 ELSE 1 END AS not_number
  FROM nudge_rows
),
nudge_means AS (
  SELECT
    key_1,
    key_2,
    test_1,
    test_2,
    COUNT(*) AS n_rows,
    SUM(not_number) AS not_numbers,
    COUNT(CASE WHEN x_1 IS NOT NULL AND x_2 IS NOT NULL THEN 1 END) AS n_1,
    AVG(CASE WHEN x_1 IS NOT NULL AND x_2 IS NOT NULL THEN x_1 END) AS mean_1_1,
    AVG(CASE WHEN x_1 IS NOT NULL AND x_2 IS NOT NULL THEN x_2 END) AS mean_1_2
  FROM nudge_parts
  GROUP BY key_1, key_2, test_1, test_2
),
nudge_deviations AS (
  SELECT
    p.key_1,
    p.key_2,
    p.test_1,
    p.test_2,
    CASE WHEN p.x_1 IS NOT NULL AND p.x_2 IS NOT NULL THEN p.x_1 - m.mean_1_1 END AS d_1_1,
    CASE WHEN p.x_1 IS NOT NULL AND p.x_2 IS NOT NULL THEN p.x_2 - m.mean_1_2 END AS d_1_2
  FROM nudge_parts AS p JOIN nudge_means AS m ON p.key_1 = m.key_1 AND p.key_2 = m.key_2 AND p.test_1 = m.test_1 AND p.test_2 = m.test_2
),
nudge_sums AS (
  SELECT
    key_1,
    key_2,
    test_1,
    test_2,
    SUM(d_1_1) AS s_1_1,
    SUM(d_1_1 * d_1_1) AS c_1_1_1,
    SUM(d_1_2) AS s_1_2,
    SUM(d_1_2 * d_1_1) AS c_1_2_1,
    SUM(d_1_2 * d_1_2) AS c_1_2_2
  FROM nudge_deviations
  GROUP BY key_1, key_2, test_1, test_2
)
SELECT
  '46a8d47205e5' AS request,
  m.key_1 AS key_1,
  m.key_2 AS key_2,
  m.test_1 AS test_1,
  m.test_2 AS test_2,
  m.n_rows AS n_rows,
  m.not_numbers AS not_numbers,
  m.n_1 AS n_1,
  m.mean_1_1 + s.s_1_1 / NULLIF(m.n_1, 0) AS mean_1_1,
  m.mean_1_2 + s.s_1_2 / NULLIF(m.n_1, 0) AS mean_1_2,
  s.c_1_1_1 - s.s_1_1 * s.s_1_1 / NULLIF(m.n_1, 0) AS product_1_1_1,
  s.c_1_2_1 - s.s_1_2 * s.s_1_1 / NULLIF(m.n_1, 0) AS product_1_2_1,
  s.c_1_2_2 - s.s_1_2 * s.s_1_2 / NULLIF(m.n_1, 0) AS product_1_2_2
FROM nudge_means AS m JOIN nudge_sums AS s ON m.key_1 = s.key_1 AND m.key_2 = s.key_2 AND m.test_1 = s.test_1 AND m.test_2 = s.test_2
