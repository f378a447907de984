# Writes expected.json: Rscript experiments/hokkaido-jobcafe/expected.R from the repository's root.
# The arms were drawn within blocks of subprefecture, age and sex, so they are compared within them (Neyman): averages of blocks
# weighted by their size, errors from the spread within block and arm, Student's t with n - 2B degrees of freedom. Odds ratios,
# which have no closed form here, are left to the tests of the statistics.
source("experiments/reference.R")
people <- read.csv("notebooks-data/hokkaido-jobcafe.csv", comment.char = "#", fileEncoding = "UTF-8")
people$block <- paste(people$subprefecture, people$age_band, people$sex)
arms <- c("control", "easy", "social", "timely")
cohorts <- list(
  all = people,
  forties = people[people$age_band != people$age_band[grep("^35", people$age_band)[1]], ],
  women = people[grepl("^\u5973", people$sex), ])

blocked <- function(rows, outcome) {
  weight <- table(rows$block) / nrow(rows)
  one <- function(a) {
    part <- rows[rows$arm == a, ]
    y <- tapply(part[[outcome]], part$block, mean)[names(weight)]
    v <- (tapply(part[[outcome]], part$block, var) / table(part$block))[names(weight)]
    list(arm = a, n = nrow(part), events = sum(part[[outcome]]), mean = sum(weight * y),
         variance = sum(weight^2 * v), blocks = length(weight))
  }
  lapply(setNames(arms, arms), one)
}

# Fieller: the ratios whose t is not rejected.
ratio_limits <- function(a, c, q) {
  A <- c$mean^2 - q^2 * c$variance
  B <- -a$mean * c$mean
  C <- a$mean^2 - q^2 * a$variance
  (-B + c(-1, 1) * sqrt(B^2 - A * C)) / A
}

results <- list()
means <- list()
for (outcome in c("visited", "booked", "placed")) for (cohort in names(cohorts)) {
  b <- blocked(cohorts[[cohort]], outcome)
  c0 <- b$control
  for (a in b) {
    f <- a$n - a$blocks
    logit <- qlogis(a$mean)
    half <- qt(.975, f) * sqrt(a$variance) / (a$mean * (1 - a$mean))
    means <- c(means, list(list(outcome = outcome, arm = a$arm, cohort = cohort, n = a$n, events = a$events,
      mean = a$mean, conf_low = plogis(logit - half), conf_high = plogis(logit + half))))
  }
  rows <- lapply(b[-1], function(a) {
    f <- a$n + c0$n - 2 * a$blocks
    se <- sqrt(a$variance + c0$variance)
    d <- a$mean - c0$mean
    q <- qt(.975, f)
    p <- 2 * pt(-abs(d / se), f)
    r <- ratio_limits(a, c0, q)
    counts <- list(n_arm = a$n, n_control = c0$n, events_arm = a$events, events_control = c0$events)
    list(c(list(outcome = outcome, arm = a$arm, cohort = cohort, measure = "risk_difference", estimate = d, p_value = p,
                conf_low = d - q * se, conf_high = d + q * se), counts),
         c(list(outcome = outcome, arm = a$arm, cohort = cohort, measure = "risk_ratio", estimate = a$mean / c0$mean,
                p_value = p, conf_low = r[1], conf_high = r[2]), counts))
  })
  if (outcome == "visited" && cohort == "all") {
    adjusted <- p.adjust(sapply(rows, function(r) r[[1]]$p_value), "holm")
    for (i in seq_along(rows)) rows[[i]][[1]]$p_adjusted <- unname(adjusted[i])
  }
  results <- c(results, do.call(c, unname(rows)))
}
judge <- function(row) if (row$conf_low > -0.01 && row$conf_high < 0.01) "practically_unchanged" else
  if (row$p_adjusted >= 0.05) "undecided" else if (row$conf_low > 0) "increases" else "decreases"
verdicts <- list()
for (row in results) if (row$outcome == "visited" && row$cohort == "all" && row$measure == "risk_difference")
  verdicts[[row$arm]] <- judge(row)
n <- sapply(arms, function(a) sum(people$arm == a))
write_expected("experiments/hokkaido-jobcafe", results, means,
  sample_ratio_p = sample_ratio(data.frame(n = n)), verdicts = verdicts)
