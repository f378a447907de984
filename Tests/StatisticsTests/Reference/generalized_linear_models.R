# Generalised linear models of R: glm, MASS::glm.nb (iterated to the last digits), sandwich; marginal
# means by predict() and the delta method written out. Writes generalized_linear_models_data.csv and
# generalized_linear_models.csv beside itself. Run in this folder.

suppressMessages({
  library(MASS)
  library(sandwich)
})
data_rows <- list()
rows <- list()
put <- function(set, column, values) {
  data_rows[[length(data_rows) + 1]] <<- data.frame(set, column,
    values = paste(sprintf("%.17g", values), collapse = " "))
}
add <- function(fit, term, what, value) {
  rows[[length(rows) + 1]] <<- data.frame(fit, term, what, value = sprintf("%.17g", value))
}
tight <- glm.control(epsilon = 1e-15, maxit = 100)
# glm stops by the deviance, which is flat at its minimum, and keeps the weights of the step before:
# the last digits of coefficients and covariances need a few steps more.
settle <- function(fit) {
  for (i in 1:10) fit <- update(fit, start = coef(fit))
  fit
}

# Coefficients with every kind of standard error.
report <- function(name, fit, cluster = NULL) {
  kinds <- list(model = vcov(fit), hc0 = vcovHC(fit, type = "HC0"), hc1 = vcovHC(fit, type = "HC1"))
  if (!is.null(cluster)) {
    kinds$cr0 <- vcovCL(fit, cluster, type = "HC0", cadjust = FALSE)
    kinds$cr1 <- vcovCL(fit, cluster, type = "HC1")
  }
  for (term in names(coef(fit))) {
    add(name, term, "estimate", coef(fit)[[term]])
    for (kind in names(kinds)) add(name, term, kind, sqrt(kinds[[kind]][term, term]))
  }
  add(name, "fit", "log_likelihood", as.numeric(logLik(fit)))
  add(name, "fit", "deviance", deviance(fit))
}

# Every unit set to each arm; gradients of the means by hand.
standardise <- function(name, fit, data, exposure, slope, covariance) {
  x <- lapply(levels(data$arm), function(a) {
    d <- data
    d$arm <- factor(a, levels = levels(data$arm))
    model.matrix(delete.response(terms(fit)), d)
  })
  w <- exposure / sum(exposure)
  # Without the offset: the rate of one unit of exposure.
  eta <- lapply(x, function(m) drop(m %*% coef(fit)))
  inverse <- fit$family$linkinv
  means <- sapply(eta, function(e) sum(w * inverse(e)))
  gradient <- t(sapply(seq_along(x), function(i) colSums(w * slope(eta[[i]]) * x[[i]])))
  v <- gradient %*% covariance %*% t(gradient)
  for (i in seq_along(x)) {
    add(name, paste0("mean", i), "estimate", means[i])
    for (j in seq_along(x)) add(name, paste0("mean", i), paste0("cov", j), v[i, j])
  }
}

# The data of the datasets package and of MASS.
put("warpbreaks", "breaks", warpbreaks$breaks)
put("warpbreaks", "tension", as.integer(warpbreaks$tension))
put("warpbreaks", "wool", as.integer(warpbreaks$wool))
report("warpbreaks", settle(glm(breaks ~ tension, poisson, warpbreaks, control = tight)))

