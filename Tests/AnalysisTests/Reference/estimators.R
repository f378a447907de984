# What a trial file's estimators must print, from R: estimatr, clubSandwich and, where no package has
# it, the definition written out. Writes estimators_data.csv and estimators.csv beside itself.
# Run in this folder: Rscript estimators.R

suppressMessages({
  library(estimatr)
  library(clubSandwich)
})
set.seed(20210601)

clusters <- 60
size <- sample(2:6, clusters, replace = TRUE)
household <- rep(seq_len(clusters), size)
n <- length(household)
block <- rep(rep(c("north", "south", "east"), length.out = clusters), size)
arms <- c("control", "simple", "social")
cluster_arm <- unlist(lapply(split(seq_len(clusters), rep(1:3, length.out = clusters)), function(ids) {
  setNames(sample(rep(arms, length.out = length(ids))), ids)
}))
names(cluster_arm) <- sub("^[0-9]+\\.", "", names(cluster_arm))
clustered <- cluster_arm[as.character(household)]
individual <- sample(rep(arms, length.out = n))
age <- round(rnorm(n, 42, 5))
months <- rpois(n, 8)
sex <- sample(c("f", "m"), n, replace = TRUE)
shared <- rnorm(clusters)[household]
lift <- c(control = 0, simple = 0.5, social = 1.2)
y <- round(20 + 0.3 * age - 0.2 * months + 2 * shared + lift[clustered] + rnorm(n, 0, 3), 2)
b <- as.integer(runif(n) < plogis(-0.4 + 0.5 * shared + 0.4 * lift[clustered]))
age[sample(n, round(n * 0.05))] <- NA
months[sample(n, round(n * 0.2))] <- NA

attended <- as.integer(runif(n) < c(control = 0.1, simple = 0.3, social = 0.5)[individual])

data <- data.frame(
  household, block, clustered, individual, age, months, sex, y, b, attended, row.names = NULL)
write.csv(data, "estimators_data.csv", row.names = FALSE, quote = FALSE, na = "")

rows <- list()
add <- function(case, outcome, arm, measure, estimate, se, df, p, low, high) {
  rows[[length(rows) + 1]] <<- data.frame(
    case, outcome, arm, measure,
    estimate = sprintf("%.15g", estimate), std_error = sprintf("%.15g", se),
    df = sprintf("%.15g", df), p_value = sprintf("%.15g", p),
    conf_low = sprintf("%.15g", low), conf_high = sprintf("%.15g", high))
}

# A difference whose estimate, standard error and degrees of freedom are known.
difference <- function(case, outcome, arm, estimate, se, df) {
  reach <- qt(0.975, df) * se
  measure <- if (outcome == "b") "risk_difference" else "mean_difference"
  add(case, outcome, arm, measure, estimate, se, df, 2 * pt(-abs(estimate / se), df),
    estimate - reach, estimate + reach)
}

# A regression on arms; the covariates are centred and multiplied with the arms.
interacted <- function(outcome, arm, covariates, cluster) {
  d <- data.frame(y = data[[outcome]], arm = factor(data[[arm]], levels = arms))
  terms <- "arm"
  for (name in names(covariates)) {
    d[[name]] <- covariates[[name]] - mean(covariates[[name]])
    terms <- c(terms, paste0("arm*", name))
  }
  fit <- lm(as.formula(paste("y ~", paste(terms, collapse = " + "))), d)
  test <- coef_test(fit, vcov = "CR2", cluster = cluster, test = "Satterthwaite")
  list(test = test[c("armsimple", "armsocial"), ], fit = fit)
}

report <- function(case, outcome, found) {
  for (i in 1:2) {
    difference(case, outcome, arms[i + 1], found$test$beta[i], found$test$SE[i],
      found$test$df_Satt[i])
  }
}

# Missing values: the mean up to a tenth, else 0 and an indicator.
known_age <- ifelse(is.na(age), mean(age, na.rm = TRUE), age)
covariates <- list(
  age = known_age, months = ifelse(is.na(months), 0, months),
  months_missing = as.numeric(is.na(months)), sex = as.numeric(sex == setdiff(unique(sex), sex[1])))

# Each row its own cluster: HC2 with the degrees of freedom of Bell and McCaffrey.
for (outcome in c("y", "b")) {
  report("lin", outcome, interacted(outcome, "individual", covariates, seq_len(n)))
  report("lin_clustered", outcome,
    interacted(outcome, "clustered", list(age = known_age), household))
}

# estimatr's own words for the same two things where it has them.
dim <- lm_robust(y ~ factor(clustered, levels = arms), data, clusters = household, se_type = "CR2")
for (i in 1:2) {
  difference("clustered", "y", arms[i + 1], dim$coefficients[[i + 1]], dim$std.error[[i + 1]],
    dim$df[[i + 1]])
}
data$drawn <- factor(data$individual, levels = arms)
lin <- lm_lin(y ~ drawn, ~ sex, data, se_type = "HC2")
for (i in 1:2) {
  difference("lin_hc2", "y", arms[i + 1], lin$coefficients[[i + 1]], lin$std.error[[i + 1]],
    lin$df[[i + 1]])
}

