# Randomisation tests by enumeration, written out. Debian: r-base-core r-cran-survival r-cran-jsonlite.
suppressMessages({ library(survival); library(jsonlite) })
folder <- "Tests/StatisticsTests/Reference"

# Every assignment with the realised numbers of each arm within blocks: a list of vectors.
orders <- function(x) {
  if (length(x) <= 1) return(list(x))
  out <- list()
  for (value in unique(x)) {
    rest <- x[-match(value, x)]
    out <- c(out, lapply(orders(rest), function(r) c(value, r)))
  }
  out
}
assignments <- function(arm, block) {
  parts <- lapply(split(seq_along(arm), block), function(i) list(i = i, o = orders(arm[i])))
  Reduce(function(all, part) unlist(lapply(all, function(a)
    lapply(part$o, function(o) { a[part$i] <- o; a })), recursive = FALSE),
    parts, list(arm))
}
# The studentised difference of sums over sums, by blocks or, with singletons, between blocks.
statistic <- function(t, m, arm, block) {
  w <- tapply(m, block, sum) / sum(m)
  d <- v <- numeric(length(w))
  single <- FALSE
  for (b in seq_along(w)) {
    i <- block == names(w)[b]
    part <- function(a) {
      k <- i & arm == a
      r <- sum(t[k]) / sum(m[k]); n <- sum(k)
      c(r, if (n > 1) n / (n - 1) * sum((t[k] - r * m[k])^2) / sum(m[k])^2 else NA)
    }
    one <- part(1); two <- part(0)
    d[b] <- one[1] - two[1]; v[b] <- one[2] + two[2]
    single <- single || is.na(v[b])
  }
  total <- sum(w * d)
  V <- if (single) { u <- w * d; B <- length(u); sum((u - total / B)^2) * B / (B - 1) }
    else sum(w^2 * v)
  c(total, total / sqrt(V))
}
p_at <- function(theta, t, m, x, arm, block, all) {
  adjusted <- t - theta * x
  seen <- abs(statistic(adjusted, m, arm, block)[2])
  mean(sapply(all, function(a) abs(statistic(adjusted, m, a, block)[2])) >= seen * (1 - 1e-9))
}
ends <- function(level, ...) {
  centre <- statistic(list(...)[[1]], list(...)[[2]], list(...)[[4]], list(...)[[5]])[1]
  side <- function(sign) {
    reach <- 0.25
    while (p_at(centre + sign * reach, ...) >= 1 - level) reach <- reach * 2
    inside <- centre + sign * reach / 2
    if (p_at(inside, ...) < 1 - level) inside <- centre
    outside <- centre + sign * reach
    for (k in 1:60) {
      middle <- (inside + outside) / 2
      if (p_at(middle, ...) < 1 - level) outside <- middle else inside <- middle
    }
    inside
  }
  c(side(-1), side(1))
}
case <- function(t, m, arm, block, level) {
  all <- assignments(arm, block)
  x <- m * (arm == 1)
  found <- ends(level, t, m, x, arm, block, all)
  list(t = t, m = m, arm = arm, block = as.integer(factor(block)) - 1, level = level,
    count = length(all), difference = statistic(t, m, arm, block)[1],
    statistic = statistic(t, m, arm, block)[2],
    p = p_at(0, t, m, x, arm, block, all), p_one = p_at(1, t, m, x, arm, block, all),
    low = found[1], high = found[2])
}
set.seed(4)
plain <- case(round(rnorm(10, 5, 2) + rep(0:1, 5) * 2, 2), rep(1, 10), rep(0:1, 5), rep(0, 10), 0.95)
blocked <- case(round(rnorm(10, 5, 2) + rep(0:1, 5) * 3, 2), rep(1, 10), rep(0:1, 5),
  c(0, 0, 0, 0, 1, 1, 1, 1, 1, 1), 0.9)
pairs <- case(round(rnorm(16, 5, 1) + rep(0:1, 8) * 1.5 + rep(rnorm(8, 0, 3), each = 2), 2),
  rep(1, 16), rep(0:1, 8), rep(0:7, each = 2), 0.95)
