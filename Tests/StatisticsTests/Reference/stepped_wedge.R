# A stepped wedge of six clusters and four periods with unequal numbers of units: the two-way effect with CR2 from
# estimatr, and the test over all 90 orders from the definition (lm and cluster-robust sums). Writes
# stepped_wedge_data.csv and stepped_wedge.csv beside itself. Run in this folder: Rscript stepped_wedge.R

suppressMessages(library(estimatr))
set.seed(20211126)
sequence <- c(0, 0, 1, 1, 2, 2)
cells <- expand.grid(cluster = 0:5, period = 0:3)
n <- sample(4:14, nrow(cells), replace = TRUE)
d <- cells[rep(seq_len(nrow(cells)), n), ]
d$sequence <- sequence[d$cluster + 1]
d$offer <- as.integer(d$period > d$sequence)
level <- rnorm(6, 0, 1.5)
d$y <- round(20 + level[d$cluster + 1] + 0.7 * d$period + 1.2 * d$offer + rnorm(nrow(d), 0, 3), 3)
d$b <- as.integer(runif(nrow(d)) < 0.3 + 0.03 * d$period + 0.1 * d$offer)
write.csv(d[, c("cluster", "period", "sequence", "y", "b")], "stepped_wedge_data.csv",
  row.names = FALSE, quote = FALSE)

orders <- unique(do.call(rbind, local({
  perms <- function(v) if (length(v) <= 1) list(v) else do.call(c, lapply(seq_along(v), function(i)
    lapply(perms(v[-i]), function(p) c(v[i], p))))
  perms(sequence)
})))
stopifnot(nrow(orders) == 90)
statistic <- function(y, order) {
  a <- as.integer(d$period > order[d$cluster + 1])
  fe <- model.matrix(~ factor(cluster) + factor(period), d)
  ra <- lm.fit(fe, a)$residuals
  ry <- lm.fit(fe, y)$residuals
  tau <- sum(ra * ry) / sum(ra^2)
  scores <- tapply(ra * (ry - tau * ra), d$cluster, sum)
  tau * sum(ra^2) / sqrt(sum(scores^2))
}
p <- function(y) {
  seen <- abs(statistic(y, sequence))
  mean(apply(orders, 1, function(o) abs(statistic(y, o))) >= seen - 1e-9)
}
cat("outcome,estimate,se,df,p0,p1\n", file = "stepped_wedge.csv")
for (outcome in c("y", "b")) {
  d$out <- d[[outcome]]
  fit <- lm_robust(out ~ offer + factor(period), fixed_effects = ~cluster, clusters = cluster,
    data = d, se_type = "CR2")
  cat(sprintf("%s,%.12g,%.12g,%.12g,%.12g,%.12g\n", outcome, fit$coefficients[["offer"]],
    fit$std.error[["offer"]], fit$df[["offer"]], p(d$out), p(d$out - 0.5 * d$offer)),
    file = "stepped_wedge.csv", append = TRUE)
}
