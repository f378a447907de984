# Bootstrap intervals from given draws by boot.ci, and wild cluster bootstrap tests by enumeration with
# the regressions run anew. Debian: r-base-core r-cran-boot r-cran-sandwich r-cran-jsonlite.
suppressMessages({ library(boot); library(sandwich); library(jsonlite) })
folder <- "Tests/StatisticsTests/Reference"
set.seed(11)
x <- round(rexp(25, 0.2), 2)
ratio <- function(d, i) mean(d[i])^2
b <- boot(x, ratio, R = 499)
L <- empinf(data = x, statistic = ratio, type = "jack", stype = "i")
intervals <- lapply(c(0.8, 0.9, 0.95), function(level) {
  perc <- boot.ci(b, conf = level, type = "perc")$percent[4:5]
  bca <- boot.ci(b, conf = level, type = "bca", L = L)$bca[4:5]
  list(level = level, perc = perc, bca = bca)
})

# Eight clusters; the regression of y on d, with and without a centred covariate and its product.
size <- c(3, 5, 4, 6, 2, 5, 4, 3)
g <- rep(1:8, size)
d <- as.integer(g %% 2 == 0)
z <- round(rnorm(length(g)), 2)
y <- round(2 + 0.8 * d + 0.7 * z + rnorm(8)[g] + rnorm(length(g)), 2)
t_of <- function(y, X, theta) {
  fit <- if (is.null(X)) lm(y ~ d) else lm(y ~ X + d)
  V <- vcovCL(fit, cluster = g, type = "HC1")
  k <- length(coef(fit))
  unname((coef(fit)[k] - theta) / sqrt(V[k, k]))
}
signs <- as.matrix(expand.grid(rep(list(c(1, -1)), 8)))
wild <- function(X, theta) {
  left <- y - theta * d
  restricted <- if (is.null(X)) lm(left ~ 1) else lm(left ~ X)
  u <- resid(restricted)
  base <- fitted(restricted) + theta * d
  seen <- t_of(y, X, theta)
  draws <- apply(signs, 1, function(w) t_of(base + u * w[g], X, theta))
  c(seen, mean(abs(draws) >= abs(seen) - 1e-9))
}
# The same, all draws at once: each draw's whole regression by matrices, checked against lm and vcovCL.
many <- function(X, theta) {
  others <- cbind(rep(1, length(y)), X); full <- cbind(others, d); k <- ncol(full); n <- nrow(full)
  fit <- function(M, Y) { b <- solve(crossprod(M), crossprod(M, Y)); list(b = b, e = Y - M %*% b) }
  null <- fit(others, y - theta * d)$e[, 1]
  Y <- cbind(y, (y - null) + null * t(signs)[g, ])
  all <- fit(full, Y)
  score <- drop(full %*% solve(crossprod(full))[, k]) * all$e
  V <- colSums(rowsum(score, g)^2) * 8 / 7 * (n - 1) / (n - k)
  t <- (all$b[k, ] - theta) / sqrt(V)
  list(t = t[1], draws = t[-1], b = all$b[k, 1])
}
symmetric <- function(m) mean(abs(m$draws) >= abs(m$t) - 1e-9)
equal <- function(m) min(1, 2 * min(mean(m$draws <= m$t + 1e-9), mean(m$draws >= m$t - 1e-9)))
# Where p falls below 0.1 first, walking away from the coefficient: a grid, then halving.
end <- function(X, p, direction) {
  kept <- many(X, 0)$b; lost <- kept
  repeat { lost <- kept + direction * 0.02; if (p(many(X, lost)) < 0.1) break; kept <- lost }
  for (i in 1:50) {
    middle <- (kept + lost) / 2
    if (p(many(X, middle)) < 0.1) lost <- middle else kept <- middle
  }
  kept
}
zc <- z - mean(z)
lin <- cbind(zc, zc * d)
cases <- lapply(list(plain = NULL, lin = lin), function(X) {
  thetas <- c(0, 0.5, 1.5, -1)
  found <- sapply(thetas, function(theta) wild(X, theta))
  fast <- lapply(thetas, function(theta) many(X, theta))
  stopifnot(max(abs(sapply(fast, function(m) m$t) - found[1, ])) < 1e-9,
    all(sapply(fast, symmetric) == found[2, ]))
  # All signs are symmetric, so that both kinds of p agree; the first hundred of them are not.
  hundred <- lapply(fast, function(m) list(t = m$t, draws = m$draws[1:100]))
  list(theta = thetas, t = found[1, ], p = found[2, ], hundred = sapply(hundred, symmetric),
    hundredEqual = sapply(hundred, equal), equal = sapply(fast, equal),
    ends = sapply(c(-1, 1), function(direction) end(X, symmetric, direction)),
    equalEnds = sapply(c(-1, 1), function(direction) end(X, equal, direction)))
})
write_json(list(x = x, t0 = b$t0, t = as.vector(b$t), L = L, intervals = intervals,
  group = g - 1, d = d, z = z, y = y, wild = cases),
  file.path(folder, "resampling.json"), auto_unbox = TRUE, digits = 15, pretty = TRUE)
