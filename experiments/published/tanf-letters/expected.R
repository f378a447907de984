# Writes expected.json: Rscript experiments/published/tanf-letters/expected.R from the repository's root.
source("experiments/reference.R")
counts <- read.csv("notebooks-data/tanf-letters.csv", comment.char = "#")
names(counts)[3] <- "events"
write_expected("experiments/published/tanf-letters",
  results = binary_outcome("recertified", counts, "no_letter"),
  means = mean_rows("recertified", counts),
  sample_ratio_p = sample_ratio(counts),
  verdicts = list(specific = "increases", open = "increases"))
