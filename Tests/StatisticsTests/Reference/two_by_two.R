# Reference values for two-by-two tables, with code of its own: the restricted maximum-likelihood
# estimate is a bisection on the likelihood's slope (the Swift code solves cubics and quadratics),
# limits are bisections on the score. Checks newcombe_cases.csv before it writes two_by_two.csv.
#
#   Rscript two_by_two.R
#
# Columns: method, x1, n1, x2, n2, statistic, p, lower, upper (level 0.95).

# The root of a monotone function, to neighbouring doubles.
bisect <- function(f, a, b) {
  # z is 0/0 at the estimate of an empty table; the other end knows the sign.
  side <- if (is.nan(f(a))) -sign(f(b)) else sign(f(a))
  for (i in 1:2000) {
    m <- (a + b) / 2
    if (m <= min(a, b) || m >= max(a, b)) break
    fm <- f(m)
    if (is.nan(fm) || fm == 0) return(m)
    if (sign(fm) == side) a <- m else b <- m
  }
  (a + b) / 2
}

term <- function(count, rate) if (count == 0) 0 else count / rate

# The rates of maximal likelihood with p1 = g(p2), dp1/dp2 = d(p2), for p2 between a and b.
restricted <- function(x1, n1, x2, n2, g, d, a, b) {
  slope <- function(p2) {
    p1 <- g(p2)
    (term(x1, p1) - term(n1 - x1, 1 - p1)) * d(p2) + term(x2, p2) - term(n2 - x2, 1 - p2)
  }
  eps <- (b - a) * 1e-15
  if (slope(a + eps) <= 0) return(a)
  if (slope(b - eps) >= 0) return(b)
  bisect(slope, a + eps, b - eps)
}

# The three published statistics, each in its own form.
z_difference <- function(x1, n1, x2, n2, delta, factor) {
  p2 <- restricted(x1, n1, x2, n2, function(p) p + delta, function(p) 1,
                   max(0, -delta), min(1, 1 - delta))
  p1 <- p2 + delta
  v <- factor * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
  (x1 / n1 - x2 / n2 - delta) / sqrt(v)
}
z_ratio <- function(x1, n1, x2, n2, phi, factor) {
  p2 <- restricted(x1, n1, x2, n2, function(p) p * phi, function(p) phi, 0, min(1, 1 / phi))
  p1 <- p2 * phi
  v <- factor * (p1 * (1 - p1) / n1 + phi^2 * p2 * (1 - p2) / n2)
  (x1 / n1 - phi * x2 / n2) / sqrt(v)
}
z_odds <- function(x1, n1, x2, n2, psi, factor) {
  # On the logit scale the restricted estimate keeps the number of events.
  t <- bisect(function(t) x1 + x2 - n1 * plogis(t + log(psi)) - n2 * plogis(t), -100, 100)
  v1 <- n1 * plogis(t + log(psi)) * plogis(-t - log(psi))
  v2 <- n2 * plogis(t) * plogis(-t)
  (x1 - n1 * plogis(t + log(psi))) * sqrt((1 / v1 + 1 / v2) / factor)
}

score_interval <- function(z, estimate, lowest, highest, log_scale, factor) {
  q <- qnorm(0.975)
  to <- if (log_scale) exp else identity
  from <- if (log_scale) log else identity
  lo <- if (estimate <= lowest) lowest else {
    a <- if (log_scale) -30 else lowest + 1e-14
    to(bisect(function(t) z(to(t), factor) - q, a, min(from(estimate), 40)))
  }
  hi <- if (estimate >= highest) highest else {
    b <- if (log_scale) 30 else highest - 1e-14
    to(bisect(function(t) z(to(t), factor) + q, max(from(estimate), -40), b))
  }
  c(lo, hi)
}

wilson <- function(x, n) {
  q <- qnorm(0.975); p <- x / n
  mid <- (p + q^2 / (2 * n)) / (1 + q^2 / n)
  half <- q / (1 + q^2 / n) * sqrt(p * (1 - p) / n + q^2 / (4 * n^2))
  c(if (x == 0) 0 else mid - half, if (x == n) 1 else mid + half)
}
newcombe <- function(x1, n1, x2, n2) {
  a <- wilson(x1, n1); b <- wilson(x2, n2); p1 <- x1 / n1; p2 <- x2 / n2; d <- p1 - p2
  c(d - sqrt((p1 - a[1])^2 + (b[2] - p2)^2), d + sqrt((a[2] - p1)^2 + (p2 - b[1])^2))
}

