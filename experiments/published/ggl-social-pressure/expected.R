# Writes expected.json: Rscript experiments/published/ggl-social-pressure/expected.R from the repository's root.
source("experiments/reference.R")
counts <- read.csv("notebooks-data/ggl-social-pressure.csv", comment.char = "#")
names(counts)[3] <- "events"
write_expected("experiments/published/ggl-social-pressure",
  results = binary_outcome("voted", counts, "control"),
  means = mean_rows("voted", counts),
  sample_ratio_p = sample_ratio(counts, c(5, 1, 1, 1, 1)),
  verdicts = list(civic_duty = "increases", hawthorne = "increases", self = "increases",
                  neighbors = "increases"))
