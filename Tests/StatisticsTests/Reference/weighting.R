# Weighted comparisons, post-stratification, likeness within clusters, pooled tables.
# Debian: r-base-core r-cran-estimatr r-cran-clubsandwich r-cran-jsonlite.
suppressMessages({ library(estimatr); library(jsonlite) })
folder <- "Tests/StatisticsTests/Reference"
set.seed(31)
n <- 120
d <- data.frame(p = round(runif(n, 0.2, 0.8), 3), stratum = sample(0:2, n, TRUE))
d$z <- rbinom(n, 1, d$p)
d$y <- round(2 + d$stratum + 1.2 * d$z + 2 * d$p + rnorm(n), 3)
d$own <- ifelse(d$z == 1, d$p, 1 - d$p)
ht <- horvitz_thompson(y ~ z, data = d, simple = TRUE, condition_prs = p)
hajek <- lm_robust(y ~ z, data = d, weights = 1 / own, se_type = "HC2")
bm <- clubSandwich::coef_test(lm(y ~ z, d, weights = 1 / own), vcov = "CR2", cluster = seq_len(n),
  test = "Satterthwaite")
ps <- difference_in_means(y ~ z, blocks = stratum, data = d)

# Clusters drawn independently with their own probabilities.
g <- 30
cl <- data.frame(p = round(runif(g, 0.3, 0.7), 2))
cl$z <- rbinom(g, 1, cl$p)
size <- sample(2:6, g, TRUE)
m <- data.frame(cluster = rep(seq_len(g), size))
m$p <- cl$p[m$cluster]; m$z <- cl$z[m$cluster]
m$y <- round(1 + m$z + rnorm(g)[m$cluster] + rnorm(nrow(m)), 3)
m$own <- ifelse(m$z == 1, m$p, 1 - m$p)
htc <- horvitz_thompson(y ~ z, data = m, clusters = cluster, simple = TRUE, condition_prs = p)
hajekc <- clubSandwich::coef_test(lm(y ~ z, m, weights = 1 / own), vcov = "CR2",
  cluster = m$cluster, test = "Satterthwaite")

# Likeness within clusters, arms apart: mean squares of a nested analysis of variance.
a <- anova(lm(y ~ factor(z) + factor(cluster), m))
msb <- a$`Mean Sq`[2]; msw <- a$`Mean Sq`[3]
N <- nrow(m); A <- 2
n0 <- (N - sum(sapply(split(m, m$z), function(s) sum(table(s$cluster)^2) / nrow(s)))) / (g - A)
rho <- (msb - msw) / (msb + (n0 - 1) * msw)
F <- msb / msw
ends <- sapply(list(F / qf(0.975, g - A, N - g), F * qf(0.975, N - g, g - A)),
  function(f) (f - 1) / (f + n0 - 1))

# Berkeley's admissions: six departments.
corrected <- mantelhaen.test(UCBAdmissions)
plain <- mantelhaen.test(UCBAdmissions, correct = FALSE)
psi <- unname(plain$estimate)
bd <- function(tables) {
  s <- apply(tables, 3, function(t) {
    a <- t[1, 1]; n1 <- sum(t[1, ]); n2 <- sum(t[2, ]); m1 <- sum(t[, 1])
    e <- uniroot(function(A) A * (n2 - m1 + A) - psi * (n1 - A) * (m1 - A),
      c(max(0, m1 - n2), min(n1, m1)), tol = 1e-13)$root
    c(a - e, 1 / sum(1 / c(e, m1 - e, n1 - e, n2 - m1 + e)))
  })
  sum(s[1, ]^2 / s[2, ]) - sum(s[1, ])^2 / sum(s[2, ])
}
# Rows of each table: men, women; columns: admitted, rejected.
tables <- aperm(UCBAdmissions, c(2, 1, 3))
homogeneity <- bd(tables)

# Response weights: arm means of those who answered, by stratum.
answered <- rbinom(n, 1, 0.55 + 0.12 * d$stratum) == 1
weighted <- function(arm) {
  s <- d[d$z == arm, ]; r <- answered[d$z == arm]
  k <- split(seq_len(nrow(s)), s$stratum)
  W <- sapply(k, length) / nrow(s)
  means <- sapply(k, function(i) mean(s$y[i][r[i]]))
  V <- sapply(k, function(i) var(s$y[i][r[i]]) / sum(r[i]))
  m <- sum(W * means)
  # The same mean by weights of the answers themselves.
  w <- ave(as.numeric(r), s$stratum, FUN = function(x) length(x) / sum(x))
  stopifnot(abs(weighted.mean(s$y[r], w[r]) - m) < 1e-12)
  c(m, sum(W^2 * V) + sum(W * (means - m)^2) / nrow(s))
}
write_json(list(
  p = d$p, own = d$own, stratum = d$stratum, z = d$z, y = d$y, answered = as.integer(answered),
  ht = c(coef(ht), ht$std.error), hajek = c(coef(hajek)[2], bm$SE[2]), bm_df = bm$df[2],
  post = c(coef(ps), ps$std.error),
  cluster = m$cluster, cluster_own = m$own, cluster_z = m$z, cluster_y = m$y,
  htc = c(coef(htc), htc$std.error), hajekc = c(hajekc$beta[2], hajekc$SE[2], hajekc$df[2]),
  icc = c(rho, ends, n0, F),
  tables = lapply(1:6, function(i) as.vector(t(tables[, , i]))),
  cmh = c(corrected$statistic, corrected$p.value, plain$statistic, plain$p.value, psi,
    plain$conf.int, homogeneity, pchisq(homogeneity, 5, lower.tail = FALSE)),
  response = list(weighted(0), weighted(1))),
  file.path(folder, "weighting.json"), auto_unbox = TRUE, digits = 15)
