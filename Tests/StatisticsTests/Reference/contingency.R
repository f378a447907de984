# Reference values for tables of counts: Pearson's chi-squared, the trend test, the multinomial test of
# sample ratios (enumerated here), and Fisher's test where doubles are small. Writes contingency.json.
#
#   Rscript contingency.R
library(jsonlite)

multinomial <- function(counts, weights) {
  n <- sum(counts); k <- length(counts); p <- weights / sum(weights)
  outcomes <- as.matrix(expand.grid(rep(list(0:n), k - 1)))
  outcomes <- outcomes[rowSums(outcomes) <= n, , drop = FALSE]
  outcomes <- cbind(outcomes, n - rowSums(outcomes))
  probability <- apply(outcomes, 1, dmultinom, prob = p)
  sum(probability[probability <= dmultinom(counts, prob = p) * (1 + 1e-7)])
}

chisq <- lapply(list(matrix(c(12, 5, 7, 9, 20, 3), 2), matrix(c(30, 14, 34, 45, 61, 55, 20, 32, 18), 3),
                     matrix(c(3894, 17413, 3238, 18149, 2262, 19044), 2)), function(m) {
  h <- suppressWarnings(chisq.test(m, correct = FALSE))
  list(rows = m, statistic = unname(h$statistic), df = unname(h$parameter), p = h$p.value,
       smallest = min(h$expected))
})
trend <- lapply(list(list(c(15, 10, 5), c(30, 30, 30), c(1, 2, 3)),
                     list(c(83, 90, 129, 70), c(86, 93, 136, 82), c(1, 2, 3, 4)),
                     list(c(3, 9, 30), c(500, 480, 700), c(0, 10, 25))), function(a) {
  h <- prop.trend.test(a[[1]], a[[2]], a[[3]])
  list(x = a[[1]], n = a[[2]], scores = a[[3]], chisq = unname(h$statistic), p = h$p.value)
})
srm <- lapply(list(list(c(8, 2), c(1, 1)), list(c(3, 9, 4), c(1, 1, 2)), list(c(0, 7, 5, 4), c(1, 2, 2, 3)),
                   list(c(30, 55), c(3, 7))), function(a)
  list(counts = a[[1]], weights = a[[2]], p = multinomial(a[[1]], a[[2]])))
large <- lapply(list(list(c(5210, 4790), c(1, 1)), list(c(21307, 21387, 21306), c(1, 1, 1)),
                     list(c(900, 3300, 5100), c(1, 3, 6))), function(a) {
  h <- chisq.test(a[[1]], p = a[[2]] / sum(a[[2]]))
  list(counts = a[[1]], weights = a[[2]], statistic = unname(h$statistic), df = unname(h$parameter), p = h$p.value)
})
fisher <- lapply(list(c(1745, 466, 211, 412), c(3894, 17413, 2262, 19044), c(7, 27, 1, 33), c(0, 5, 0, 7),
                      c(3, 1, 1, 3), c(500, 0, 0, 400), c(46, 9954, 46, 9954)), function(v)
  list(cells = v, p = fisher.test(matrix(v, 2))$p.value))
# What is published: Fagerland, Lydersen & Laake (2015) for 7/34 and 1/34; Fisher's tea, 34/70.
stopifnot(abs(fisher[[3]]$p - .05440013) < 1e-8, abs(fisher[[5]]$p - 34 / 70) < 1e-12)
write_json(list(chisq = chisq, trend = trend, multinomial = srm, ratio = large, fisher = fisher),
           "contingency.json", digits = I(17), auto_unbox = TRUE, pretty = TRUE, matrix = "rowmajor")
