# Writes expected.json: Rscript experiments/published/rubella-coupon/expected.R from the repository's root.
source("experiments/reference.R")
counts <- read.csv("notebooks-data/rubella-coupon.csv", comment.char = "#")
names(counts)[3] <- "events"
write_expected("experiments/published/rubella-coupon",
  results = binary_outcome("tested", counts, "plain"),
  means = mean_rows("tested", counts),
  # With so few people the ratio is tested exactly.
  sample_ratio_p = binom.test(counts$n)$p.value,
  verdicts = list(altruistic = "increases"))
