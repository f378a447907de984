# Group sequential boundaries by multivariate normal probabilities (mvtnorm, Genz's algorithm, Miwa's for
# few looks) instead of recursive integration. Writes sequential.json.
#
#   Rscript sequential.R
library(mvtnorm)
library(jsonlite)

correlation <- function(t) outer(t, t, function(a, b) sqrt(pmin(a, b) / pmax(a, b)))
# P(lower < Z < upper at every look), drift = mean of Z at t = 1.
inside <- function(lower, upper, t, drift = 0) {
  if (length(t) == 1) return(pnorm(upper - drift * sqrt(t)) - pnorm(lower - drift * sqrt(t)))
  lower <- pmax(lower, -12 + pmin(0, drift)); upper <- pmin(upper, 12 + pmax(0, drift))
  as.numeric(pmvnorm(lower, upper, mean = drift * sqrt(t), corr = correlation(t), algorithm = Miwa(steps = 2048)))
}
first_above <- function(c, lower, upper, t, drift = 0) {
  k <- length(t)
  inside(c(lower[seq_len(k - 1)], c), c(upper[seq_len(k - 1)], Inf), t, drift)
}
spend <- list(
  obrienFleming = function(a, t) 2 - 2 * pnorm(qnorm(1 - a / 2) / sqrt(t)),
  pocock = function(a, t) a * log(1 + (exp(1) - 1) * t),
  hsd_minus4 = function(a, t) a * (1 - exp(4 * t)) / (1 - exp(4)),
  hsd_1 = function(a, t) a * (1 - exp(-t)) / (1 - exp(-1)),
  kd_3 = function(a, t) a * t^3)
boundary <- function(f, a, t, sides) {
  each <- if (sides == 2) a / 2 else a
  increments <- diff(c(0, f(each, t)))
  upper <- numeric(0)
  for (k in seq_along(t)) {
    lower <- if (sides == 2) -upper else rep(-Inf, k - 1)
    g <- function(c) first_above(c, lower, upper, t[1:k]) - increments[k]
    upper <- c(upper, uniroot(g, c(0, 7), tol = 1e-10)$root)
  }
  upper
}
cases <- list()
for (name in names(spend)) for (sides in 1:2) for (t in list(c(1/3, 2/3, 1), c(.5, .75, 1), c(.2, .35, .9, 1))) {
  a <- if (sides == 2) .05 else .025
  cases <- c(cases, list(list(spending = name, sides = sides, significance = a, t = t,
                              upper = boundary(spend[[name]], a, t, sides))))
}
classical <- list()
for (shape in c("pocock", "obrienFleming")) for (k in 2:4) {
  t <- (1:k) / k; form <- if (shape == "pocock") rep(1, k) else sqrt(1 / t)
  constant <- uniroot(function(c) 1 - inside(-c * form, c * form, t) - .05, c(1.9, 3), tol = 1e-10)$root
  classical <- c(classical, list(list(shape = shape, upper = constant * form)))
}

# Non-binding futility: efficacy without regard to it, then beta spent from below at the drift where the last
# lower value meets the upper one. gsDesign's default design: HSD(-4), HSD(-2), alpha .025, beta .1.
hsd <- function(gamma) function(a, t) a * (1 - exp(-gamma * t)) / (1 - exp(-gamma))
futility <- function(fa, fb, a, b, t) {
  upper <- boundary(fa, a, t, 1); K <- length(t); increments <- diff(c(0, fb(b, t)))
  below <- function(c, lower, k, drift)
    inside(c(lower, -Inf), c(upper[seq_len(k - 1)], c), t[1:k], drift)
  lowers <- function(drift) {
    lower <- numeric(0)
    for (k in seq_len(K - 1))
      lower <- c(lower, uniroot(function(c) below(c, lower, k, drift) - increments[k], c(-6, upper[k]), tol = 1e-10)$root)
    lower
  }
  drift <- uniroot(function(d) below(upper[K], lowers(d), K, d) - increments[K], c(3, 4), tol = 1e-9)$root
  list(t = t, upper = upper, lower = c(lowers(drift), upper[K]), drift = drift)
}
design <- futility(hsd(-4), hsd(-2), .025, .1, c(1/3, 2/3, 1))

# Stagewise ordering (Fairbanks & Madsen 1982; Tsiatis, Rosner & Mehta 1984).
upper_p <- function(z, upper, lower, t, k, drift) {
  before <- sum(vapply(seq_len(k - 1), function(j)
    first_above(upper[j], lower[seq_len(j - 1)], upper[seq_len(j - 1)], t[1:j], drift), 0))
  before + first_above(z, lower, upper, t[1:k], drift)
}
stagewise <- function(estimate, se, t_now, upper, sides, t, k) {
  lower <- if (sides == 2) -upper else rep(-Inf, length(upper))
  # Information at look k is 1/se^2, so a drift of theta per unit is theta / (se sqrt(t_k)).
  p <- function(theta) upper_p(estimate / se, upper, lower, t, k, theta / (se * sqrt(t[k])))
  solve <- function(q) uniroot(function(th) p(th) - q, estimate + c(-8, 8) * se, tol = 1e-11)$root
  p0 <- p(0)
  list(estimate = estimate, se = se, look = k, t = t, upper = upper, sides = sides, one_sided = p0,
       p = if (sides == 2) 2 * min(p0, 1 - p0) else p0,
       median = solve(.5), lower = solve(.025), high = solve(.975))
}
of <- boundary(spend$obrienFleming, .05, c(1/3, 2/3, 1), 2)
po <- boundary(spend$pocock, .05, c(.25, .5, .75, 1), 2)
after <- list(stagewise(.052, .019, 2/3, of, 2, c(1/3, 2/3, 1), 2), stagewise(.03, .02, 1, of, 2, c(1/3, 2/3, 1), 3),
              stagewise(-.8, .25, .5, po, 2, c(.25, .5, .75, 1), 2), stagewise(2.6, 1, .25, po, 2, c(.25, .5, .75, 1), 1),
              stagewise(1.2, .5, 1, boundary(spend$pocock, .025, c(.5, 1), 1), 1, c(.5, 1), 2))

# Published: Jennison & Turnbull (1999) tables 2.1 and 2.3; gsDesign() prints -0.24 0.94 2.00, 3.01 2.55 2.00.
stopifnot(abs(classical[[2]]$upper - 2.2895) < 5e-4, abs(classical[[6]]$upper[1] / 2 - 2.0243) < 5e-4,
          all(round(design$upper, 2) == c(3.01, 2.55, 2)), all(round(design$lower, 2) == c(-.24, .94, 2)))
write_json(list(spending = cases, classical = classical, futility = design, stagewise = after), "sequential.json",
           digits = I(17), auto_unbox = TRUE, pretty = TRUE)