# Rates of whole clusters on every scale: one test, inverted. The distance from the estimated pair to
# the curve of a null value, in the metric of their covariance, is referred to Student's t.
rates <- function(arm) {
  fit <- lm_robust(b ~ 0 + factor(clustered, levels = arms), data, clusters = household,
    se_type = "CR2")
  all <- lm_robust(b ~ factor(clustered, levels = arms), data, clusters = household,
    se_type = "CR2")
  i <- match(arm, arms)
  list(p = unname(fit$coefficients[c(i, 1)]), v = unname(fit$std.error[c(i, 1)]^2),
    df = all$df[[i]], se = all$std.error[[i]], d = all$coefficients[[i]])
}
scales <- list(
  odds_ratio = list(
    value = function(p) p[1] / (1 - p[1]) * (1 - p[2]) / p[2],
    arm = function(theta, control) theta * control / (1 - control + theta * control),
    grid = function(at) exp(at), range = c(-6, 6)),
  risk_ratio = list(
    value = function(p) p[1] / p[2],
    arm = function(theta, control) theta * control,
    grid = function(at) exp(at), range = c(-6, 6)),
  cohens_h = list(
    value = function(p) 2 * asin(sqrt(p[1])) - 2 * asin(sqrt(p[2])),
    arm = function(theta, control) sin(pmin(pmax(asin(sqrt(control)) + theta / 2, 0), pi / 2))^2,
    grid = function(at) at, range = c(-2, 2)))
for (arm in arms[-1]) {
  r <- rates(arm)
  difference("clustered", "b", arm, r$d, r$se, r$df)
  for (name in names(scales)) {
    s <- scales[[name]]
    distance <- function(theta) {
      sqrt(optimize(function(control) {
        (r$p[1] - s$arm(theta, control))^2 / r$v[1] + (r$p[2] - control)^2 / r$v[2]
      }, c(1e-6, 1 - 1e-6), tol = 1e-14)$objective)
    }
    centre <- s$value(r$p)
    at <- if (name == "cohens_h") centre else log(centre)
    excess <- function(x) distance(s$grid(x)) - qt(0.975, r$df)
    low <- s$grid(uniroot(excess, c(s$range[1], at), tol = 1e-14)$root)
    high <- s$grid(uniroot(excess, c(at, s$range[2]), tol = 1e-14)$root)
    add("clustered", "b", arm, name, centre, NA, r$df, 2 * pt(-abs(r$d / r$se), r$df), low, high)
  }
}

# Within blocks: units, clusters, pairs; estimatr compares two arms at a time.
blocked <- function(case, arm_column, outcome, treatment, rows_used, ...) {
  d <- data[rows_used & data[[arm_column]] %in% c("control", treatment), ]
  d$z <- as.integer(d[[arm_column]] == treatment)
  d$out <- d[[outcome]]
  fit <- difference_in_means(out ~ z, d, ...)
  difference(case, outcome, treatment, fit$coefficients[[1]], fit$std.error[[1]], fit$df[[1]])
}
# Weights are the blocks' sizes over the arms compared, so the trials of these rows have two arms.
two <- data$individual %in% c("control", "social")
blocked("blocked", "individual", "y", "social", two, blocks = block)
blocked("blocked", "individual", "b", "social", two, blocks = block)
two <- data$clustered %in% c("control", "social")
blocked("blocked_clustered", "clustered", "y", "social", two, blocks = block,
  clusters = household)
# Those who attended because of the letter: 2SLS with HC2; the interval inverts the test of y - beta d.
for (treatment in c("simple", "social")) {
  d <- data[data$individual %in% c("control", treatment), ]
  d$z <- as.integer(d$individual == treatment)
  fit <- iv_robust(y ~ attended | z, d, se_type = "HC2")
  parts <- lapply(split(d, d$z), function(g) {
    list(m = colMeans(g[, c("y", "attended")]), v = cov(g[, c("y", "attended")]) / nrow(g),
      n = nrow(g))
  })
  itt <- parts[["1"]]$m - parts[["0"]]$m
  v <- parts[["1"]]$v + parts[["0"]]$v
  df <- v[1, 1]^2 / sum(sapply(parts, function(p) p$v[1, 1]^2 / (p$n - 1)))
  q <- qt(0.975, df)^2
  ends <- sort(Re(polyroot(c(
    itt[1]^2 - q * v[1, 1], -2 * (itt[1] * itt[2] - q * v[1, 2]), itt[2]^2 - q * v[2, 2]))))
  add("cace", "y", treatment, "mean_difference", fit$coefficients[[2]], fit$std.error[[2]], df,
    2 * pt(-abs(itt[1]) / sqrt(v[1, 1]), df), ends[1], ends[2])
}
write.csv(do.call(rbind, rows), "estimators.csv", row.names = FALSE, quote = FALSE)
