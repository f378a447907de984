# Several outcomes and arms at once, posteriors, margins and confidence sequences, by R's own functions
# and by formulas written out. Debian: r-base-core r-cran-multcomp.
suppressMessages(library(multcomp))
folder <- "Tests/AnalysisTests/Reference"
set.seed(20213)
n <- 240
data <- data.frame(arm = rep(c("control", "easy", "social"), n / 3))
shift <- c(control = 0, easy = 0.5, social = 0.9)[data$arm]
data$y <- round(rnorm(n, 10, 2) + shift, 3)
data$z <- round(rnorm(n, 5, 1) + 0.6 * shift, 3)
data$b <- rbinom(n, 1, 0.25 + 0.15 * (data$arm == "social"))
write.csv(data, file.path(folder, "families_data.csv"), row.names = FALSE, quote = FALSE)
data$arm <- factor(data$arm, levels = c("control", "easy", "social"))
out <- NULL
add <- function(case, outcome, arm, estimate = NA, p = NA, low = NA, high = NA, extra = NA)
  out <<- rbind(out, data.frame(case, outcome, arm, estimate, p, low, high, extra))

# Dunnett with one variance, over two outcomes: each at 1 - 0.05/2, p-values doubled.
for (outcome in c("y", "z")) {
  model <- lm(reformulate("arm", outcome), data)
  fit <- glht(model, mcp(arm = "Dunnett"))
  t <- coef(fit) / sqrt(diag(vcov(fit)))
  # Equal arms: both statistics load by sqrt(1/2) on the control. Over S = sqrt(chi2/df), whose density
  # is 2 s df dchisq(s^2 df, df), and the control's z; multcomp's own p-values are Monte Carlo.
  df <- df.residual(model)
  within <- function(bound) integrate(function(z) dnorm(z) * (pnorm((bound - sqrt(0.5) * z) / sqrt(0.5)) -
    pnorm((-bound - sqrt(0.5) * z) / sqrt(0.5)))^2, -9, 9, rel.tol = 1e-12)$value
  exact <- function(x) 1 - integrate(function(s) sapply(s, function(s) within(x * s)) *
    2 * s * df * dchisq(s^2 * df, df), 0.5, 1.7, rel.tol = 1e-11)$value
  stopifnot(all(abs(vcov(fit)[1, 2] / vcov(fit)[1, 1] - 0.5) < 1e-12))
  glht <- summary(fit)$test$pvalues
  stopifnot(all(abs(sapply(abs(t), exact) - glht) < 1e-3))
  critical <- uniroot(function(x) exact(x) - 0.025, c(1.5, 5), tol = 1e-12)$root
  se <- sqrt(diag(vcov(fit)))
  for (i in 1:2) add("dunnett", outcome, c("easy", "social")[i], coef(fit)[i],
    min(1, 2 * exact(abs(t[i]))), coef(fit)[i] - critical * se[i], coef(fit)[i] + critical * se[i])
}

# Welch p-values, then rules; intervals at Bonferroni's and at the false-coverage level.
tests <- list()
for (outcome in c("y", "z")) for (arm in c("easy", "social")) {
  x <- data[[outcome]][data$arm == arm]
  c <- data[[outcome]][data$arm == "control"]
  tests[[paste(outcome, arm)]] <- list(outcome = outcome, arm = arm, x = x, c = c)
}
p <- sapply(tests, function(t) t.test(t$x, t$c)$p.value)
at <- function(t, level) t.test(t$x, t$c, conf.level = level)$conf.int
for (rule in c("bonferroni", "holm", "hochberg", "hommel")) {
  adjusted <- p.adjust(p, rule)
  for (i in seq_along(tests)) {
    interval <- at(tests[[i]], 1 - 0.05 / 4)
    add(rule, tests[[i]]$outcome, tests[[i]]$arm, NA, adjusted[i], interval[1], interval[2])
  }
}
for (rule in c("BH", "BY")) {
  adjusted <- p.adjust(p, rule)
  selected <- sum(adjusted < 0.05)
  harmonic <- if (rule == "BY") sum(1 / (1:4)) else 1
  for (i in seq_along(tests)) {
    interval <- if (adjusted[i] < 0.05)
      at(tests[[i]], 1 - selected * 0.05 / 4 / harmonic) else c(NA, NA)
    add(tolower(rule), tests[[i]]$outcome, tests[[i]]$arm, NA, adjusted[i], interval[1],
      interval[2])
  }
}
# Serial gates: Holm over y's arms, then Holm over z's, which cannot be below the worst of y's.
first <- p.adjust(p[1:2], "holm")
second <- pmax(max(first), p.adjust(p[3:4], "holm"))
for (i in 1:2) add("serial", "y", tests[[i]]$arm, NA, first[i])
for (i in 1:2) add("serial", "z", tests[[i + 2]]$arm, NA, second[i])

# Beta posteriors under Jeffreys's prior.
counts <- function(arm) c(sum(data$b[data$arm == arm]), sum(data$arm == arm))
for (arm in c("easy", "social")) {
  a <- counts(arm); c <- counts("control")
  A <- c(a[1], a[2] - a[1]) + 0.5; C <- c(c[1], c[2] - c[1]) + 0.5
  above <- function(d) integrate(function(x)
    dbeta(x, C[1], C[2]) * pbeta(x + d, A[1], A[2], lower.tail = FALSE),
    0, 1, rel.tol = 1e-12, subdivisions = 2000)$value
  limit <- function(q) uniroot(function(d) above(d) - q, c(-0.9, 0.9), tol = 1e-12)$root
  loss <- integrate(function(x) pbeta(x, A[1], A[2]) * pbeta(x, C[1], C[2], lower.tail = FALSE),
    0, 1, rel.tol = 1e-12, subdivisions = 2000)$value
  add("bayes", "b", arm, A[1] / sum(A) - C[1] / sum(C), NA, limit(0.975), limit(0.025), above(0))
  add("bayes_loss", "b", arm, loss)
}

# Margins: two one-sided Welch tests at 1; not worse by 1. An informed prior N(0.5, 0.4).
for (i in 1:2) {
  t <- tests[[i]]
  greater <- t.test(t$x, t$c, mu = -1, alternative = "greater")$p.value
  less <- t.test(t$x, t$c, mu = 1, alternative = "less")$p.value
  interval <- at(t, 0.9)
  fit <- t.test(t$x, t$c)
  d <- mean(t$x) - mean(t$c)
  add("equivalence", "y", t$arm, d, max(greater, less), interval[1], interval[2])
  add("non_inferiority", "y", t$arm, d, greater, fit$conf.int[1], fit$conf.int[2])
  v <- fit$stderr^2
  B <- 0.4^2 / (0.4^2 + v)
  m <- B * d + (1 - B) * 0.5
  s <- sqrt(B * v)
  add("bayes_informed", "y", t$arm, m, NA, m - qnorm(0.975) * s, m + qnorm(0.975) * s,
    pnorm(0, m, s, lower.tail = FALSE))
  # The normal mixture, tuned to the size that is there: r = -2 log 0.05 + log(1 - 2 log 0.05).
  r <- -2 * log(0.05) + log(1 - 2 * log(0.05))
  reach <- fit$stderr * sqrt((1 + r) / r * log((1 + r) / 0.05^2))
  z <- d / fit$stderr
  add("confidence_sequence", "y", t$arm, d, min(1, sqrt(1 + r) * exp(-z^2 * r / (2 * (1 + r)))),
    d - reach, d + reach, 2 * reach / diff(fit$conf.int))
}
write.csv(format(out, digits = 15), file.path(folder, "families.csv"), row.names = FALSE,
  quote = FALSE)
