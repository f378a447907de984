# Writes expected.json: Rscript experiments/published/kamakura-survey/expected.R from the repository's root.
source("experiments/reference.R")
counts <- read.csv("notebooks-data/kamakura-survey.csv", comment.char = "#")
names(counts)[3] <- "events"
write_expected("experiments/published/kamakura-survey",
  results = binary_outcome("replied", counts, "plain"),
  means = mean_rows("replied", counts),
  sample_ratio_p = sample_ratio(counts),
  verdicts = list(improved = "increases"))
