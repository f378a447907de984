# Generalised linear models: coefficients, sandwich errors, and standardised means by the delta method
# written out. Debian: r-base-core r-cran-mass r-cran-sandwich r-cran-jsonlite.
suppressMessages({ library(MASS); library(sandwich); library(jsonlite) })
folder <- "Tests/StatisticsTests/Reference"
tight <- glm.control(epsilon = 1e-15, maxit = 100)

wb <- glm(breaks ~ tension, poisson, warpbreaks, control = tight)
warp <- list(y = warpbreaks$breaks, tension = as.character(warpbreaks$tension), coef = coef(wb),
  hc0 = sqrt(diag(vcovHC(wb, type = "HC0"))), hc1 = sqrt(diag(vcovHC(wb, type = "HC1"))),
  model = sqrt(diag(vcov(wb))))

nb <- glm.nb(Days ~ Sex + Age, quine, control = glm.control(epsilon = 1e-15, maxit = 200))
# glm.nb alternates until 1e-8 only: go on to the maximum.
theta <- nb$theta
b <- coef(nb)
for (k in 1:50) {
  # glm stops by the deviance, which is flat at the maximum: each start takes it on.
  fit <- glm(Days ~ Sex + Age, negative.binomial(theta), quine, control = tight, start = b)
  b <- coef(fit)
  mu <- fitted(fit)
  score <- function(t) sum(digamma(t + quine$Days) - digamma(t) + log(t) + 1 - log(t + mu) -
    (quine$Days + t) / (mu + t))
  theta <- uniroot(score, c(0.1, 20), tol = 1e-14)$root
}
negative <- list(y = quine$Days, sex = as.integer(quine$Sex == "M"), age = as.character(quine$Age),
  theta = theta, mass = nb$theta, coef = coef(fit),
  hc0 = sqrt(diag(sandwich(fit))))

# Means if everybody had got the arm, with HC1 or CR1.
set.seed(8)
n <- 300
d <- data.frame(arm = rep(0:2, n / 3), x = round(rnorm(n), 2), w = round(runif(n, 0.5, 3), 2),
  cluster = rep(1:50, each = 6)[sample(n)])
d$arm <- factor(d$arm)
d$y <- rbinom(n, 1, plogis(-0.5 + 0.6 * (d$arm == 1) + 0.9 * (d$arm == 2) + 0.8 * d$x))
d$count <- rnbinom(n, mu = d$w * exp(0.2 + 0.3 * (d$arm == 2) + 0.3 * d$x), size = 1.5)
standardised <- function(fit, weight, V) {
  X <- model.matrix(~ arm + x, d)
  inverse <- fit$family$linkinv; slope <- fit$family$mu.eta
  means <- numeric(3); G <- matrix(0, 3, 4)
  for (a in 0:2) {
    Xa <- X; Xa[, 2:3] <- 0
    if (a > 0) Xa[, a + 1] <- 1
    eta <- drop(Xa %*% coef(fit))
    means[a + 1] <- sum(weight * inverse(eta)) / sum(weight)
    G[a + 1, ] <- colSums(weight * slope(eta) * Xa) / sum(weight)
  }
  list(means = means, covariance = G %*% V %*% t(G))
}
logit <- glm(y ~ arm + x, binomial, d, control = tight)
pois <- glm(count ~ arm + x + offset(log(w)), poisson, d, control = tight)
size <- 1
for (k in 1:100) {
  neg <- glm(count ~ arm + x + offset(log(w)), negative.binomial(size), d, control = tight,
    start = coef(if (k == 1) pois else neg))
  mu <- fitted(neg)
  score <- function(t) sum(digamma(t + d$count) - digamma(t) + log(t) + 1 - log(t + mu) -
    (d$count + t) / (mu + t))
  size <- uniroot(score, c(0.05, 100), tol = 1e-14)$root
}
k <- length(coef(neg))
one <- rep(1, n)
means <- list(
  logistic = standardised(logit, one, vcovHC(logit, type = "HC1")),
  logistic_model = standardised(logit, one, vcov(logit)),
  logistic_clustered = standardised(logit, one, vcovCL(logit, d$cluster, type = "HC1")),
  poisson = standardised(pois, d$w, vcovHC(pois, type = "HC1")),
  negative_binomial = standardised(neg, d$w, sandwich(neg) * n / (n - k)))
write_json(list(warp = warp, negative = negative, arm = as.integer(as.character(d$arm)), x = d$x,
  w = d$w, cluster = d$cluster, y = d$y, count = d$count, means = means,
  logit = list(coef = coef(logit), hc0 = sqrt(diag(vcovHC(logit, type = "HC0"))))),
  file.path(folder, "generalized_linear_models.json"), auto_unbox = TRUE, digits = 15, pretty = FALSE)
