# Writes expected.json: Rscript experiments/published/nhs-sms/expected.R from the repository's root.
source("experiments/reference.R")
counts <- read.csv("notebooks-data/nhs-sms.csv", comment.char = "#")
names(counts)[3] <- "events"
write_expected("experiments/published/nhs-sms",
  results = binary_outcome("missed", counts, "existing"),
  means = mean_rows("missed", counts),
  sample_ratio_p = sample_ratio(counts),
  verdicts = list(specific_cost = "decreases"))