clusters <- case(c(12, 20, 7, 30, 9, 25, 11, 28), c(4, 5, 3, 6, 4, 5, 4, 6), rep(0:1, 4),
  rep(0, 8), 0.9)

# Three arms: the contrast of arm 2 with 0 among their own units.
y <- round(rnorm(12, 10, 3) + rep(c(0, 3, 4), 4), 2)
arm <- rep(0:2, 4)
own <- arm != 1
multi <- case(y[own], rep(1, sum(own)), as.integer(arm[own] == 2), rep(0, sum(own)), 0.9)

# Step-down over three arms and two outcomes, all 1680 assignments of 9 units.
y1 <- round(rnorm(9, 10, 2) + c(0, 2, 5, 0, 2, 5, 0, 2, 5), 2)
y2 <- round(y1 / 2 + rnorm(9), 2)
three <- rep(0:2, 3)
all <- orders(three)
ts <- function(a) unlist(lapply(list(y1, y2), function(y) sapply(1:2, function(k) {
  i <- y[a == k]; j <- y[a == 0]
  (mean(i) - mean(j)) / sqrt(var(i) / length(i) + var(j) / length(j))
})))
observed <- ts(three)
draws <- abs(sapply(all, ts))
sorted <- order(-abs(observed))
adjusted <- numeric(4)
for (i in seq_along(sorted)) {
  rest <- sorted[i:4]
  largest <- apply(draws[rest, , drop = FALSE], 2, max)
  adjusted[sorted[i]] <- mean(largest >= abs(observed[sorted[i]]) * (1 - 1e-9))
}
adjusted[sorted] <- cummax(adjusted[sorted])

# The interaction of a 2 x 2 trial, all 2520 assignments of 8 units to the cells 00, 01, 10, 11.
yf <- round(rnorm(8, 5, 1) + c(0, 0, 0, 0, 0, 0, 3, 3), 2)
cells <- rep(0:3, each = 2)
interaction <- function(a, studentised) {
  weights <- c(1, -1, -1, 1)
  means <- tapply(yf, factor(a, 0:3), mean)
  if (!studentised) return(sum(weights * means))
  sum(weights * means) / sqrt(sum(tapply(yf, factor(a, 0:3), var) / 2))
}
allf <- orders(cells)
null <- sapply(allf, interaction, FALSE)
nullt <- sapply(allf, interaction, TRUE)

# Times to an event in clusters: pseudo-values of the restricted mean at 180, by the derivative of the
# pooled curve's area by each unit's weight.
times <- round(rexp(24, 0.006) + 1)
events <- as.integer(times < 200)
times <- pmin(times, 200)
household <- rep(0:7, each = 3)
area <- function(w) {
  fit <- survfit(Surv(times, events) ~ 1, weights = w)
  at <- c(0, fit$time[fit$time < 180], 180)
  sum(c(1, fit$surv[fit$time < 180]) * diff(at))
}
n <- length(times)
derivative <- sapply(seq_len(n), function(i) {
  up <- down <- rep(1, n)
  up[i] <- 1 + 1e-4; down[i] <- 1 - 1e-4
  (area(up) - area(down)) / 2e-4 * n
})
pseudo <- area(rep(1, n)) + derivative
survival <- case(as.vector(tapply(pseudo, household, sum)), rep(3, 8), rep(0:1, 4), rep(0, 8), 0.9)
survival$times <- times
survival$events <- events
survival$household <- household

write_json(list(
  cases = list(plain = plain, blocked = blocked, pairs = pairs, clusters = clusters),
  multi = c(multi, list(y = y, arms = arm)),
  joint = list(y1 = y1, y2 = y2, arms = three, observed = observed, adjusted = adjusted),
  factorial = list(y = yf, cells = cells, count = length(allf), sd = sqrt(mean((null - mean(null))^2)),
    mean = mean(null), observed = interaction(cells, TRUE),
    p = mean(abs(nullt) >= abs(interaction(cells, TRUE)) * (1 - 1e-9)),
    p_plain = mean(abs(null) >= abs(interaction(cells, FALSE)) * (1 - 1e-9))),
  survival = survival),
  file.path(folder, "randomization.json"), auto_unbox = TRUE, digits = 15, pretty = TRUE)
