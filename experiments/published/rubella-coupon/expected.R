# Writes expected.json: Rscript experiments/published/rubella-coupon/expected.R from the repository's root.
source("experiments/reference.R")
counted_trial("rubella-coupon", "tested", "plain",
  verdicts = list(altruistic = "increases"),
  # With so few people the ratio is tested exactly.
  ratio = function(counts) binom.test(counts$n)$p.value)
