# Rscript dunnett.R    writes dunnett.csv beside itself
#
# Two-sided 5% points of Dunnett's statistic for groups of equal size: each T shares the control's half of
# the variance, so that given the control and the pooled deviation they are independent; both are
# integrated out by stats::integrate.
arg <- grep("^--file=", commandArgs(FALSE), value = TRUE)
if (length(arg)) setwd(dirname(normalizePath(sub("^--file=", "", arg))))
given <- function(c, k) integrate(function(z)
  dnorm(z) * (pnorm(sqrt(2) * c - z) - pnorm(-sqrt(2) * c - z))^k, -9, 9, rel.tol = 1e-11)$value
below <- function(c, k, df) {
  if (df == 0) return(given(c, k))
  # s = sqrt(chi2/df)
  density <- function(s) exp(log(2 * df * s) + dchisq(df * s^2, df, log = TRUE))
  integrate(function(s) sapply(s, function(x) density(x) * given(c * x, k)), 1e-6, 6,
            rel.tol = 1e-9)$value
}
rows <- expand.grid(groups = 1:5, df = c(10, 20, 0))
rows$point <- mapply(function(k, df)
  uniroot(function(c) below(c, k, df) - .95, c(1.5, 4), tol = 1e-10)$root, rows$groups, rows$df)
stopifnot(abs(rows$point[1] - qt(.975, 10)) < 1e-7, abs(rows$point[11] - qnorm(.975)) < 1e-9)
write.csv(rows, "dunnett.csv", row.names = FALSE, quote = FALSE)
