WITH nudge_rows AS NOT MATERIALIZED (
  SELECT
    COALESCE(NULLIF(NULLIF(NULLIF(NULLIF(NULLIF(btrim(CAST(d."arm" AS text) COLLATE "C", E' \t\n\r\u00a0\u3000'), '-'), '-99'), E'it''s \\'), '−'), '－'), '') AS key_1,
    COALESCE(NULLIF(NULLIF(NULLIF(NULLIF(NULLIF(btrim(CAST(d."市町村" AS text) COLLATE "C", E' \t\n\r\u00a0\u3000'), '-'), '-99'), E'it''s \\'), '−'), '－'), '') AS key_2,
    NULLIF(CAST(CASE WHEN d."visited" THEN 1 WHEN NOT d."visited" THEN 0 END AS double precision), -99.0e0) AS x_1,
    NULLIF(CAST(d."age" + 0 AS double precision), -99.0e0) AS x_2,
    NULLIF(CAST(d."school" + 0 AS double precision), -99.0e0) AS x_3
  FROM "trials"."participants" AS d
)
SELECT
  '5513fa47d0fe' AS request,
  1 AS regression,
  COUNT(*) AS n,
  MIN(1 - h) AS least_freedom,
  SUM(e * e) AS squared_residuals,
  SUM(own * e * e / f / f) AS variance,
  SUM((own - own / f * h) * (own + own / f * h)) AS diagonal,
  SUM(own / f * q_1 * q_1) AS product_1_1,
  SUM(own / f * q_2 * q_1) AS product_2_1,
  SUM(own / f * q_2 * q_2) AS product_2_2
FROM (
  SELECT e, h, own, NULLIF(1 - h, 0) AS f, q_1, q_2 FROM (
    SELECT e, q_1 * q_1 + q_2 * q_2 AS h, q_2 * q_2 AS own, q_1, q_2 FROM (
      SELECT y - 0.3333333333333333e0 - -1e-07 * z_1 AS e, 1.0e0 * z_1 AS q_1, 2.5e0 * z_1 + 1e+22 AS q_2 FROM (
        SELECT x_1 AS y, x_2 - 0.1e0 AS z_1
        FROM nudge_rows
        WHERE key_1 = E'it''s \\' AND x_1 IS NOT NULL AND x_2 IS NOT NULL AND key_2 IN ('札幌市')
      ) AS a
    ) AS b
  ) AS c
) AS r
UNION ALL
SELECT
  '5513fa47d0fe' AS request,
  2 AS regression,
  COUNT(*) AS n,
  MIN(1 - h) AS least_freedom,
  SUM(e * e) AS squared_residuals,
  SUM(own * e * e / f) AS variance,
  SUM((own - own / f * h) * (own + own / f * h)) AS diagonal,
  SUM(own / f * q_1 * q_1) AS product_1_1,
  CAST(NULL AS double precision) AS product_2_1,
  CAST(NULL AS double precision) AS product_2_2
FROM (
  SELECT e, h, own, NULLIF(1 - h, 0) AS f, q_1 FROM (
    SELECT e, q_1 * q_1 AS h, q_1 * q_1 AS own, q_1 FROM (
      SELECT y - 0.25e0 AS e, 0.125e0 AS q_1 FROM (
        SELECT x_1 AS y
        FROM nudge_rows
        WHERE key_1 = 'control' AND x_1 IS NOT NULL
      ) AS a
    ) AS b
  ) AS c
) AS r
