SELECT
  ROUND(AVG(x_1)) AS centre_1,
  ROUND(AVG(x_2)) AS centre_2,
  ROUND(AVG(x_3)) AS centre_3
FROM (
  SELECT
    NULLIF(CAST(CASE WHEN d.`visited` THEN 1 WHEN NOT d.`visited` THEN 0 END AS DOUBLE), -99.0e0D) AS x_1,
    NULLIF(CASE WHEN typeof(d.`age`) = 'string' THEN raise_error('nudge: text where a number is needed: age') ELSE CAST(d.`age` AS DOUBLE) END, -99.0e0D) AS x_2,
    NULLIF(CASE WHEN typeof(d.`school`) = 'string' THEN raise_error('nudge: text where a number is needed: school') ELSE CAST(d.`school` AS DOUBLE) END, -99.0e0D) AS x_3
  FROM `trials`.`participants` AS d
  LIMIT 1000
) AS few
