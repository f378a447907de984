SELECT
  ROUND(AVG(x_1)) AS centre_1,
  ROUND(AVG(x_2)) AS centre_2,
  ROUND(AVG(x_3)) AS centre_3
FROM (
  SELECT
    NULLIF(CAST(CASE WHEN d.`visited` THEN 1 WHEN NOT d.`visited` THEN 0 END AS FLOAT64), -99.0e0) AS x_1,
    NULLIF(CAST(d.`age` + 0 AS FLOAT64), -99.0e0) AS x_2,
    NULLIF(CAST(d.`school` + 0 AS FLOAT64), -99.0e0) AS x_3
  FROM `trials`.`participants` AS d
  LIMIT 1000
) AS few
