# Writes expected.json: Rscript experiments/published/organ-donor/expected.R from the repository's root.
source("experiments/reference.R")
counts <- read.csv("notebooks-data/organ-donor.csv", comment.char = "#")
names(counts)[3] <- "events"
write_expected("experiments/published/organ-donor",
  results = binary_outcome("joined", counts, "plain"),
  means = mean_rows("joined", counts),
  sample_ratio_p = sample_ratio(counts),
  verdicts = list(reciprocity = "increases"))
