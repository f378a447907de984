# Writes expected.json: Rscript experiments/published/ggl-social-pressure/expected.R from the repository's root.
source("experiments/reference.R")
counted_trial("ggl-social-pressure", "voted", "control",
  verdicts = list(civic_duty = "increases", hawthorne = "increases", self = "increases", neighbors = "increases"),
  ratio = function(counts) sample_ratio(counts, c(5, 1, 1, 1, 1)))
