# What outcomes beyond rates and means must print, from R. Writes outcome_kinds_data.csv and
# outcome_kinds.csv beside itself. Run in this folder: Rscript outcome_kinds.R

suppressMessages({
  library(survival)
  library(clubSandwich)
})
set.seed(20190701)

n <- 300
arm <- rep(c("control", "social"), length.out = n)
household <- rep(seq_len(n / 3), each = 3)
clustered <- rep(sample(rep(c("control", "social"), length.out = n / 3)), each = 3)
shared <- rnorm(n / 3, 0, 0.5)[household]
shown <- rpois(n, 40 + 10 * (arm == "social")) + 1
clicks <- rbinom(n, shown, plogis(-3 + 0.3 * (arm == "social") + shared))
weeks <- sample(4:12, n, replace = TRUE)
visits <- rpois(n, weeks * exp(-2 + 0.4 * (arm == "social") + shared))
income <- round(exp(rnorm(n, 5 + 0.2 * (arm == "social"), 0.6)), 1)
time <- ceiling(rexp(n, exp(-5 + 0.4 * (clustered == "social") + shared)))
end <- sample(c(180, 200, 240), n, replace = TRUE)
days <- pmin(time, end)
placed <- as.integer(time <= end)
data <- data.frame(arm, household, clustered, shown, clicks, weeks, visits, income, days, placed)
write.csv(data, "outcome_kinds_data.csv", row.names = FALSE, quote = FALSE)

rows <- list()
add <- function(case, outcome, measure, estimate, se, df, p, low, high) {
  rows[[length(rows) + 1]] <<- data.frame(
    case, outcome, measure,
    estimate = sprintf("%.15g", estimate), std_error = sprintf("%.15g", se),
    df = sprintf("%.15g", df), p_value = sprintf("%.15g", p),
    conf_low = sprintf("%.15g", low), conf_high = sprintf("%.15g", high))
}
interval <- function(case, outcome, measure, estimate, se, df) {
  reach <- qt(0.975, df) * se
  add(case, outcome, measure, estimate, se, if (is.finite(df)) df else NA,
    2 * pt(-abs(estimate / se), df), estimate - reach, estimate + reach)
}

# Ratios of sums: the delta method written out, Welch's degrees of freedom, Fieller's set.
ratio <- function(outcome, y, x) {
  part <- function(a) {
    y <- y[arm == a]
    x <- x[arm == a]
    r <- sum(y) / sum(x)
    list(r = r, v = var((y - r * x) / mean(x)) / length(y), n = length(y))
  }
  a <- part("social")
  c <- part("control")
  df <- (a$v + c$v)^2 / (a$v^2 / (a$n - 1) + c$v^2 / (c$n - 1))
  interval("units", outcome, "rate_difference", a$r - c$r, sqrt(a$v + c$v), df)
  t <- qt(0.975, df)
  ends <- polyroot(c(a$r^2 - t^2 * a$v, -2 * a$r * c$r, c$r^2 - t^2 * c$v))
  ends <- sort(Re(ends))
  p <- 2 * pt(-abs(a$r - c$r) / sqrt(a$v + c$v), df)
  se <- sqrt(a$v + (a$r / c$r)^2 * c$v) / c$r
  add("units", outcome, "rate_ratio", a$r / c$r, se, df, p, ends[1], ends[2])
}
ratio("ctr", clicks, shown)
ratio("visits", visits, weeks)

# Quantiles: type 7, ranks by the binomial distribution.
quantile_difference <- function(p) {
  part <- function(a) {
    y <- sort(income[arm == a])
    n <- length(y)
    q <- quantile(y, p, names = FALSE)
    low <- y[qbinom(0.025, n, p)]
    high <- y[qbinom(0.975, n, p) + 1]
    list(q = q, v = ((high - low) / (2 * qnorm(0.975)))^2, n = n)
  }
  a <- part("social")
  c <- part("control")
  df <- (a$v + c$v)^2 / (a$v^2 / (a$n - 1) + c$v^2 / (c$n - 1))
  interval("units", "income", "quantile_difference", a$q - c$q, sqrt(a$v + c$v), df)
}
quantile_difference(0.5)

# Times: areas under the curves of survfit, Cox by coxph; with clusters Lin and Wei's variance.
horizon <- 180
fit <- survfit(Surv(days, placed) ~ clustered, data)
area <- summary(fit, rmean = horizon)$table
interval("units", "placed_in", "rmst_difference",
  area[2, "rmean"] - area[1, "rmean"], sqrt(sum(area[, "se(rmean)"]^2)), Inf)
hazard <- function(case, ...) {
  found <- summary(coxph(Surv(days, placed) ~ clustered, data, ...))$coefficients
  beta <- found[1, "coef"]
  se <- found[1, if (case == "clusters") "robust se" else "se(coef)"]
  add(case, "placed_in", "hazard_ratio", exp(beta), exp(beta) * se, NA,
    2 * pnorm(-abs(beta / se)), exp(beta - qnorm(0.975) * se), exp(beta + qnorm(0.975) * se))
}
hazard("units")
hazard("clusters", cluster = household)

# Restricted means in clusters: CR2 on the jackknife's influences (infinitesimal, from survfit).
influences <- unlist(lapply(split(data, clustered), function(d) {
  fit <- survfit(Surv(days, placed) ~ 1, d, influence = 1)
  steps <- diff(c(fit$time[fit$time < horizon], horizon))
  kept <- fit$time < horizon
  n <- nrow(d)
  n * as.vector(fit$influence.surv[, kept] %*% steps)
}))
order_of_rows <- unlist(split(seq_len(n), clustered))
psi <- numeric(n)
psi[order_of_rows] <- influences
means <- setNames(area[, "rmean"], c("control", "social"))
linear <- means[clustered] + psi
fit <- lm(linear ~ clustered)
test <- coef_test(fit, vcov = "CR2", cluster = household, test = "Satterthwaite")
interval("clusters", "placed_in", "rmst_difference", test$beta[2], test$SE[2], test$df_Satt[2])

write.csv(do.call(rbind, rows), "outcome_kinds.csv", row.names = FALSE, quote = FALSE)
