# The trend of effects over ordered groups: the least-squares line through the groups' own effects, its error from
# theirs, Satterthwaite's degrees of freedom. Reads subgroups_data.csv of subgroups.R. Debian: r-base-core.
folder <- "Tests/AnalysisTests/Reference"
data <- read.csv(file.path(folder, "subgroups_data.csv"))
levels <- c(35, 40, 45)
tests <- lapply(levels, function(level) {
  part <- data[data$band == level, ]
  t.test(part$y[part$arm == "social"], part$y[part$arm == "control"])
})
d <- sapply(tests, function(t) unname(t$estimate[1] - t$estimate[2]))
v <- sapply(tests, function(t) t$stderr^2)
df <- sapply(tests, function(t) unname(t$parameter))
score <- seq_along(levels)
X <- cbind(1, score)
slope <- unname(coef(lm(d ~ score))[2])
row <- (solve(crossprod(X)) %*% t(X))[2, ]
se <- sqrt(sum(row^2 * v))
freedom <- sum(row^2 * v)^2 / sum((row^2 * v)^2 / df)
t <- slope / se
half <- qt(0.975, freedom) * se
out <- data.frame(per_step = slope, low = slope - half, high = slope + half, F = t^2, df = freedom,
  p = 2 * pt(-abs(t), freedom))
write.csv(format(out, digits = 15), file.path(folder, "subgroup_trend.csv"), row.names = FALSE, quote = FALSE)
