# Power of clustered and thinned comparisons from R's noncentral t: Rscript comparison_power.R > comparison_power.csv
deff <- function(m, cv, icc) 1 + ((1 + cv^2) * m - 1) * icc
clustered <- function(n0, ratio, m, cv, icc, v0, v1, delta, alpha, loss = 0, r2 = 0, looks = 1) {
  # Clusters lose their share of members; none vanishes.
  counted <- n0 * (1 - loss) / (deff(m * (1 - loss), cv, icc) * looks * (1 - r2))
  se <- sqrt((v0 + v1 / ratio) / counted)
  df <- n0 * (1 + ratio) / m - 2
  pt(qt(1 - alpha / 2, df), df, ncp = abs(delta) / se, lower.tail = FALSE)
}
units_mean <- function(n0, ratio, sd, delta, alpha, loss = 0, r2 = 0, looks = 1) {
  counted <- n0 * (1 - loss) / (looks * (1 - r2))
  df <- counted * (1 + ratio) - 2
  se <- sd * sqrt((1 + 1 / ratio) / counted)
  pt(qt(1 - alpha / 2, df), df, ncp = abs(delta) / se, lower.tail = FALSE)
}
# A stepped wedge by generalised least squares over its cluster-period means, matrix by matrix.
wedge <- function(clusters, sequences, size, icc, variance, delta, alpha, loss = 0) {
  periods <- sequences + 1
  x <- expand.grid(period = seq_len(periods), cluster = seq_len(clusters))
  x$offer <- as.integer(x$period > (x$cluster - 1) %% sequences + 1)
  design <- cbind(model.matrix(~ factor(period), x), x$offer)
  v <- diag((1 - icc) * variance / (size * (1 - loss) / periods), nrow(x)) +
    icc * variance * outer(x$cluster, x$cluster, "==")
  se <- sqrt(solve(t(design) %*% solve(v) %*% design)[periods + 1, periods + 1])
  df <- clusters - 2
  pt(qt(1 - alpha / 2, df), df, ncp = abs(delta) / se, lower.tail = FALSE)
}
p <- function(x) x * (1 - x)
rows <- rbind(
  c(1, clustered(600, 1, 20, 0, 0.02, p(0.3), p(0.38), 0.08, 0.05)),
  c(2, clustered(600, 1, 20, 0.6, 0.02, p(0.3), p(0.38), 0.08, 0.05)),
  c(3, clustered(300, 2, 30, 0.4, 0.05, p(0.1), p(0.18), 0.08, 0.05, loss = 0.1)),
  c(4, clustered(200, 1, 25, 0, 0.1, 4, 4, 1.5, 0.025, r2 = 0.3)),
  c(5, units_mean(20, 1, 1, 1, 0.05)),                         # power.t.test: .8689528
  c(6, units_mean(80, 0.5, 3, 1.2, 0.05, loss = 0.2, r2 = 0.25, looks = 1.02)),
  c(7, power.prop.test(n = 50, p1 = .5, p2 = .75)$power),      # .7401659
  c(8, power.prop.test(n = 500 * 0.9, p1 = .1, p2 = .1 + .5 * .12)$power),
  c(9, wedge(8, 4, 250, 0.03, 9, 0.9, 0.05)),
  c(10, wedge(12, 3, 80, 0.1, (p(0.3) + p(0.4)) / 2, 0.1, 0.05, loss = 0.2)))
cat("case,power\n")
for (i in seq_len(nrow(rows))) cat(sprintf("%d,%.12g\n", rows[i, 1], rows[i, 2]))
