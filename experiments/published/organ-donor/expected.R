# Writes expected.json: Rscript experiments/published/organ-donor/expected.R from the repository's root.
source("experiments/reference.R")
counted_trial("organ-donor", "joined", "plain",
  verdicts = list(reciprocity = "increases"))
