# Confidence sequences from their definition: the normal mixture by quadrature, the beta-binomial one with
# optimize over the nuisance rate. Writes sequential_mixtures.json.
#
#   Rscript sequential_mixtures.R
library(jsonlite)

# The likelihood ratio exp(l z - l^2/2), averaged over l ~ N(0, r).
average <- function(z, r) integrate(function(l) dnorm(l, 0, sqrt(r)) * exp(l * z - l^2 / 2), -Inf, Inf,
                                    rel.tol = 1e-12, subdivisions = 2000)$value
tuning <- -2 * log(.05) + log(1 - 2 * log(.05))
normal <- lapply(list(c(.031, .012, 4000, 5000), c(-.4, .1, 300, 1000), c(12, 9, 90, 60)), function(a) {
  r <- tuning * a[3] / a[4]
  reach <- function(level) uniroot(function(z) average(z, r) - 1 / (1 - level), c(0, 12), tol = 1e-11)$root * a[2]
  list(estimate = a[1], se = a[2], units = a[3], tuned = a[4], p = min(1, 1 / average(a[1] / a[2], r)),
       reach95 = reach(.95), reach80 = reach(.8))
})

fit <- function(x, n, d) {
  f <- function(p) dbinom(x[1], n[1], pmin(1, pmax(0, p + d)), log = TRUE) - lchoose(n[1], x[1]) +
    dbinom(x[2], n[2], p, log = TRUE) - lchoose(n[2], x[2])
  optimize(f, c(max(0, -d), min(1, 1 - d)), maximum = TRUE, tol = 1e-12)$objective
}
binary <- lapply(list(c(30, 100, 18, 100), c(0, 20, 5, 25), c(410, 4000, 300, 4100), c(9, 10, 1, 12)), function(a) {
  x <- a[c(1, 3)]; n <- a[c(2, 4)]
  mixture <- sum(lbeta(1 + x, 1 + n - x))
  g <- function(d) fit(x, n, d) - mixture - log(.05)
  observed <- x[1] / n[1] - x[2] / n[2]
  list(counts = a, p = min(1, exp(fit(x, n, 0) - mixture)),
       lower = uniroot(g, c(-1 + 1e-6, observed), tol = 1e-11)$root,
       upper = uniroot(g, c(observed, 1 - 1e-6), tol = 1e-11)$root)
})
write_json(list(normal = normal, binary = binary), "sequential_mixtures.json", digits = I(17), auto_unbox = TRUE,
           pretty = TRUE)
