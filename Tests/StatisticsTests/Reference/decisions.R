# Rscript decisions.R    writes decisions.csv beside itself
#
# Adjusted p-values, selected intervals, Dunnett's comparisons, graphical procedures by their closure,
# margins by t.test and by Farrington and Manning's score, and groups by oneway.test and metafor.
suppressMessages({ library(mvtnorm); library(multcomp); library(metafor) })
arg <- grep("^--file=", commandArgs(FALSE), value = TRUE)
if (length(arg)) setwd(dirname(normalizePath(sub("^--file=", "", arg))))
set.seed(20260601, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
rows <- NULL
put <- function(case, name, value)
  rows <<- rbind(rows, data.frame(case = case, name = name, value = sprintf("%.17g", value)))
series <- function(case, name, values) for (i in seq_along(values)) put(case, paste0(name, ".", i), values[i])

# p.adjust
lists <- list(adjust = c(.001, .008, .039, .041, .042, .060, .074, .205, .212, .216),
              ties = c(.04, .01, .04, .5, .01, 1, 0), two = c(.04, .03), pair = c(.01, .9))
for (i in 1:6) lists[[paste0("random", i)]] <- round(runif(i + 2)^2, 4)
for (case in names(lists)) {
  series(case, "p", lists[[case]])
  for (m in c("none", "bonferroni", "holm", "hochberg", "hommel", "BH", "BY"))
    series(case, tolower(m), p.adjust(lists[[case]], m))
}

# Selected intervals: normal estimates, Benjamini and Yekutieli (2005) by their definition.
estimate <- c(3.2, .4, -2.9, 1.1, 2.1, -.3); error <- c(1, .5, .9, 1, .8, 1)
p <- 2 * pnorm(-abs(estimate / error)); q <- .1
order_p <- sort(p); R <- max(which(order_p <= seq_along(p) * q / length(p))); chosen <- which(p <= order_p[R])
series("selected", "estimate", estimate); series("selected", "error", error); series("selected", "chosen", chosen)
z <- qnorm(1 - R * q / length(p) / 2)
series("selected", "low", (estimate - z * error)[chosen]); series("selected", "high", (estimate + z * error)[chosen])

# P(max |T| > c) for two and three statistics: TVPACK's one-sided probabilities, put together.
maximum <- function(c, R, df) {
  k <- nrow(R); total <- 0
  for (signs in 0:(2^k - 1)) {
    low <- as.logical(bitwAnd(signs, 2^(0:(k - 1))))
    f <- if (is.infinite(df)) pmvnorm(upper = ifelse(low, -c, c), corr = R, algorithm = TVPACK(1e-14))
         else pmvt(upper = ifelse(low, -c, c), corr = R, df = df, algorithm = TVPACK(1e-14))
    total <- total + (-1)^sum(low) * f
  }
  1 - as.numeric(total)
}
product <- function(l) { R <- outer(l, l); diag(R) <- 1; R }
shapes <- list(equal2 = product(rep(sqrt(.5), 2)), equal3 = product(rep(sqrt(.5), 3)), uneven = product(c(.3, .8, .6)),
               steep = product(c(.97, .95, .99)), none = diag(3), mixed = product(c(.7, -.6, .4)),
               odd = rbind(c(1, .5, .1), c(.5, 1, .6), c(.1, .6, 1)), chain = rbind(c(1, .7, 0), c(.7, 1, -.7), c(0, -.7, 1)))
for (case in names(shapes)) for (df in c(2, 5, 27, 120, Inf)) {
  name <- paste0(case, ".", df); R <- shapes[[case]]
  put(name, "df", df); put(name, "k", nrow(R)); series(name, "r", c(R))
  for (c in c(.5, 1.5, 2.5, 4)) put(name, paste0("tail.", c), maximum(c, R, df))
}
# Five and nine comparisons: one integral inside another.
nested <- function(c, l, df) {
  given <- function(s) vapply(s, function(s) integrate(function(z) {
    v <- dnorm(z); for (x in l) v <- v * (pnorm((c * s - x * z) / sqrt(1 - x^2)) - pnorm((-c * s - x * z) / sqrt(1 - x^2))); v
  }, -9, 9, rel.tol = 1e-12, subdivisions = 1000L)$value, 0)
  if (is.infinite(df)) return(1 - given(1))
  h <- function(s) exp(log(2) + log(df) + log(s) + dchisq(df * s^2, df, log = TRUE))
  1 - integrate(function(s) h(s) * given(s), 0, 1, rel.tol = 1e-12, subdivisions = 1000L)$value -
    integrate(function(s) h(s) * given(s), 1, 1 + 12 / sqrt(df), rel.tol = 1e-12, subdivisions = 1000L)$value
}
for (k in c(5, 9)) for (df in c(20, Inf)) {
  name <- paste0("many", k, ".", df); l <- seq(.5, .8, length.out = k)
  put(name, "df", df); series(name, "l", l)
  for (c in c(1.5, 2.7)) put(name, paste0("tail.", c), nested(c, l, df))
}
fit <- aov(weight ~ group, PlantGrowth)
test <- summary(glht(fit, linfct = mcp(group = "Dunnett")))$test
ours <- vapply(abs(test$tstat), maximum, 0, R = product(rep(sqrt(.5), 2)), df = 27)
stopifnot(max(abs(ours - test$pvalues)) < 1e-3)
series("plants", "estimate", unname(test$coefficients)); series("plants", "error", unname(test$sigma))
series("plants", "p", unname(ours))
put("plants", "critical", uniroot(function(c) maximum(c, product(rep(sqrt(.5), 2)), 27) - .05, c(2, 3), tol = 1e-13)$root)
stopifnot(abs(qmvt(.95, tail = "both.tails", df = 27, corr = product(rep(sqrt(.5), 2)))$quantile - rows$value[nrow(rows)] |> as.numeric()) < 1e-3)

# Graphical procedures through the closed test: weighted Bonferroni tests of every intersection.
remaining <- function(w, g, keep) {
  here <- seq_along(w)
  for (i in setdiff(here, keep)) {
    here <- setdiff(here, i); w2 <- w; g2 <- g
    for (j in here) {
      w2[j] <- w[j] + w[i] * g[i, j]
      for (l in here) g2[j, l] <- if (j == l || g[j, i] * g[i, j] >= 1) 0 else
        (g[j, l] + g[j, i] * g[i, l]) / (1 - g[j, i] * g[i, j])
    }
    w2[i] <- 0; g2[i, ] <- 0; g2[, i] <- 0; w <- w2; g <- g2
  }
  w
}
closure <- function(p, weights) {
  m <- length(p); adjusted <- numeric(m)
  for (s in 1:(2^m - 1)) {
    keep <- which(as.logical(bitwAnd(s, 2^(0:(m - 1)))))
    w <- weights(keep)
    value <- min(1, ifelse(w[keep] > 0, p[keep] / w[keep], Inf))
    adjusted[keep] <- pmax(adjusted[keep], value)
  }
  adjusted
}
graphs <- list(
  parallel22 = list(w = c(.5, .5, 0, 0), g = rbind(c(0, 0, .5, .5), c(0, 0, .5, .5), c(0, 0, 0, 1), c(0, 0, 1, 0))),
  parallel122 = list(w = c(1, 0, 0, 0, 0), g = rbind(c(0, .5, .5, 0, 0), c(0, 0, 0, .5, .5), c(0, 0, 0, .5, .5), c(0, 0, 0, 0, 1), c(0, 0, 0, 1, 0))),
  holm4 = list(w = rep(.25, 4), g = (1 - diag(4)) / 3),
  fixed3 = list(w = c(1, 0, 0), g = rbind(c(0, 1, 0), c(0, 0, 1), 0)),
  cycle = list(w = c(.4, .3, .2, .1), g = rbind(c(0, .5, .5, 0), c(.3, 0, 0, .7), c(0, .9, 0, .1), c(.2, .2, .2, 0))),
  leaky = list(w = c(.5, .3, .1), g = rbind(c(0, .5, 0), c(.1, 0, .2), 0)))
for (case in names(graphs)) {
  w <- graphs[[case]]$w; g <- graphs[[case]]$g
  series(case, "w", w); series(case, "g", c(t(g)))
  for (draw in 1:12) {
    p <- if (draw == 12) rep(.01, length(w)) else round(runif(length(w))^3, 5)
    series(case, paste0("p", draw), p)
    series(case, paste0("adjusted", draw), closure(p, function(keep) remaining(w, g, keep)))
  }
}
# Serial: every intersection is tested by Bonferroni over its members of the first family it touches.
families <- list(c(1, 4), c(2, 3, 5))
for (draw in 1:12) {
  p <- round(runif(5)^4, 6); series("serial", paste0("p", draw), p)
  series("serial", paste0("adjusted", draw), closure(p, function(keep) {
    first <- Filter(length, lapply(families, intersect, keep))[[1]]
    w <- numeric(5); w[first] <- 1 / length(first); w
  }))
}

# Margins.
a <- PlantGrowth$weight[PlantGrowth$group == "trt2"]; c0 <- PlantGrowth$weight[PlantGrowth$group == "ctrl"]
series("margin", "a", a); series("margin", "c", c0)
for (m in c(.1, .8, 1.2)) {
  put("margin", paste0("lower.", m), t.test(a, c0, mu = -m, alternative = "greater")$p.value)
  put("margin", paste0("upper.", m), t.test(a, c0, mu = m, alternative = "less")$p.value)
}
# The rates that fit best with a difference of exactly m, straight from the likelihood.
score <- function(x1, n1, x2, n2, m, factor) {
  low <- max(0, -m); high <- min(1, 1 - m); e <- 1e-13
  slope <- function(p2) x2 / p2 - (n2 - x2) / (1 - p2) + x1 / (p2 + m) - (n1 - x1) / (1 - p2 - m)
  p2 <- uniroot(slope, c(low + e, high - e), tol = 1e-16, maxiter = 10000)$root
  p1 <- p2 + m
  v <- (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * factor
  (x1 / n1 - x2 / n2 - m) / sqrt(v)
}
tables <- rbind(c(40, 100, 45, 100, -.2), c(83, 100, 69, 88, -.1), c(300, 1000, 310, 950, -.05), c(300, 1000, 310, 950, .05), c(20, 150, 60, 130, .1))
for (i in seq_len(nrow(tables))) {
  t <- tables[i, ]; case <- paste0("rates.", i); series(case, "table", t); N <- t[2] + t[4]
  for (f in c("fm", "mn")) {
    z <- score(t[1], t[2], t[3], t[4], t[5], if (f == "fm") 1 else N / (N - 1))
    put(case, paste0(f, ".above"), pnorm(z, lower.tail = FALSE)); put(case, paste0(f, ".below"), pnorm(z))
  }
  put(case, "prop.above", prop.test(t[c(1, 3)], t[c(2, 4)], correct = FALSE, alternative = "greater")$p.value)
}

# Groups.
groups <- list(chicks = split(chickwts$weight, chickwts$feed), two = split(mtcars$mpg, mtcars$am), gears = split(mtcars$mpg, mtcars$gear))
for (case in names(groups)) {
  y <- groups[[case]]; n <- lengths(y); m <- vapply(y, mean, 0); v <- vapply(y, var, 0) / n
  d <- data.frame(y = unlist(y), g = rep(names(y), n))
  w <- oneway.test(y ~ g, d)
  put(case, "groups", length(y)); series(case, "value", m); series(case, "error", sqrt(v)); series(case, "df", n - 1)
  put(case, "F", unname(w$statistic)); put(case, "num", unname(w$parameter[1])); put(case, "denom", unname(w$parameter[2])); put(case, "pvalue", w$p.value)
  r <- rma(m, v, method = "REML", control = list(threshold = 1e-14, maxiter = 1000)); b <- blup(r)
  series(case, "blup", b$pred); series(case, "blup.error", b$se)
  put(case, "Q", r$QE); put(case, "Q.p", r$QEp)
}

# Normal posteriors, by Bayes' rule itself on a wide grid of pieces.
normals <- rbind(c(.03, .02, .014, .02), c(-1, .5, 2, .1), c(.002, .001, .014, .05))
for (i in seq_len(nrow(normals))) {
  z <- normals[i, ]; case <- paste0("normal.", i); series(case, "z", z)
  g <- function(x) exp(-(x - z[1])^2 / (2 * z[2]^2) - (x - z[3])^2 / (2 * z[4]^2))
  precision <- 1 / z[2]^2 + 1 / z[4]^2; peak <- (z[1] / z[2]^2 + z[3] / z[4]^2) / precision
  top <- g(peak); sd <- 1 / sqrt(precision); h <- function(x) g(x) / top
  cut <- function(f, a, b) integrate(f, a, b, rel.tol = 1e-12, abs.tol = 0, subdivisions = 1000L)$value
  total <- cut(h, peak - 12 * sd, peak) + cut(h, peak, peak + 12 * sd)
  put(case, "mean", (cut(function(x) x * h(x), peak - 12 * sd, peak) + cut(function(x) x * h(x), peak, peak + 12 * sd)) / total)
  at <- peak - .7 * sd; put(case, "at", at)
  put(case, "above", (cut(h, at, peak) + cut(h, peak, peak + 12 * sd)) / total)
  put(case, "loss", cut(function(x) (at - x) * h(x), peak - 12 * sd, at) / total)
}
write.csv(rows, "decisions.csv", row.names = FALSE, quote = FALSE)
