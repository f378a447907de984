# What the end-to-end tests expect, computed in R without looking at nudge's source.
#
# Restricted maximum-likelihood rates come from R's own root finder on the score equation (not from a
# closed form), limits from inverting the score test with uniroot. Run through `make references`.
suppressPackageStartupMessages(library(jsonlite))

solve_root <- function(f, lower, upper) uniroot(f, c(lower, upper), tol = 1e-15, maxiter = 10000)$root
eps <- 1e-14

# Rates (arm, control) that maximise the likelihood under one value of the effect.
restricted <- function(x1, n1, x2, n2, measure, theta) {
  p1_of <- switch(measure,
    risk_difference = function(p2) p2 + theta,
    risk_ratio = function(p2) p2 * theta,
    odds_ratio = function(p2) theta * p2 / (1 - p2 + theta * p2))
  slope <- switch(measure,
    risk_difference = function(p2) 1,
    risk_ratio = function(p2) theta,
    odds_ratio = function(p2) theta / (1 - p2 + theta * p2)^2)
  lower <- if (measure == "risk_difference") max(0, -theta) else 0
  upper <- switch(measure, risk_difference = min(1, 1 - theta), risk_ratio = min(1, 1 / theta), 1)
  score <- function(p2) {
    p1 <- p1_of(p2)
    a <- if (x1 == 0) -n1 / (1 - p1) else if (x1 == n1) n1 / p1 else (x1 - n1 * p1) / (p1 * (1 - p1))
    b <- if (x2 == 0) -n2 / (1 - p2) else if (x2 == n2) n2 / p2 else (x2 - n2 * p2) / (p2 * (1 - p2))
    a * slope(p2) + b
  }
  width <- upper - lower
  lo <- lower + eps * width
  hi <- upper - eps * width
  p2 <- if (score(lo) <= 0) lower else if (score(hi) >= 0) upper else solve_root(score, lo, hi)
  c(p1_of(p2), p2)
}

# Miettinen & Nurminen (1985): signed z for a null value, variance with N / (N - 1).
score_z <- function(x1, n1, x2, n2, measure, theta) {
  p <- restricted(x1, n1, x2, n2, measure, theta)
  v1 <- p[1] * (1 - p[1]) / n1
  v2 <- p[2] * (1 - p[2]) / n2
  inflate <- (n1 + n2) / (n1 + n2 - 1)
  switch(measure,
    risk_difference = (x1 / n1 - x2 / n2 - theta) / sqrt((v1 + v2) * inflate),
    risk_ratio = (x1 / n1 - theta * x2 / n2) / sqrt((v1 + theta^2 * v2) * inflate),
    odds_ratio = ((x1 / n1 - p[1]) / (p[1] * (1 - p[1])) - (x2 / n2 - p[2]) / (p[2] * (1 - p[2]))) /
      sqrt((1 / (n1 * p[1] * (1 - p[1])) + 1 / (n2 * p[2] * (1 - p[2]))) * inflate))
}

binary_effect <- function(x1, n1, x2, n2, measure, level = 0.95) {
  z <- qnorm(1 - (1 - level) / 2)
  estimate <- switch(measure,
    risk_difference = x1 / n1 - x2 / n2,
    risk_ratio = (x1 / n1) / (x2 / n2),
    odds_ratio = x1 * (n2 - x2) / (x2 * (n1 - x1)))
  limit <- function(target, outward) {
    f <- function(theta) score_z(x1, n1, x2, n2, measure, theta) - target
    step <- if (measure == "risk_difference") 0.01 else 0.05
    move <- function(k) if (measure == "risk_difference") estimate + outward * step * k else estimate * exp(outward * step * k)
    k <- 1
    while (sign(f(move(k))) == sign(f(move(0.01)))) k <- k + 1
    ends <- sort(c(move(k), move(0.01)))
    solve_root(f, ends[1], ends[2])
  }
  null <- if (measure == "risk_difference") 0 else 1
  p_null <- score_z(x1, n1, x2, n2, "risk_difference", 0)
  list(estimate = estimate, p_value = 2 * pnorm(-abs(p_null)),
       conf_low = limit(z, -1), conf_high = limit(-z, 1))
}

wilson <- function(x, n, level = 0.95) {
  interval <- prop.test(x, n, conf.level = level, correct = FALSE)$conf.int
  list(mean = x / n, conf_low = interval[1], conf_high = interval[2])
}

# Every effect of every arm against the control, with Holm over the arms of the primary outcome.
binary_outcome <- function(outcome, counts, control, cohort = "all", family = NULL) {
  arms <- setdiff(counts$arm, control)
  c0 <- counts[counts$arm == control, ]
  rows <- list()
  p <- sapply(arms, function(a) {
    r <- counts[counts$arm == a, ]
    binary_effect(r$events, r$n, c0$events, c0$n, "risk_difference")$p_value
  })
  adjusted <- p.adjust(p, "holm")
  for (a in arms) {
    r <- counts[counts$arm == a, ]
    for (m in c("risk_difference", "risk_ratio", "odds_ratio")) {
      row <- c(list(outcome = outcome, arm = a, cohort = cohort, measure = m),
               binary_effect(r$events, r$n, c0$events, c0$n, m),
               list(n_arm = r$n, n_control = c0$n, events_arm = r$events, events_control = c0$events))
      if (cohort == "all" && !isFALSE(family)) row$p_adjusted <- unname(adjusted[a])
      rows <- c(rows, list(row))
    }
  }
  rows
}

mean_rows <- function(outcome, counts, cohort = "all") lapply(seq_len(nrow(counts)), function(i)
  c(list(outcome = outcome, arm = counts$arm[i], cohort = cohort, n = counts$n[i], events = counts$events[i]),
    wilson(counts$events[i], counts$n[i])))

sample_ratio <- function(counts, shares = rep(1, nrow(counts))) {
  test <- chisq.test(counts$n, p = shares / sum(shares))
  unname(test$p.value)
}

write_expected <- function(folder, results, means, sample_ratio_p, verdicts) {
  write(toJSON(list(made_with = R.version.string, results = results, means = means,
                    sample_ratio_p = sample_ratio_p, verdicts = verdicts),
               auto_unbox = TRUE, digits = NA, pretty = TRUE), file.path(folder, "expected.json"))
}

# A published trial whose data are counts: its effects, rates, sample ratio and conclusions.
counted_trial <- function(name, outcome, control, verdicts, ratio = sample_ratio) {
  counts <- read.csv(sprintf("notebooks-data/%s.csv", name), comment.char = "#")
  names(counts)[3] <- "events"
  write_expected(file.path("experiments/published", name),
    results = binary_outcome(outcome, counts, control), means = mean_rows(outcome, counts),
    sample_ratio_p = ratio(counts), verdicts = verdicts)
}
