# Writes expected.json: Rscript experiments/published/tanf-letters/expected.R from the repository's root.
source("experiments/reference.R")
counted_trial("tanf-letters", "recertified", "no_letter",
  verdicts = list(specific = "increases", open = "increases"))
