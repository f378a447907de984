# Writes expected.json: Rscript experiments/published/tsukuba-envelope/expected.R from the repository's root.
source("experiments/reference.R")
counted_trial("tsukuba-envelope", "returned", "plain",
  verdicts = list(deadline = "increases"))
