# Arms x missing within blocks: the generalised Mantel-Haenszel test; and whole clusters, re-drawn in all
# possible ways. Writes attrition.json.
library(jsonlite)
set.seed(1)
arm <- rep(c("control", "a", "b"), times = 40)
block <- rep(1:6, each = 20)
missing <- rbinom(120, 1, 0.1 + 0.1 * (arm == "b") + 0.05 * (block > 3))
three <- mantelhaen.test(table(arm, missing, block), correct = FALSE)
two <- arm != "b"
pair <- mantelhaen.test(table(arm[two], missing[two], block[two]), correct = FALSE)

size <- c(4, 6, 9, 5, 8, 12, 7, 10)
gone <- c(0, 1, 3, 0, 2, 6, 1, 1)
treated <- c(0, 1, 1, 0, 0, 1, 0, 1)
statistic <- function(z) {
  x <- rbind(tapply(gone, z, sum), tapply(size - gone, z, sum))
  suppressWarnings(chisq.test(x, correct = FALSE))$statistic
}
all <- combn(8, 4, function(s) statistic(as.numeric(seq_len(8) %in% s)))
seen <- statistic(treated)

# Two blocks of four clusters.
within <- outer(seq_len(6), seq_len(6), Vectorize(function(i, j) {
  s <- c(combn(4, 2)[, i], 4 + combn(4, 2)[, j])
  statistic(as.numeric(seq_len(8) %in% s))
}))
write_json(
  list(
    arm = match(arm, c("control", "a", "b")) - 1, block = block, missing = missing,
    three = unname(three$statistic), threeP = three$p.value, threeDF = unname(three$parameter),
    pair = unname(pair$statistic), pairP = pair$p.value,
    size = size, gone = gone, treated = treated,
    clusters = unname(seen), clustersP = mean(all >= seen - 1e-9),
    withinP = mean(within >= seen - 1e-9)),
  "attrition.json", digits = NA, auto_unbox = TRUE, pretty = TRUE)
