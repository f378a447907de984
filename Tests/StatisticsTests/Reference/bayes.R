# Rscript bayes.R    writes bayes.csv beside itself
#
# Posterior probabilities of beta-binomial comparisons. Base R only: integrate() over dbeta and pbeta
# (pbeta is TOMS 708, good to about 1e-14), cut at quantiles so that it sees the mass. Interval ends
# come from uniroot on that integral.
arg <- grep("^--file=", commandArgs(FALSE), value = TRUE)
if (length(arg)) setwd(dirname(normalizePath(sub("^--file=", "", arg))))
rows <- NULL
put <- function(case, name, value)
  rows <<- rbind(rows, data.frame(case = case, name = name, value = sprintf("%.17g", value)))

# x1, n1 (arm), x2, n2 (control), prior a, b
cases <- list(
  pilot = c(3, 5, 1, 4, .5, .5), letters = c(120, 1000, 100, 1000, .5, .5),
  close = c(50200, 1e6, 50000, 1e6, .5, .5), none = c(0, 1e6, 0, 1e6, .5, .5),
  all = c(1e6, 1e6, 1e6, 1e6, .5, .5), one = c(1, 1e6, 0, 1e6, .5, .5),
  mixed = c(0, 1e6, 3, 5, .5, .5), full = c(1e6, 1e6, 3, 5, 1, 1), far = c(1e6, 1e6, 0, 1e6, .5, .5),
  uniform = c(7, 20, 9, 30, 1, 1), informed = c(30, 200, 20, 210, 17, 83),
  lopsided = c(9, 12, 61000, 1e5, .5, .5), empty = c(0, 0, 0, 0, .5, .5), sure = c(5, 5, 0, 5, .5, .5))

# The integral over the logit of the rate, so that a shape of one half has no pole.
# Written from its mode and divided by its own integral: dbeta and lbeta keep ten digits at a million.
shape <- function(t, a, b) {
  u <- t - (log(a) - log(b)); p <- a / (a + b); q <- b / (a + b)
  part <- function(w, v, u) ifelse(u > -.5 | w < .5, log1p(w * expm1(u)), log(v + w * exp(u)))
  exp(-a * part(q, p, -u) - b * part(p, q, u))
}
known <- new.env()
logit_density <- function(t, a, b) {
  key <- sprintf("%.17g %.17g", a, b)
  if (is.null(known[[key]]))
    assign(key, pieces(function(t) shape(t, a, b), c(marks(a, b), log(a) - log(b), -80, 80)), envir = known)
  shape(t, a, b) / known[[key]]
}
lower <- function(t, a, b) { # P(logit p <= t), by whichever of x and 1 - x is small
  x <- plogis(t); y <- plogis(-t)
  ifelse(x < y, pbeta(x, a, b), pbeta(y, b, a, lower.tail = FALSE))
}
upper <- function(t, a, b) {
  x <- plogis(t); y <- plogis(-t)
  ifelse(x < y, pbeta(x, a, b, lower.tail = FALSE), pbeta(y, b, a))
}
marks <- function(a, b) {
  p <- c(1e-40, 1e-30, 1e-20, 1e-12, 1e-8, 1e-5, 1e-3, .02, .1, .3, .5)
  left <- qbeta(p, a, b, log.p = FALSE)
  right <- qbeta(p, b, a)
  sort(unique(c(log(left) - log1p(-left), log1p(-right) - log(right))))
}
pieces <- function(f, cuts) {
  cuts <- sort(unique(cuts[is.finite(cuts)]))
  sum(vapply(seq_along(cuts)[-1], function(i) {
    if (cuts[i] - cuts[i - 1] < 1e-9) return(0)
    integrate(f, cuts[i - 1], cuts[i], rel.tol = 1e-12, abs.tol = 0, subdivisions = 2000L, stop.on.error = FALSE)$value
  }, 0))
}
# P(p1 - p2 > d): y = p2 runs over 0 to 1 - d; the logit of y/(1 - d) is the variable. The narrower
# rate's density is integrated, by parts the same thing.
beyond <- function(d, s) {
  if (d < 0) return(1 - beyond(-d, s[c(3, 4, 1, 2)]))
  if (d >= 1) return(0)
  place <- function(y) { y <- y[y > 0 & y < 1 - d]; log(y) - log(1 - d - y) }
  f <- function(t) {
    y <- (1 - d) * plogis(t); cy <- d + (1 - d) * plogis(-t); x <- d + y; cx <- (1 - d) * plogis(-t)
    ty <- log(y) - log(cy); tx <- log(x) - log(cx)
    if (d == 0) { ty <- t; tx <- t }
    if (1 / s[1] + 1 / s[2] > 1 / s[3] + 1 / s[4])
      logit_density(ty, s[3], s[4]) * (if (d == 0) 1 else plogis(-t) / cy) * upper(tx, s[1], s[2])
    else logit_density(tx, s[1], s[2]) * (if (d == 0) 1 else plogis(t) / x) * lower(ty, s[3], s[4])
  }
  if (d == 0) cuts <- c(marks(s[1], s[2]), marks(s[3], s[4]))
  else cuts <- c(place(plogis(marks(s[3], s[4]))), place(plogis(marks(s[1], s[2])) - d), -80, 80)
  pieces(f, c(cuts, -80, 80))
}
# P(p1/p2 > r) over p1 for r >= 1.
beyond_ratio <- function(r, s) {
  if (r < 1) return(1 - beyond_ratio(1 / r, s[c(3, 4, 1, 2)]))
  f <- function(t) {
    y <- plogis(t) / r; cy <- ((r - 1) + plogis(-t)) / r
    ty <- if (r == 1) t else log(y) - log(cy)
    if (1 / s[1] + 1 / s[2] > 1 / s[3] + 1 / s[4])
      logit_density(ty, s[3], s[4]) * (if (r == 1) 1 else plogis(-t) / cy) * upper(t, s[1], s[2])
    else logit_density(t, s[1], s[2]) * lower(ty, s[3], s[4])
  }
  other <- plogis(marks(s[3], s[4])) * r; other <- other[other < 1]
  pieces(f, c(marks(s[1], s[2]), log(other) - log1p(-other), -80, 80))
}
loss <- function(chosen, others) pieces(function(t) {
  none <- 0; for (o in others) none <- none + log1p(-upper(t, o[1], o[2]))
  lower(t, chosen[1], chosen[2]) * -expm1(none) * plogis(t) * plogis(-t)
}, c(marks(chosen[1], chosen[2]), unlist(lapply(others, function(o) marks(o[1], o[2]))), -80, 80))

