# Rscript continuous.R    writes continuous_data.csv and continuous.csv beside itself
#
# Base R only: t.test, qt, p.adjust, cov. The noncentral t is integrated, because pt(ncp =) is a normal
# approximation beyond ncp 37.62; below that the script checks that both agree. Fieller's limits come
# from uniroot on the pivot itself, not from the quadratic formula.
arg <- grep("^--file=", commandArgs(FALSE), value = TRUE)
if (length(arg)) setwd(dirname(normalizePath(sub("^--file=", "", arg))))
options(digits = 17)

set.seed(20210601, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
cases <- list(
  mtcars = list(a = mtcars$mpg[mtcars$am == 1], c = mtcars$mpg[mtcars$am == 0]),
  sleep = list(a = sleep$extra[sleep$group == 2], c = sleep$extra[sleep$group == 1]),
  plants = list(a = PlantGrowth$weight[PlantGrowth$group == "trt2"],
                c = PlantGrowth$weight[PlantGrowth$group == "ctrl"]),
  three = list(a = c(3, 4, 7), c = c(1, 2)),
  lopsided = list(a = round(rnorm(30, 12, 6), 3), c = round(rnorm(300, 10, 1.5), 3)),
  far = list(a = round(rnorm(8, 50, 1), 3), c = round(rnorm(9, 20, 1), 3)),
  weak = list(a = c(9, 4, 12, 7), c = c(-3, 8, 1, 2, -1)),
  lost = list(a = c(1, -2, 3, 1), c = c(-3, 5, 1, 2, -1)),
  skewed = list(a = round(rgamma(200, 2, 0.1), 2), c = round(rgamma(250, 2, 0.08), 2)))

data <- do.call(rbind, lapply(names(cases), function(k) rbind(
  data.frame(case = k, arm = "a", y = cases[[k]]$a),
  data.frame(case = k, arm = "c", y = cases[[k]]$c))))
write.csv(data, "continuous_data.csv", row.names = FALSE, quote = FALSE)

tests <- function(x, y) {
  out <- list()
  for (kind in c("welch", "pooled")) for (level in c(.95, .99)) {
    t <- t.test(x, y, var.equal = kind == "pooled", conf.level = level)
    pre <- paste0(kind, ".")
    out[[paste0(pre, "diff")]] <- mean(x) - mean(y)
    out[[paste0(pre, "se")]] <- t$stderr
    out[[paste0(pre, "t")]] <- t$statistic
    out[[paste0(pre, "df")]] <- t$parameter
    out[[paste0(pre, "p")]] <- t$p.value
    out[[paste0(pre, "lo", 100 * level)]] <- t$conf.int[1]
    out[[paste0(pre, "hi", 100 * level)]] <- t$conf.int[2]
  }
  se <- sqrt(var(x) / length(x) + var(y) / length(y))
  out$z.p <- 2 * pnorm(-abs(mean(x) - mean(y)) / se)
  out$z.lo95 <- mean(x) - mean(y) - qnorm(.975) * se
  out$z.hi95 <- mean(x) - mean(y) + qnorm(.975) * se
  out
}

nct_tail <- function(t, df, ncp, lower) {
  density <- function(s) 2 * df * s * dchisq(df * s^2, df)
  f <- function(s) pnorm(t * s - ncp, lower.tail = lower) * density(s)
  ends <- pmax(0, 1 + c(-40, -8, -5, -3, -1.5, -.5, 0, .5, 1.5, 3, 5, 8, 40) / sqrt(2 * df))
  ends <- unique(ends)
  sum(mapply(function(a, b) integrate(f, a, b, rel.tol = 1e-12, abs.tol = 1e-15)$value,
             head(ends, -1), tail(ends, -1)))
}

standardized <- function(x, y) {
  n1 <- length(x); n2 <- length(y); m <- n1 + n2 - 2
  sp <- sqrt(((n1 - 1) * var(x) + (n2 - 1) * var(y)) / m)
  d <- (mean(x) - mean(y)) / sp
  k <- sqrt(1 / n1 + 1 / n2); t <- d / k
  J <- exp(lgamma(m / 2) - log(sqrt(m / 2)) - lgamma((m - 1) / 2))
  upper <- function(ncp) nct_tail(t, m, ncp, lower = FALSE)
  lower <- function(ncp) nct_tail(t, m, ncp, lower = TRUE)
  if (abs(t) < 15) stopifnot(abs(lower(t / 2) - pt(t, m, t / 2)) < 1e-9)
  limit <- function(tail, sign) uniroot(function(ncp) sign * (tail(ncp) - .025),
    c(t - 6 - abs(t), t + 6 + 2 * abs(t)), tol = 1e-13)$root * k
  list(d = d, d.lo95 = limit(upper, 1), d.hi95 = limit(lower, -1), d.se = sqrt(k^2 + d^2 / (2 * (n1 + n2))),
       d.p.half = 2 * min(lower(.5 / k), upper(.5 / k)),
       g = J * d, g.se = sqrt(k^2 + (J * d)^2 / (2 * (n1 + n2))))
}

fieller <- function(x, y) {
  v1 <- var(x) / length(x); v2 <- var(y) / length(y); m1 <- mean(x); m2 <- mean(y)
  df <- t.test(x, y)$parameter; q <- qt(.975, df)
  excess <- function(r) abs(m1 - r * m2) / sqrt(v1 + r^2 * v2) - q
  grid <- tan(seq(-pi / 2 + 1e-7, pi / 2 - 1e-7, length.out = 20001))
  sign <- excess(grid) > 0
  turn <- which(diff(sign) != 0)
  ends <- vapply(turn, function(i) uniroot(excess, grid[i + 0:1], tol = 1e-14)$root, 0)
  shape <- if (!length(ends)) "everything" else if (sign[1]) "between" else "outside"
  r <- m1 / m2
  list(fieller.shape = shape, fieller.lo = ends[1], fieller.hi = ends[2], lift = r - 1,
       lift.se = sqrt(v1 + r^2 * v2) / m2, ratio.p.two = 2 * pt(-excess(2) - q, df))
}

rows <- do.call(rbind, lapply(names(cases), function(k) {
  x <- cases[[k]]$a; y <- cases[[k]]$c
  values <- c(tests(x, y), standardized(x, y), fieller(x, y))
  data.frame(case = k, name = names(values),
             value = vapply(values, function(v)
               if (is.character(v)) v else sprintf("%.17g", v), ""))
}))

quantiles <- do.call(rbind, lapply(c(1, 2.5, 10, 307.132, 1e5), function(df)
  do.call(rbind, lapply(c(.2, .025, 1e-4, 1e-6), function(p)
    data.frame(case = "quantile", name = sprintf("%.17g/%.17g", df, p),
               value = sprintf("%.17g", qt(p, df, lower.tail = FALSE)))))))

p <- c(.001, .008, .039, .041, .042, .060, .074, .205, .212, .216)
ties <- c(.04, .01, .04, .5, .01, 1, 0)
adjust <- do.call(rbind, lapply(c("none", "bonferroni", "holm", "hochberg", "BH"), function(m) rbind(
  data.frame(case = "adjust", name = paste0(tolower(m), ".", seq_along(p)),
             value = sprintf("%.17g", p.adjust(p, m))),
  data.frame(case = "ties", name = paste0(tolower(m), ".", seq_along(ties)),
             value = sprintf("%.17g", p.adjust(ties, m))))))

covariance <- cov(mtcars[, c("mpg", "hp", "wt")])
moments <- data.frame(case = "cov", name = c("mpg.mpg", "hp.mpg", "hp.hp", "wt.mpg", "wt.hp", "wt.wt"),
  value = sprintf("%.17g", covariance[upper.tri(covariance, diag = TRUE)]))

write.csv(rbind(rows, quantiles, adjust, moments), "continuous.csv", row.names = FALSE, quote = FALSE)
