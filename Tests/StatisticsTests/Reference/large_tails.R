# Rscript large_tails.R    writes large_tails.csv beside itself
#
# Ranks and exact limits for millions of units, near the mean of a binomial distribution, where GSL's continued fraction
# gives up.
arg <- grep("^--file=", commandArgs(FALSE), value = TRUE)
if (length(arg)) setwd(dirname(normalizePath(sub("^--file=", "", arg))))
options(digits = 17)

n <- c(5e6, 1e7, 1e7, 123456789, 2e9)
x <- c(2.5e6, 5e6, 3e6, 41152263, 1e9)
text <- function(value) format(value, digits = 17, scientific = FALSE, trim = TRUE)
write.csv(data.frame(
  n = text(n), x = text(x), low_rank = text(qbinom(.025, n, .5)), high_rank = text(qbinom(.975, n, .5)),
  lower = text(qbeta(.025, x, n - x + 1)), upper = text(qbeta(.975, x + 1, n - x))),
  "large_tails.csv", row.names = FALSE, quote = FALSE)