for (case in names(cases)) {
  z <- cases[[case]]
  for (i in 1:6) put(case, c("x1", "n1", "x2", "n2", "a", "b")[i], z[i])
  s <- c(z[1] + z[5], z[2] - z[1] + z[6], z[3] + z[5], z[4] - z[3] + z[6])
  put(case, "better", beyond(0, s))
  sd <- sqrt(s[1] * s[2] / (s[1] + s[2])^2 / (s[1] + s[2] + 1) + s[3] * s[4] / (s[3] + s[4])^2 / (s[3] + s[4] + 1))
  centre <- s[1] / (s[1] + s[2]) - s[3] / (s[3] + s[4])
  for (k in -2:2) {
    d <- centre + k * sd
    if (abs(d) < 1) { put(case, paste0("d.", k), d); put(case, paste0("beyond.", k), beyond(d, s)) }
  }
  for (r in c(.5, .9, 1.1, 2)) put(case, paste0("ratio.", r), beyond_ratio(r, s))
  put(case, "loss.arm", loss(s[1:2], list(s[3:4])))
  put(case, "loss.control", loss(s[3:4], list(s[1:2])))
  for (side in c("arm", "control")) {
    w <- if (side == "arm") s[1:2] else s[3:4]
    put(case, paste0(side, ".low"), qbeta(.025, w[1], w[2]))
    put(case, paste0(side, ".high"), qbeta(.975, w[1], w[2]))
  }
  reach <- 12 * sd
  limit <- function(p) uniroot(function(d) beyond(d, s) - p, c(max(centre - reach, -1 + 1e-15), min(centre + reach, 1 - 1e-15)), tol = 1e-16, maxiter = 500)$root
  if (!(case %in% c("empty"))) { put(case, "low", limit(.975)); put(case, "high", limit(.025)) }
}
# Three and five arms.
best <- function(s, j) pieces(function(t) {
  v <- logit_density(t, s[[j]][1], s[[j]][2])
  for (i in seq_along(s)[-j]) v <- v * lower(t, s[[i]][1], s[[i]][2])
  v
}, c(unlist(lapply(s, function(o) marks(o[1], o[2]))), -80, 80))
families <- list(three = rbind(c(120, 1000), c(100, 1000), c(115, 900)),
                 five = rbind(c(3, 5), c(0, 1e6), c(400, 1000), c(41000, 1e5), c(10, 20)))
for (case in names(families)) {
  m <- families[[case]]
  s <- lapply(seq_len(nrow(m)), function(i) c(m[i, 1] + .5, m[i, 2] - m[i, 1] + .5))
  for (j in seq_along(s)) {
    put(case, paste0("x.", j), m[j, 1]); put(case, paste0("n.", j), m[j, 2])
    put(case, paste0("best.", j), best(s, j)); put(case, paste0("loss.", j), loss(s[[j]], s[-j]))
  }
}
# Evan Miller's closed sum for integer shapes, P(B > A), in logarithms.
miller <- function(aA, bA, aB, bB) sum(exp(vapply(0:(aB - 1), function(i)
  lbeta(aA + i, bB + bA) - log(bB + i) - lbeta(1 + i, bB) - lbeta(aA, bA), 0)))
put("miller", "p", miller(8, 14, 10, 22))
write.csv(rows, "bayes.csv", row.names = FALSE, quote = FALSE)
