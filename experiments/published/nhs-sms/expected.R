# Writes expected.json: Rscript experiments/published/nhs-sms/expected.R from the repository's root.
source("experiments/reference.R")
counted_trial("nhs-sms", "missed", "existing",
  verdicts = list(specific_cost = "decreases"))
