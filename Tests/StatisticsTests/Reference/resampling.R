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
zc <- z - mean(z)
lin <- cbind(zc, zc * d)
cases <- lapply(list(plain = NULL, lin = lin), function(X) {
  thetas <- c(0, 0.5, 1.5, -1)
  found <- sapply(thetas, function(theta) wild(X, theta))
  list(theta = thetas, t = found[1, ], p = found[2, ])
})
write_json(list(x = x, t0 = b$t0, t = as.vector(b$t), L = L, intervals = intervals,
  group = g - 1, d = d, z = z, y = y, wild = cases),
  file.path(folder, "resampling.json"), auto_unbox = TRUE, digits = 15, pretty = TRUE)
