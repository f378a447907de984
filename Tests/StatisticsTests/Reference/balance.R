# Balance of covariates, the e-process of arm sizes and the price of looking: base R and mvtnorm.
# Rscript balance.R > balance.json
suppressMessages({library(jsonlite); library(mvtnorm)})

x <- c(34, 41, 38, 49, 36, 45, 40, 39, 47, 35, 42, 44)
w <- c(3, 14, 8, 30, 2, 22, 9, 12, 26, 4, 15, 19.5)
arm <- c(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2)
smd <- function(a, b) (mean(a) - mean(b)) / sqrt((var(a) + var(b)) / 2)
X <- cbind(x, w, 2 * x - w)  # the third says nothing new
M <- function(X, arm) {
  S <- cov(X); e <- eigen(S, symmetric = TRUE); keep <- e$values > max(e$values) * 1e-10
  inverse <- e$vectors[, keep] %*% diag(1 / e$values[keep], sum(keep)) %*% t(e$vectors[, keep])
  sum(sapply(unique(arm), function(k) {
    d <- colMeans(X[arm == k, , drop = FALSE]) - colMeans(X)
    sum(arm == k) * d %*% inverse %*% d
  }))
}
# Exact permutation distribution for two arms of three, enumerated.
y <- c(10, 12, 9, 15, 20, 11); z <- c(1, 0, 0, 1, 1, 0)
choices <- combn(6, 3); observed <- M(cbind(y), z)
share <- mean(apply(choices, 2, function(s) { v <- rep(0, 6); v[s] <- 1; M(cbind(y), v) >= observed - 1e-9 }))

evidence <- function(counts, p, c = 1000) {
  n <- sum(counts)
  lgamma(c) - lgamma(c + n) + sum(lgamma(c * p + counts) - lgamma(c * p)) - sum(counts * log(p))
}
batches <- list(c(52, 48), c(240, 260), c(700, 1300), c(5000, 5200))
running <- Reduce(`+`, batches, accumulate = TRUE)

power <- function(t, upper, drift) {
  K <- length(t); S <- outer(t, t, function(a, b) sqrt(pmin(a, b) / pmax(a, b)))
  stop <- 0  # two-sided trial, upper crossings first
  for (k in 1:K) {
    lo <- c(-upper[seq_len(k - 1)], upper[k]); hi <- c(upper[seq_len(k - 1)], Inf)
    stop <- stop + pmvnorm(lo, hi, mean = drift * sqrt(t[1:k]), sigma = S[1:k, 1:k, drop = FALSE],
                           algorithm = GenzBretz(abseps = 1e-6))
  }
  as.numeric(stop)
}
price <- function(t, upper, beta = 0.2) {
  fixed <- qnorm(0.975) + qnorm(1 - beta)
  (uniroot(function(d) power(t, upper, d) - (1 - beta), c(1, 8), tol = 1e-6)$root / fixed)^2
}
set.seed(1)
cat(toJSON(list(
  smd = smd(w[arm == 1], w[arm == 0]), ratio = var(w[arm == 1]) / var(w[arm == 0]),
  m = M(X, arm), p = pchisq(M(X, arm), 2 * 2, lower.tail = FALSE),
  m_two = observed, share_two = share,
  log_evidence = sapply(running, evidence, p = c(0.5, 0.5)),
  log_evidence_third = sapply(running, evidence, p = c(1, 2) / 3),
  price_obf_5 = price((1:5) / 5, 2.0401 * sqrt(5 / (1:5)))
), auto_unbox = TRUE, digits = 12, pretty = TRUE))
