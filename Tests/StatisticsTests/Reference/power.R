# Power and sample sizes by R's own functions; unequal arms and minimum detectable effects by their definition
# with uniroot. Writes power.json.
#
#   Rscript power.R
library(jsonlite)
tight <- 1e-12
prop <- lapply(list(c(.5, .75, .9, .05), c(.1, .12, .8, .05), c(.01, .012, .8, .05), c(.05, .075, .8, .05), c(.3, .25, .95, .01)),
  function(a) list(control = a[1], rate = a[2], power = a[3], significance = a[4],
    n = power.prop.test(p1 = a[1], p2 = a[2], power = a[3], sig.level = a[4], tol = tight)$n,
    n_one_sided = power.prop.test(p1 = a[1], p2 = a[2], power = a[3], sig.level = a[4], alternative = "one.sided", tol = tight)$n,
    power_at_200 = power.prop.test(n = 200, p1 = a[1], p2 = a[2], sig.level = a[4])$power))
rise <- lapply(list(c(.1, 500, .8), c(0, 100, .9), c(.5, 50, .8)), function(a)
  list(control = a[1], n = a[2], power = a[3],
       rise = uniroot(function(p) power.prop.test(n = a[2], p1 = a[1], p2 = p)$power - a[3], c(a[1] + 1e-6, 1 - 1e-9), tol = tight)$root - a[1]))
t <- lapply(list(c(20, 1, 1, .9, .05), c(5, .8, .5, .8, .05), c(3000, .1, 1.7, .8, .01), c(2, 3, 1, .5, .1)), function(a) list(
  n = a[1], delta = a[2], sd = a[3], target = a[4], significance = a[5],
  power = power.t.test(n = a[1], delta = a[2], sd = a[3], sig.level = a[5])$power,
  one_sided = power.t.test(n = a[1], delta = a[2], sd = a[3], sig.level = a[5], alternative = "one.sided")$power,
  units = power.t.test(delta = a[2], sd = a[3], sig.level = a[5], power = a[4], tol = tight)$n,
  mde = power.t.test(n = a[1], sd = a[3], sig.level = a[5], power = a[4], tol = tight)$delta))
unequal <- lapply(list(c(40, 2.5, .6), c(300, .5, .2)), function(a) {
  df <- a[1] * (1 + a[2]) - 2
  list(n = a[1], ratio = a[2], delta = a[3],
       power = pt(qt(.975, df), df, a[3] / sqrt(1 / a[1] + 1 / (a[1] * a[2])), lower.tail = FALSE))
})
unequal_prop <- lapply(list(c(400, 2, .1, .16), c(900, .25, .4, .33)), function(a) {
  n0 <- a[1]; n1 <- a[1] * a[2]; pooled <- (n0 * a[3] + n1 * a[4]) / (n0 + n1)
  list(n = n0, ratio = a[2], control = a[3], rate = a[4], power = pnorm(
    (abs(a[4] - a[3]) - qnorm(.975) * sqrt(pooled * (1 - pooled) * (1 / n0 + 1 / n1))) /
      sqrt(a[4] * (1 - a[4]) / n1 + a[3] * (1 - a[3]) / n0)))
})
mde <- list(normal = qnorm(.975) + qnorm(.8), one_sided_90 = qnorm(.95) + qnorm(.9), df_10 = qt(.975, 10) + qt(.8, 10))
write_json(list(prop = prop, rise = rise, t = t, unequal = unequal, unequal_prop = unequal_prop, mde = mde),
           "power.json", digits = I(17), auto_unbox = TRUE, pretty = TRUE)
