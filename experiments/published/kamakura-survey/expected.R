# Writes expected.json: Rscript experiments/published/kamakura-survey/expected.R from the repository's root.
source("experiments/reference.R")
counted_trial("kamakura-survey", "replied", "plain",
  verdicts = list(improved = "increases"))