# Newcombe 1998 II, Perondi and Ritland (Fagerland 2015), then the tables of the design.
tables <- list(c(56, 70, 48, 80), c(9, 10, 3, 10), c(6, 7, 2, 7), c(5, 56, 0, 29), c(0, 10, 0, 20),
               c(0, 10, 0, 10), c(10, 10, 0, 20), c(10, 10, 0, 10), c(7, 34, 1, 34), c(0, 16, 15, 72),
               c(20, 1000, 36, 1000), c(0, 500, 12, 500), c(3, 600, 0, 600), c(1745, 2211, 211, 623),
               c(10, 10, 10, 10), c(9, 10, 20, 20), c(3894, 21307, 2262, 21306), c(1, 7, 80, 90),
               c(69, 10000, 46, 10000), c(100300, 10000000, 99100, 10000000), c(30, 5000, 2, 17))
rows <- list()
add <- function(method, t, statistic = NA, p = NA, ci = c(NA, NA))
  rows[[length(rows) + 1]] <<- data.frame(method, x1 = t[1], n1 = t[2], x2 = t[3], n2 = t[4],
                                          statistic, p, lower = ci[1], upper = ci[2])
for (t in tables) {
  x1 <- t[1]; n1 <- t[2]; x2 <- t[3]; n2 <- t[4]; N <- n1 + n2
  pooled <- (x1 + x2) / N
  for (kind in c("mn", "mee")) {
    f <- if (kind == "mn") N / (N - 1) else 1
    z <- if (pooled %in% c(0, 1)) 0 else
      (x1 / n1 - x2 / n2) / sqrt(f * pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    p <- 2 * pnorm(abs(z), lower.tail = FALSE)
    add(paste0(kind, ".difference"), t, z, p,
        score_interval(function(th, f) z_difference(x1, n1, x2, n2, th, f), x1 / n1 - x2 / n2,
                       -1, 1, FALSE, f))
    rr <- (x1 * n2) / (x2 * n1)
    if (!is.nan(rr)) add(paste0(kind, ".ratio"), t, z, p,
        score_interval(function(th, f) z_ratio(x1, n1, x2, n2, th, f), rr, 0, Inf, TRUE, f))
    or <- (x1 * (n2 - x2)) / (x2 * (n1 - x1))
    if (!is.nan(or)) add(paste0(kind, ".odds"), t, z, p,
        score_interval(function(th, f) z_odds(x1, n1, x2, n2, th, f), or, 0, Inf, TRUE, f))
  }
  add("newcombe", t, ci = newcombe(x1, n1, x2, n2))
  if (n1 < 1e6) add("fisher", t, p = fisher.test(matrix(c(x1, n1 - x1, x2, n2 - x2), 2))$p.value)
  if (!pooled %in% c(0, 1)) {
    h <- suppressWarnings(prop.test(c(x1, x2), c(n1, n2), correct = FALSE))
    add("chisq", t, unname(h$statistic), h$p.value)
  }
}
singles <- list(c(81, 263), c(15, 148), c(0, 20), c(1, 29), c(29, 29), c(5, 8), c(1999999, 2000000))
for (s in singles) {
  t <- c(s, NA, NA)
  add("wilson", t, ci = wilson(s[1], s[2]))
  add("clopper", t, ci = binom.test(s[1], s[2])$conf.int[1:2])
}
out <- do.call(rbind, rows)

# Newcombe's cases by another computation, to four digits.
same <- function(method, t, lower, upper) {
  r <- out[out$method == method & out$x1 == t[1] & out$n1 == t[2] &
             (is.na(out$x2) | out$x2 == t[3]) & (is.na(out$n2) | out$n2 == t[4]), ]
  stopifnot(nrow(r) == 1, abs(r$lower - lower) <= 0.51e-4, abs(r$upper - upper) <= 0.51e-4)
}
given <- read.csv("newcombe_cases.csv", comment.char = "#")
for (i in seq_len(nrow(given))) {
  g <- given[i, ]
  same(g$method, c(g$x1, g$n1, g$x2, g$n2), g$lower, g$upper)
}
stopifnot(abs(out$p[out$method == "fisher" & out$x1 == 7] - .05440013) < 1e-8)

num <- function(v) ifelse(is.na(v), "", ifelse(is.infinite(v), "inf", formatC(v, digits = 17, format = "g", width = 1)))
for (col in c("statistic", "p", "lower", "upper")) out[[col]] <- num(out[[col]])
for (col in c("x1", "n1", "x2", "n2"))
  out[[col]] <- ifelse(is.na(out[[col]]), "", format(out[[col]], scientific = FALSE, trim = TRUE))
write.csv(out, "two_by_two.csv", row.names = FALSE, quote = FALSE)
