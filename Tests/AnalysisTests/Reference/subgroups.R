# Effects in three groups compared: Welch's F over the groups' effects, and best linear unbiased
# predictions with tau2 by REML. Debian: r-base-core r-cran-metafor.
suppressMessages(library(metafor))
folder <- "Tests/AnalysisTests/Reference"
set.seed(20211)
n <- 240
data <- data.frame(
  arm = rep(c("control", "social"), n / 2),
  band = sample(c("35", "40", "45"), n, replace = TRUE),
  y = round(rnorm(n, 20, 5), 2))
data$y <- data$y + ifelse(data$arm == "social", c(`35` = 0, `40` = 2, `45` = 5)[data$band], 0)
data$y <- round(data$y, 2)
write.csv(data, file.path(folder, "subgroups_data.csv"), row.names = FALSE, quote = FALSE)
levels <- c("35", "40", "45")
tests <- lapply(levels, function(level) {
  part <- data[data$band == level, ]
  t.test(part$y[part$arm == "social"], part$y[part$arm == "control"])
})
d <- sapply(tests, function(t) unname(t$estimate[1] - t$estimate[2]))
se <- sapply(tests, function(t) t$stderr)
df <- sapply(tests, function(t) unname(t$parameter))
w <- 1 / se^2
L <- length(w)
mean <- sum(w * d) / sum(w)
h <- sum((1 - w / sum(w))^2 / df)
statistic <- sum(w * (d - mean)^2) / (L - 1) / (1 + 2 * (L - 2) / (L^2 - 1) * h)
residual <- (L^2 - 1) / (3 * h)
p <- pf(statistic, L - 1, residual, lower.tail = FALSE)
model <- rma(d, se^2, method = "REML", control = list(threshold = 1e-12, maxiter = 1000))
shrunken <- blup(model)
out <- rbind(
  data.frame(level = "all", estimate = statistic, std_error = residual, shrunken = p,
    shrunken_error = NA),
  data.frame(level = levels, estimate = d, std_error = se, shrunken = shrunken$pred,
    shrunken_error = shrunken$se))
write.csv(format(out, digits = 15), file.path(folder, "subgroups.csv"), row.names = FALSE,
  quote = FALSE)
