# Writes expected.json: Rscript experiments/published/tsukuba-envelope/expected.R from the repository's root.
source("experiments/reference.R")
counts <- read.csv("notebooks-data/tsukuba-envelope.csv", comment.char = "#")
names(counts)[3] <- "events"
write_expected("experiments/published/tsukuba-envelope",
  results = binary_outcome("returned", counts, "plain"),
  means = mean_rows("returned", counts),
  sample_ratio_p = sample_ratio(counts),
  verdicts = list(deadline = "increases"))
