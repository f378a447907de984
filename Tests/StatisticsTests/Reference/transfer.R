# What an effect may be elsewhere, from R's own distributions and metafor: Rscript transfer.R > transfer.csv
suppressMessages(library(metafor))
one <- function(est, se, tau, m, v) {
  b <- tau^2 / (tau^2 + se^2)
  mean <- v * (m + b * (est - m)); sd <- v * sqrt(b * se^2 + tau^2)
  c(mean, mean + qnorm(c(.025, .975)) * sd, pnorm(0, mean, sd), 1 - pnorm(.02, mean, sd))
}
fit <- rma(yi = c(.012, .03, -.004, .021, .017), sei = c(.008, .01, .012, .006, .009), test = "knha",
  control = list(threshold = 1e-12, maxiter = 1000))
p <- predict(fit, pi.type = "riley")
s <- sqrt(fit$tau2 + fit$se^2)
pooled <- c(fit$beta, p$pi.lb, p$pi.ub, pt((0 - fit$beta) / s, 3), 1 - pt((.02 - fit$beta) / s, 3))
# Two trials cannot tell tau; with a given one, metafor's prediction interval is normal.
two <- rma(yi = c(.012, .03), sei = c(.008, .01), tau2 = .0065^2)
q <- predict(two)
s2 <- sqrt(two$tau2 + two$se^2)
known <- c(two$beta, q$pi.lb, q$pi.ub, pnorm(0, two$beta, s2), 1 - pnorm(.02, two$beta, s2))
rows <- rbind(one(.013, .0045, .0065, .014, 1), one(.013, .0045, .0065, .014, .5), pooled, known)
cat("mean,low,high,none,reached\n")
for (i in seq_len(nrow(rows))) cat(paste(sprintf("%.12g", rows[i, ]), collapse = ","), "\n", sep = "")
