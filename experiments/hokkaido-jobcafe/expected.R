# Writes expected.json: Rscript experiments/hokkaido-jobcafe/expected.R from the repository's root.
source("experiments/reference.R")
people <- read.csv("notebooks-data/hokkaido-jobcafe.csv", comment.char = "#", fileEncoding = "UTF-8")
arms <- c("control", "easy", "social", "timely")
count <- function(rows, outcome) data.frame(
  arm = arms,
  n = sapply(arms, function(a) sum(rows$arm == a & !is.na(rows[[outcome]]))),
  events = sapply(arms, function(a) sum(rows[[outcome]][rows$arm == a], na.rm = TRUE)))
cohorts <- list(
  all = people,
  forties = people[people$age_band != people$age_band[grep("^35", people$age_band)[1]], ],
  women = people[grepl("^\u5973", people$sex), ])
results <- list()
means <- list()
for (outcome in c("visited", "booked", "placed")) for (cohort in names(cohorts)) {
  counts <- count(cohorts[[cohort]], outcome)
  results <- c(results, binary_outcome(outcome, counts, "control", cohort,
                                       family = if (outcome == "visited") NULL else FALSE))
  means <- c(means, mean_rows(outcome, counts, cohort))
}
judge <- function(row) if (row$conf_low > -0.01 && row$conf_high < 0.01) "practically_unchanged" else
  if (row$p_adjusted >= 0.05) "undecided" else if (row$conf_low > 0) "increases" else "decreases"
verdicts <- list()
for (row in results) if (row$outcome == "visited" && row$cohort == "all" && row$measure == "risk_difference")
  verdicts[[row$arm]] <- judge(row)
write_expected("experiments/hokkaido-jobcafe", results, means,
  sample_ratio_p = sample_ratio(count(transform(people, one = 1), "one")), verdicts = verdicts)