put("quine", "days", quine$Days)
for (column in c("Eth", "Sex", "Age", "Lrn")) put("quine", column, as.integer(quine[[column]]))
polished <- function(formula, data) {
  fit <- glm.nb(formula, data, control = tight)
  theta <- fit$theta
  for (i in 1:60) {
    step <- glm(formula, negative.binomial(theta), data, control = tight)
    for (j in 1:10) {
      step <- glm(formula, negative.binomial(theta), data, control = tight, start = coef(step))
    }
    next_theta <- as.numeric(theta.ml(step$y, fitted(step), limit = 100, eps = 1e-13))
    if (abs(next_theta - theta) < 1e-13 * theta) break
    theta <- next_theta
  }
  list(theta = theta, glm = step)
}
nb <- polished(Days ~ Eth + Sex + Age + Lrn, quine)
report_nb <- function(name, nb) {
  # vcov of the class glm estimates a dispersion, which is 1 here.
  model <- summary(nb$glm, dispersion = 1)$cov.scaled
  s <- nb$glm$residuals * weights(nb$glm, "working")
  x <- model.matrix(nb$glm)
  b <- solve(crossprod(x, weights(nb$glm, "working") * x))
  hc0 <- b %*% crossprod(s * x) %*% b
  n <- nrow(x)
  k <- ncol(x)
  for (i in seq_len(k)) {
    term <- names(coef(nb$glm))[i]
    add(name, term, "estimate", coef(nb$glm)[[i]])
    add(name, term, "model", sqrt(model[i, i]))
    add(name, term, "hc0", sqrt(hc0[i, i]))
    add(name, term, "hc1", sqrt(hc0[i, i] * n / (n - k)))
  }
  add(name, "fit", "theta", nb$theta)
  add(name, "fit", "log_likelihood", sum(dnbinom(nb$glm$y, size = nb$theta, mu = fitted(nb$glm),
    log = TRUE)))
  add(name, "fit", "deviance", deviance(nb$glm))
  hc0 * n / (n - k)
}
invisible(report_nb("quine", nb))
# glm.nb as it stands, to its own tolerance.
plain <- glm.nb(Days ~ Eth + Sex + Age + Lrn, quine)
stopifnot(abs(plain$theta - nb$theta) < 1e-5, max(abs(coef(plain) - coef(nb$glm))) < 1e-6)

# A trial in clusters, three arms of unequal size, covariates that matter, exposures that differ.
set.seed(20261125)
clusters <- 60
size <- sample(3:8, clusters, replace = TRUE)
cluster <- rep(seq_len(clusters), size)
n <- length(cluster)
arm <- sample(1:3, n, replace = TRUE, prob = c(0.5, 0.3, 0.2))
age <- round(rnorm(n, 45, 9))
female <- rbinom(n, 1, 0.5)
shared <- rnorm(clusters, 0, 0.5)[cluster]
exposure <- round(runif(n, 0.5, 12), 1)
event <- rbinom(n, 1, plogis(-1 + 0.3 * (arm == 2) + 0.7 * (arm == 3) + 0.05 * (age - 45) + shared))
count <- rnbinom(n, size = 1.5,
  mu = exposure * exp(-0.8 + 0.2 * (arm == 2) + 0.4 * (arm == 3) + 0.03 * (age - 45) + shared))
even <- rbinom(n, 8, plogis(-0.5 + 0.2 * (arm == 3)))
trial <- data.frame(cluster, arm, age, female, exposure, event, count, even)
for (column in names(trial)) put("trial", column, trial[[column]])
trial$arm <- factor(trial$arm)

logit <- settle(glm(event ~ arm + age + female, binomial, trial, control = tight))
report("logit", logit, cluster)
logit_slope <- function(e) dlogis(e)
ones <- rep(1, n)
standardise("logit_hc1", logit, trial, ones, logit_slope, vcovHC(logit, type = "HC1"))
standardise("logit_model", logit, trial, ones, logit_slope, vcov(logit))
standardise("logit_cr1", logit, trial, ones, logit_slope, vcovCL(logit, cluster, type = "HC1"))

poisson_fit <- glm(count ~ arm + age + female, poisson, trial, offset = log(exposure),
  control = tight)
poisson_fit <- settle(poisson_fit)
report("poisson", poisson_fit, cluster)
standardise("poisson_hc1", poisson_fit, trial, exposure, exp, vcovHC(poisson_fit, type = "HC1"))
standardise("poisson_model", poisson_fit, trial, exposure, exp, vcov(poisson_fit))
standardise("poisson_cr1", poisson_fit, trial, exposure, exp,
  vcovCL(poisson_fit, cluster, type = "HC1"))

nb_trial <- polished(count ~ arm + age + female + offset(log(exposure)), trial)
covariance <- report_nb("negative_binomial", nb_trial)
standardise("negative_binomial_hc1", nb_trial$glm, trial, exposure, exp, covariance)

# Less variable than Poisson's: no finite theta.
even_fit <- settle(glm(even ~ arm + age, poisson, trial, control = tight))
stopifnot(sum((even - fitted(even_fit))^2 - even) < 0)
report("even", even_fit)

write.csv(do.call(rbind, data_rows), "generalized_linear_models_data.csv", row.names = FALSE,
  quote = FALSE)
write.csv(do.call(rbind, rows), "generalized_linear_models.csv", row.names = FALSE, quote = FALSE)
